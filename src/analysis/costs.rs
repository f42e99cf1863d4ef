//! What things cost on this machine, as a report of its own: medians with their intervals, as JSON and as a table.

use serde::{Deserialize, Serialize};

use super::html::table;
use crate::measure::{Interval, decimal, interval_of_median, median};

/// The version of the report's shape.
const SCHEMA: u32 = 1;

/// What is measured by each name, in the order of the table.
const WHAT: [(&str, &str); 13] = [
    ("thread-start", "Starting a thread, when a pool starts"),
    ("pool-start", "Starting the whole pool of threads"),
    ("process-start", "Starting a process (a worker with a memory of its own)"),
    ("message-empty", "A message to a process and back, empty"),
    ("message-copied", "A megabyte to a process and back, copied"),
    ("message-transferred", "A megabyte to a process and back, given away"),
    ("yield-promise", "Giving way: a promise that is kept already"),
    ("yield-message", "Giving way: a message to oneself"),
    ("yield-scheduler", "Giving way: scheduler.yield"),
    ("yield-timeout", "Giving way: a timer of 0 ms"),
    ("handover", "Handing a lock from one thread to another"),
    ("task", "A task through the pool of threads"),
    ("memory", "A megabyte to or from memory, while all threads move some"),
];

/// What was measured, and where.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measured {
    /// Names and samples in microseconds.
    pub costs: Vec<(String, Vec<f64>)>,
    /// What the machine claims to have.
    pub claimed_cores: usize,
    /// The browser's engine.
    pub engine: String,
    /// The clock's step, in milliseconds.
    pub timer_resolution_ms: f64,
}

/// The report of costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// The report, as JSON.
    pub report: String,
    /// The table, as HTML.
    pub table: String,
}

/// The JSON's shape. Times are microseconds.
#[derive(Debug, Serialize)]
struct Report<'a> {
    schema: u32,
    kind: &'static str,
    claimed_cores: usize,
    engine: &'a str,
    timer_resolution_ms: f64,
    costs: Vec<Cost<'a>>,
}

#[derive(Debug, Serialize)]
struct Cost<'a> {
    id: &'static str,
    what: &'static str,
    median_us: f64,
    ci95_us: Option<Interval>,
    samples_us: &'a [f64],
}

impl Measured {
    /// The report; what was not measured is not in it.
    pub fn report(&self) -> Costs {
        let cost = |&(id, what): &(&'static str, &'static str)| {
            let (_, samples) = self.costs.iter().find(|(known, _)| known == id)?;
            let ci95_us = interval_of_median(samples);
            Some(Cost { id, what, median_us: median(samples)?, ci95_us, samples_us: samples })
        };
        let costs: Vec<_> = WHAT.iter().filter_map(cost).collect();
        let rows: Vec<_> = costs.iter().map(row).collect();
        let table = table("costs-table", "What things cost here", &["What", "Median", "95 % interval"], &rows);
        let report = Report {
            schema: SCHEMA,
            kind: "costs",
            claimed_cores: self.claimed_cores,
            engine: &self.engine,
            timer_resolution_ms: self.timer_resolution_ms,
            costs,
        };
        Costs { report: serde_json::to_string(&report).expect("a report is plain data with text keys"), table }
    }

    /// The median of a cost, in microseconds, if it was measured.
    pub fn median_us(&self, id: &str) -> Option<f64> {
        self.costs.iter().find(|(known, _)| known == id).and_then(|(_, samples)| median(samples))
    }
}

fn row(cost: &Cost<'_>) -> Vec<String> {
    let interval = cost.ci95_us.map(|[low, high]| format!("{} to {}", time(low), time(high)));
    vec![cost.what.into(), time(cost.median_us), interval.unwrap_or_else(|| "–".into())]
}

/// Microseconds in the unit that suits them.
fn time(us: f64) -> String {
    match us {
        us if us >= 1000.0 => format!("{} ms", decimal(us / 1000.0, if us >= 10_000.0 { 1 } else { 2 })),
        us if us >= 1.0 => format!("{} µs", decimal(us, if us >= 10.0 { 0 } else { 1 })),
        us => format!("{} ns", decimal(us * 1000.0, 0)),
    }
}
