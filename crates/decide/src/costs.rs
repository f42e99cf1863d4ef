//! The costs of an approach: from this machine for what runs here, from a measured CPython for Python approaches.
//!
//! The costs of a CPython are measured by `docs/recorded/costs.py`. Three files that it wrote are part of the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use simulate::MachineCosts;
use words::{Arg, decision as say};

use super::approach::{Approach, CostModel};

/// The costs of one CPython, as its file states them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Python {
    /// Its version.
    pub python: String,
    /// Whether it has the global interpreter lock (GIL).
    pub gil: bool,
    /// Median times by the name of the operation, in microseconds.
    pub costs_us: BTreeMap<String, f64>,
    /// Memory by the name of what takes it, in MB.
    #[serde(default)]
    pub costs_mb: BTreeMap<String, f64>,
}

/// Where costs come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources {
    /// A CPython with the GIL.
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
    /// Overhead of each unit besides its parts, computed where the unit runs, in microseconds.
    pub unit_us: f64,
    /// Overhead of each wait, likewise, in microseconds.
    pub wait_us: f64,
    /// Overhead of each stretch that an event loop sends to its pool, computed on the loop, in microseconds.
    pub hop_us: f64,
    /// What the parent process computes to hand out each unit, one unit after the other, in microseconds.
    pub front_us: f64,
    /// How many times as long interpreted code takes as the project states.
    pub slower: f64,
    /// Memory that one more worker takes, in MB.
    pub worker_mb: f64,
    /// Memory that one more unit under way takes besides its data, in MB.
    pub unit_mb: f64,
}

/// Why a text is not what `costs.py` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCosts {
    /// It is not JSON, or lacks something: the JSON reader's message.
    Malformed(String),
    /// A cost in it is negative or not finite.
    Negative,
}

impl NotCosts {
    /// The reason as a clause that can follow a colon.
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

/// The files that are part of the program: the latest CPython with the GIL, an earlier one, and one without the GIL.
const SHIPPED: [&str; 3] = [
    include_str!("../../../docs/recorded/costs-3.13-gil.json"),
    include_str!("../../../docs/recorded/costs-3.11.json"),
    include_str!("../../../docs/recorded/costs-3.13-ft.json"),
];

/// How many times as long interpreted code takes on the free-threaded build: from the iterations per millisecond of one
/// worker in the talk's experiment, recorded on both builds of 3.13.5 (`docs/recorded/gil-threads-1.json` and
/// `ft-threads-1.json`).
const FREE_THREADED_SLOWER: f64 = 1.2;
/// Memory of a task of an event loop, in MB: a coroutine with its frames. An order of magnitude.
const COROUTINE_MB: f64 = 0.01;
/// Memory of a thread, in MB, where it was not measured: the touched part of its stack.
const THREAD_MB: f64 = 0.1;
/// Memory of a Python process, in MB, where it was not measured.
const PYTHON_MB: f64 = 10.0;
/// Memory of a small process, in MB, where it was not measured.
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

    /// The CPythons whose costs are part of the program: the latest with the GIL, an earlier one with the GIL, and one
    /// without it.
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
    /// The same sources, with `python` in place of the CPython of the same kind: with the GIL, or free-threaded.
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

    /// What things cost under this approach; None if the cost that it needs most was never measured.
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
                // the parent computes for each unit beside the loop, and that holds the loop up
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
