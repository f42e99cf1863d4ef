//! The talk's experiment as it was recorded on a real CPython, by `docs/recorded/experiment.py`: it becomes a report,
//! so that it is shown like any other.
//!
//! ```text
//! {"python": "3.13.5", "gil": true, "cores": 2, "kind": "threads", "workers": 4, "bucket_ms": 1,
//!  "iterations": [[0, 205, 8595, ...], ...]}      a row for each worker, a number for each millisecond
//! ```

use serde::{Deserialize, Serialize};
use serde_json::Value;
use strategies::Strategy;
use strategies::trace::{Cause, Context, Lane, Span, Steps, Trace};

use super::{IsolationRecord, Machine, Report};
use crate::experiment::{ClaimedCores, from_query};
use crate::run::Series;

/// The beginning of the engine's name in a report of a real CPython.
pub(super) const CPYTHON: &str = "CPython";
/// The most workers, and the most milliseconds, that are read.
const MOST: usize = 5_000;

/// What the script wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// The version of CPython.
    pub python: String,
    /// Whether that CPython had a GIL.
    pub gil: bool,
    /// How many cores the operating system named.
    pub cores: usize,
    /// `threads` or `processes`.
    pub kind: String,
    /// Rounds of the loop, for each worker in each millisecond.
    pub iterations: Vec<Vec<u32>>,
    /// The operating system and the processor, as Python names them.
    #[serde(default)]
    pub machine: Option<String>,
    /// When it was made, as ISO 8601 writes it.
    #[serde(default)]
    pub made: Option<String>,
}

impl Recording {
    /// Reads a recording from JSON text; `None` if it is not one.
    pub fn read(text: &str) -> Option<Self> {
        Self::of(&serde_json::from_str(text).ok()?)
    }

    /// Reads a recording from JSON; `None` if it is not one.
    pub fn of(value: &Value) -> Option<Self> {
        let recording: Self = serde_json::from_value(value.clone()).ok()?;
        let sound = (1..=MOST).contains(&recording.iterations.len())
            && recording.iterations.iter().all(|row| (1..=MOST).contains(&row.len()))
            && recording.strategy().is_some();
        sound.then_some(recording)
    }

    /// The strategy that does the same here: threads under a lock, threads without one, or processes.
    pub fn strategy(&self) -> Option<&'static dyn Strategy> {
        strategies::find(match (&*self.kind, self.gil) {
            ("threads", true) => "gil",
            ("threads", false) => "threads",
            ("processes", _) => "processes",
            _ => return None,
        })
    }

    /// What it was made with: "CPython 3.13.5, with its GIL".
    pub fn engine(&self) -> String {
        let lock = if self.gil { "with its GIL" } else { "without a GIL" };
        let machine = self.machine.as_ref().map(|machine| format!(", {machine}")).unwrap_or_default();
        format!("{CPYTHON} {}, {lock}{machine}", self.python)
    }

    /// The rounds of all workers within these milliseconds.
    pub fn rounds(&self, within: std::ops::Range<usize>) -> u64 {
        let row = |row: &Vec<u32>| {
            row.iter().skip(within.start).take(within.len()).map(|count| u64::from(*count)).sum::<u64>()
        };
        self.iterations.iter().map(row).sum()
    }

    /// The recording as a report, with one sample of the workload that does the same here.
    pub(super) fn report(&self) -> Option<Report> {
        let strategy = self.strategy()?;
        let (workers, time) = (self.iterations.len(), self.iterations.iter().map(Vec::len).max()?);
        let query = format!(
            "workload=activity&size={workers}&time={time}&strategies={}&workers={workers}&samples=1",
            strategy.meta().id
        );
        let (experiment, ..) = from_query(&query, ClaimedCores(self.cores.max(workers)));
        let series = Series {
            samples: vec![self.trace(strategy, time)],
            done: vec![self.rounds(0..time)],
            activity: vec![self.iterations.clone()],
            ..Series::new(strategy, workers)
        };
        let machine = Machine {
            claimed_cores: self.cores,
            isolation: IsolationRecord { shared_memory: true, how: String::new(), kind: None },
            timer_resolution_ms: 0.001,
            engine: self.engine(),
            calibration_ms: None,
            on_battery: None,
            hidden: false,
            out_of_view: false,
            another_instance: None,
        };
        Some(Report::of(&experiment, machine, self.made.clone(), &[series]))
    }

    /// A lane for each worker, which computed in the milliseconds in which the worker counted anything.
    fn trace(&self, strategy: &dyn Strategy, time: usize) -> Trace {
        const MILLISECOND: u32 = 1000;
        let contexts = strategy.meta().contexts();
        let lane = |(at, (row, context)): (usize, (&Vec<u32>, Context))| {
            let mut spans: Vec<Span> = Vec::new();
            for (millisecond, _) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
                let start = millisecond as u32 * MILLISECOND;
                match spans.last_mut().filter(|last| last.end == start) {
                    Some(last) => last.end += MILLISECOND,
                    None => spans.push(Span::new(Cause::Compute, at as u32, start, start + MILLISECOND)),
                }
            }
            Lane { context, spans, lost: 0, steps: Steps::default() }
        };
        let lanes = self.iterations.iter().zip(contexts).enumerate().map(lane).collect();
        Trace { makespan: time as u32 * MILLISECOND, lanes, ..Trace::default() }
    }
}
