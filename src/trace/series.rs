//! All samples of one strategy in one run: the plain facts that measuring starts from.
//!
//! Invariant: a series that could not run says why in `unavailable` and has no samples.

use serde::{Deserialize, Serialize};

use super::Trace;

/// What running one strategy gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The strategy's id.
    pub strategy: String,
    /// How many execution contexts did the work: 1 for what runs on the page's thread alone.
    pub workers: usize,
    /// Whether its workers may compute at the same time.
    pub parallel: bool,
    /// Whether they have memories of their own, so that what they work on is copied.
    pub isolated: bool,
    /// How often each timed sample did the work, because the clock is too coarse to time it once; makespans are those
    /// of one time.
    pub repeats: usize,
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
    /// The bytes of each task's input and answer, if they were told.
    pub sizes: Vec<[u32; 2]>,
    /// For each timed sample what each task got done in each millisecond, if the workload counts that; else empty.
    pub activity: Vec<Vec<Vec<u32>>>,
    /// How much all tasks together got done in each timed sample, if the workload counts that; else empty.
    pub done: Vec<u64>,
}

impl Default for Series {
    fn default() -> Self {
        Self {
            strategy: String::new(),
            workers: 0,
            parallel: false,
            isolated: false,
            repeats: 1,
            unavailable: None,
            startup_ms: 0.0,
            cold: None,
            samples: Vec::new(),
            answer: None,
            sizes: Vec::new(),
            activity: Vec::new(),
            done: Vec::new(),
        }
    }
}

impl Series {
    /// A series that never ran, because of `reason`.
    pub fn unavailable(strategy: &str, workers: usize, reason: impl Into<String>) -> Self {
        Self { strategy: strategy.into(), workers, unavailable: Some(reason.into()), ..Self::default() }
    }

    /// The makespans of the timed samples, in milliseconds; where a sample did the work several times, of one time.
    pub fn samples_ms(&self) -> Vec<f64> {
        let times = self.repeats.max(1) as f64 * 1000.0;
        self.samples.iter().map(|trace| f64::from(trace.makespan) / times).collect()
    }
}
