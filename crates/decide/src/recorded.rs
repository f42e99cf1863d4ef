//! Scenarios that ran on a real CPython, as `docs/recorded/scenarios.py` writes them, beside what is expected of them.

use serde::Deserialize;

use super::approach::Approach;
use super::costs::Sources;
use super::model::Model;
use super::project::Project;

/// What ran on one Python.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Recorded {
    /// Its version.
    pub python: String,
    /// What ran.
    pub scenarios: Vec<Scenario>,
}

/// One project under several approaches.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// What there was to do.
    pub project: Project,
    approaches: Vec<MeasuredApproach>,
}

/// An approach as it was measured.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct MeasuredApproach {
    approach: String,
    workers: usize,
    median_ms: f64,
}

/// The expected and the measured makespan of an approach, without the start of its workers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beside {
    /// The approach.
    pub approach: &'static Approach,
    /// The number of workers.
    pub workers: usize,
    /// The expected makespan, in milliseconds.
    pub expected_ms: f64,
    /// The median of the measured makespans, in milliseconds.
    pub measured_ms: f64,
}

/// Two measured times that differ by more than this factor have a clear order.
pub const TELLS: f64 = 1.25;

impl Recorded {
    /// Reads what `scenarios.py` wrote.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }
}

impl Scenario {
    /// Each measured approach that the program knows, with the makespan expected at these costs.
    pub fn beside(&self, sources: &Sources) -> Vec<Beside> {
        let one = |MeasuredApproach { approach, workers, median_ms }: &MeasuredApproach| {
            let approach = Approach::find(&format!("python-{}", approach.replace(" + ", "-")))?;
            let costs = sources.costs(approach)?;
            let model = Model { project: &self.project, approach, costs, most: self.project.units as usize };
            let expected_ms = model.estimate(*workers).makespan_ms;
            Some(Beside { approach, workers: *workers, expected_ms, measured_ms: *median_ms })
        };
        self.approaches.iter().filter_map(one).collect()
    }
}

impl Beside {
    /// The relative error of the expectation: 0.25 is a quarter too much.
    pub fn off(&self) -> f64 {
        self.expected_ms / self.measured_ms - 1.0
    }

    /// Whether this was clearly faster than the other, and expected to be slower.
    pub fn is_misjudged(&self, other: &Self) -> bool {
        self.measured_ms * TELLS < other.measured_ms && self.expected_ms > other.expected_ms
    }
}
