//! What things cost under an approach: on this machine for what runs here, on a CPython for what runs there.
//!
//! What a CPython costs is what `docs/recorded/costs.py` measured on one. Three such files are part of the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use simulate::MachineCosts;
use words::{Arg, decision as say};

use super::approach::{Approach, CostModel};

/// What things cost on one CPython, as its file has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Python {
    /// Its version.
    pub python: String,
    /// Whether it has its lock.
    pub gil: bool,
    /// Medians by their names, in microseconds.
    pub costs_us: BTreeMap<String, f64>,
    /// Memory by its names, in MB.
    #[serde(default)]
    pub costs_mb: BTreeMap<String, f64>,
}

/// Where costs come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources {
    /// A CPython with its lock.
    pub python: Python,
    /// A free-threaded one.
    pub free_threaded: Python,
    /// The machine that the page, or this program, runs on.
    pub machine: MachineCosts,
}

/// What things cost under one approach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ApproachCosts {
    /// What the strategy pays: messages, copies, hand-overs, starts.
    pub machine: MachineCosts,
    /// Starting a worker, in microseconds.
    pub start_us: f64,
    /// What is computed for each unit besides its parts, by whoever does it, in microseconds.
    pub unit_us: f64,
    /// The same for each wait.
    pub wait_us: f64,
    /// The same for each stretch that a loop sends to its pool, on the loop.
    pub hop_us: f64,
    /// What whoever hands units out computes for each of them, one after the other, in microseconds.
    pub front_us: f64,
    /// How many times as long interpreted code takes as in the project.
    pub slower: f64,
    /// Memory that one more worker takes, in MB.
    pub worker_mb: f64,
    /// Memory that one more unit under way takes besides its data, in MB.
    pub unit_mb: f64,
}

/// Why a text is not what `costs.py` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCosts {
    /// It lacks something, or is no JSON: what who reads it says.
    Malformed(String),
    /// A cost in it is no number from 0.
    Negative,
}

impl NotCosts {
    /// It as a clause that can follow a colon.
    pub fn text(&self) -> String {
        match self {
            Self::Malformed(said) => said.clone(),
            Self::Negative => say::NO_COST.text(),
        }
    }
}

impl From<NotCosts> for Arg {
    fn from(why: NotCosts) -> Self {
        Self::Text(why.text())
    }
}

/// The files that are part of the program: the latest CPython with the lock, an earlier one, and one without it.
const SHIPPED: [&str; 3] = [
    include_str!("../../../docs/recorded/costs-3.13-gil.json"),
    include_str!("../../../docs/recorded/costs-3.11.json"),
    include_str!("../../../docs/recorded/costs-3.13-ft.json"),
];

/// Interpreted code of the free-threaded build takes so many times as long: iterations a millisecond of one worker in the
/// talk's experiment, recorded on both builds of 3.13.5 (`docs/recorded/gil-threads-1.json` and `ft-threads-1.json`).
const FREE_THREADED_SLOWER: f64 = 1.2;
/// What a task of an event loop keeps, in MB: a coroutine with its frames. By order of magnitude.
const COROUTINE_MB: f64 = 0.01;
/// What a thread keeps, in MB, where nobody measured it: the touched part of its stack.
const THREAD_MB: f64 = 0.1;
/// What a Python process keeps, in MB, where nobody measured it.
const PYTHON_MB: f64 = 10.0;
/// What a small process keeps, in MB, where nobody measured it.
const PROCESS_MB: f64 = 2.0;

impl Python {
    /// Reads what `costs.py` wrote.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, NotCosts> {
        let read: Self = serde_json::from_str(text).map_err(|error| NotCosts::Malformed(error.to_string()))?;
        match read.costs_us.values().chain(read.costs_mb.values()).all(|cost| cost.is_finite() && *cost >= 0.0) {
            true => Ok(read),
            false => Err(NotCosts::Negative),
        }
    }

    /// Those that are part of the program: with the lock the latest, with the lock an earlier one, without it.
    pub fn shipped() -> [Self; 3] {
        SHIPPED.map(|text| Self::from_json(text).expect("a test reads them all"))
    }

    fn us(&self, name: &str) -> Option<f64> {
        self.costs_us.get(name).copied()
    }

    fn mb(&self, name: &str) -> Option<f64> {
        self.costs_mb.get(name).copied()
    }
}

