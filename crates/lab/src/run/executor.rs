//! Where strategies are carried out, as the pipeline of a run sees it: the browser, or a test.

use strategies::trace::Trace;
use strategies::{Failure, Pending};
use workloads::Summary;

use super::{RunId, Series};

/// Carries strategies out.
pub trait Executor {
    /// Makes one strategy ready with its workers: starts its threads or processes.
    ///
    /// # Errors
    /// Why the strategy cannot run here; the others still do, unless the run was cancelled.
    fn runner(&self, id: RunId) -> Pending<'_, Result<Box<dyn Runner>, Failure>>;

    /// Reports progress, before the first sample and after each: `done` of `total` samples are done, and `series` has
    /// the results so far.
    fn progress(&self, done: usize, total: usize, series: &[&Series]);

    /// How many memories there may be at once beside the page's own. A run worker, each of its processes, and every
    /// fourth of its threads count as one memory each.
    fn room(&self) -> usize;

    /// The smallest step of the clock that times samples, in milliseconds.
    fn timer_resolution(&self) -> f64;
}

/// One strategy, ready to be carried out again and again.
pub trait Runner {
    /// How long the start of its threads or processes took, in milliseconds.
    fn startup(&self) -> f64;

    /// Takes a sample.
    ///
    /// # Errors
    /// When cancelled, or a worker was lost; the run ends then.
    fn sample(&mut self, kind: SampleKind) -> Pending<'_, Result<Sample, Failure>>;
}

/// Which sample is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleKind {
    /// The first, before anything was warm; its lanes show the start-up, too.
    Cold,
    /// A timed one, which does the work this number of times in a row.
    Timed(usize),
}

impl SampleKind {
    /// How often the work is done.
    pub fn repeats(self) -> usize {
        match self {
            Self::Cold => 1,
            Self::Timed(repeats) => repeats,
        }
    }
}

/// The result of one sample.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What happened.
    pub trace: Trace,
    /// The whole answer.
    pub answer: Summary,
    /// What each task got done in each millisecond, if the workload counts that; else empty.
    pub activity: Vec<Vec<u32>>,
    /// The bytes of each task's input and answer; only a cold sample on the page's thread has them.
    pub sizes: Vec<[u32; 2]>,
}
