//! All samples of one strategy in one run: the plain facts that measuring starts from.
//!
//! Invariant: a series that could not run says why in `unavailable` and has no samples.

use super::Trace;

/// What running one strategy gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// The strategy's id.
    pub strategy: String,
    /// How many execution contexts did the work: 1 for what runs on the page's thread alone.
    pub workers: usize,
    /// Why it could not run here, if it could not: a clause that can follow a colon.
    pub unavailable: Option<String>,
    /// Milliseconds that starting its execution contexts took, before any task; no part of any makespan.
    pub startup_ms: f64,
    /// The first run, before anything was warm.
    pub cold: Option<Trace>,
    /// The timed samples, in order.
    pub samples: Vec<Trace>,
    /// The whole answer in words.
    pub answer: Option<String>,
}

impl Series {
    /// A series that never ran, because of `reason`.
    pub fn unavailable(strategy: &str, workers: usize, reason: impl Into<String>) -> Self {
        Self { strategy: strategy.into(), workers, unavailable: Some(reason.into()), ..Self::default() }
    }

    /// The makespans of the timed samples, in milliseconds.
    pub fn samples_ms(&self) -> Vec<f64> {
        self.samples.iter().map(|trace| f64::from(trace.makespan) / 1000.0).collect()
    }
}
