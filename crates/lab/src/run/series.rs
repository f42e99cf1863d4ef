//! All samples of one strategy in one run: the plain facts that measuring starts from.
//!
//! Invariant: a series that could not run says why in `unavailable` and has no samples.

use serde::{Deserialize, Serialize};
use strategies::trace::Trace;
use strategies::{Failure, Strategy};
use workloads::Summary;

use crate::experiment::baseline;

/// A strategy with a number of workers, which identifies a series of a run, and later its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunId {
    /// The strategy.
    pub strategy: &'static dyn Strategy,
    /// How many execution contexts do the work: 1 for what runs on the page's thread alone.
    pub workers: usize,
}

/// The result of running one strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What ran.
    pub id: RunId,
    /// How often each timed sample did the work, because the clock is too coarse to time it once; [`Self::samples_ms`]
    /// are times of one repetition.
    pub repeats: usize,
    /// The sitting of the run in which it took part, from 0.
    pub sitting: usize,
    /// Why it could not run here, if it could not.
    pub unavailable: Option<Failure>,
    /// Milliseconds that starting its execution contexts took, before any task; not part of any timed sample's
    /// makespan.
    pub startup_ms: f64,
    /// The first run, before anything was warm.
    pub cold: Option<Trace>,
    /// The timed samples, in order.
    pub samples: Vec<Trace>,
    /// How many timed samples were taken again, because the whole machine had stood still.
    pub retaken: usize,
    /// The whole answer.
    pub answer: Option<Summary>,
    /// The bytes of each task's input and answer, if they are known; else empty.
    pub sizes: Vec<[u32; 2]>,
    /// For each timed sample what each task got done in each millisecond, if the workload counts that; else empty.
    pub activity: Vec<Vec<Vec<u32>>>,
    /// How much all tasks together got done in each timed sample, if the workload counts that; else empty.
    pub done: Vec<u64>,
}

impl Series {
    /// A series that has not begun.
    pub fn new(strategy: &'static dyn Strategy, workers: usize) -> Self {
        Self {
            id: RunId { strategy, workers },
            repeats: 1,
            sitting: 0,
            unavailable: None,
            startup_ms: 0.0,
            cold: None,
            samples: Vec::new(),
            retaken: 0,
            answer: None,
            sizes: Vec::new(),
            activity: Vec::new(),
            done: Vec::new(),
        }
    }

    /// A series that never ran, because of `reason`.
    pub fn unavailable(strategy: &'static dyn Strategy, workers: usize, reason: Failure) -> Self {
        Self { unavailable: Some(reason), ..Self::new(strategy, workers) }
    }

    /// Whether its strategy is blocking, with which others are compared wherever it ran.
    pub fn is_blocking(&self) -> bool {
        self.id.strategy == baseline()
    }

    /// The makespans of the timed samples, in milliseconds; where a sample did the work several times, of one time.
    pub fn samples_ms(&self) -> Vec<f64> {
        let times = self.repeats.max(1) as f64 * 1000.0;
        self.samples.iter().map(|trace| f64::from(trace.makespan) / times).collect()
    }
}