impl Default for Sources {
    /// The latest CPythons that are part of the program, and a machine with the usual costs.
    fn default() -> Self {
        let [python, _, free_threaded] = Python::shipped();
        Self { python, free_threaded, machine: MachineCosts::default() }
    }
}

impl Sources {
    /// The same with what was measured on another CPython, in the place of the one that is like it.
    pub fn with(self, python: Python) -> Self {
        if python.gil { Self { python, ..self } } else { Self { free_threaded: python, ..self } }
    }

    /// What things cost if the approach is tried here, in the lab, whatever its language.
    pub fn here(&self) -> ApproachCosts {
        ApproachCosts {
            machine: self.machine,
            start_us: 0.0,
            unit_us: 0.0,
            wait_us: 0.0,
            hop_us: 0.0,
            front_us: 0.0,
            slower: 1.0,
            worker_mb: 0.0,
            unit_mb: 0.0,
        }
    }

    /// What things cost under this approach; nothing if what it needs most was never measured.
    pub fn costs(&self, approach: &Approach) -> Option<ApproachCosts> {
        let python = if approach.kind == CostModel::FreeThreaded { &self.free_threaded } else { &self.python };
        let us = |name| python.us(name).unwrap_or(0.0);
        let free = MachineCosts { memory_us_per_mb: self.machine.memory_us_per_mb, ..MachineCosts::NONE };
        let none = ApproachCosts { machine: free, ..self.here() };
        let threads = || ApproachCosts {
            machine: MachineCosts { handover_us: us("lock handed over"), ..none.machine },
            start_us: us("thread start+join"),
            unit_us: us("thread pool, many tasks: each"),
            wait_us: us("thread sleep"),
            worker_mb: python.mb("thread").unwrap_or(THREAD_MB),
            ..none
        };
        let crossing = |round_trip: f64| {
            let copied =
                |name| python.us(name).map(|us| (us - python.us("process round trip").unwrap_or(0.0)).max(0.0));
            let there = copied("process round trip, 1 MB there").unwrap_or(0.0);
            let back = copied("process round trip, 1 MB back").unwrap_or(there);
            MachineCosts { message_us: round_trip / 2.0, copy_us_per_mb: (there + back) / 2.0, ..none.machine }
        };
        let processes = |start_us: f64| ApproachCosts {
            machine: crossing(us("process round trip")),
            start_us,
            front_us: us("process pool, many tasks: parent"),
            worker_mb: python.mb("process spawn").unwrap_or(PYTHON_MB),
            ..none
        };
        let looping = || ApproachCosts {
            unit_us: us("asyncio task"),
            wait_us: us("asyncio sleep"),
            unit_mb: COROUTINE_MB,
            ..none
        };
        Some(match approach.kind {
            CostModel::Plain => none,
            CostModel::Gil => threads(),
            CostModel::FreeThreaded => ApproachCosts { slower: FREE_THREADED_SLOWER, ..threads() },
            CostModel::Processes => processes(us("process spawn start+join")),
            CostModel::Interpreters => processes(python.us("interpreter start+join")?),
            CostModel::Asyncio => looping(),
            CostModel::AsyncioThreads => {
                let ApproachCosts { machine, start_us, worker_mb, .. } = threads();
                ApproachCosts { machine, start_us, worker_mb, hop_us: us("asyncio to_thread round trip"), ..looping() }
            }
            CostModel::AsyncioProcesses => {
                let ApproachCosts { front_us, start_us, worker_mb, .. } = processes(us("process spawn start+join"));
                let machine = crossing(us("asyncio process pool round trip"));
                // what the parent computes for a unit is computed beside the loop, by which it is held up
                ApproachCosts { machine, start_us, worker_mb, hop_us: front_us, ..looping() }
            }
            CostModel::Rust => {
                let machine = self.machine;
                let (start_us, worker_mb) = match approach.team {
                    super::approach::WorkerKind::Processes => (machine.process_start_us, PROCESS_MB),
                    _ => (machine.thread_start_us, THREAD_MB),
                };
                ApproachCosts {
                    machine: MachineCosts { yield_us: 0.0, ..machine },
                    start_us,
                    worker_mb,
                    unit_mb: COROUTINE_MB / 10.0,
                    ..none
                }
            }
        })
    }
}
