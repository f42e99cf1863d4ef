//! What takes part in a run: one strategy with a number of workers, and its results so far.

use strategies::Failure;

use super::workers::steps;
use super::{Executor, Runner, Series};
use crate::experiment::{Experiment, baseline};

/// One strategy with a number of workers, and its results so far.
pub(super) struct Entry {
    pub series: Series,
    /// Whether it could not be made ready when it was last tried, and is tried no more.
    pub refused: bool,
}

/// What an experiment runs: each strategy once or, in a sweep, each strategy with workers once for each number of
/// workers. A sweep always has the baseline, to see whether the machine drifts.
pub(super) fn entries(experiment: &Experiment) -> Vec<Entry> {
    let baseline = baseline();
    let missing = experiment.sweep && !experiment.strategies.contains(&baseline);
    let strategies = missing.then_some(baseline).into_iter().chain(experiment.strategies.iter().copied());
    let entry = |(strategy, workers)| Entry { series: Series::new(strategy, workers), refused: false };
    strategies
        .flat_map(|strategy| {
            let most = strategy.meta().workers(experiment.workers);
            let workers = if experiment.sweep { steps(most) } else { vec![most] };
            workers.into_iter().map(move |workers| (strategy, workers))
        })
        .map(entry)
        .collect()
}

impl Entry {
    /// Makes it ready; `None` if it cannot run here.
    ///
    /// # Errors
    /// When the run was cancelled.
    pub async fn runner(&mut self, executor: &dyn Executor) -> Result<Option<Box<dyn Runner>>, Failure> {
        match executor.runner(self.series.id).await {
            Ok(runner) => {
                if self.series.cold.is_none() {
                    self.series.startup_ms = runner.startup();
                }
                Ok(Some(runner))
            }
            Err(Failure::Cancelled) => Err(Failure::Cancelled),
            Err(reason) => {
                self.refuse(reason);
                Ok(None)
            }
        }
    }

    /// Marks the entry as unable to run.
    pub fn refuse(&mut self, reason: Failure) {
        self.refused = true;
        if self.series.samples.is_empty() {
            self.series.unavailable = Some(reason); // else what was measured still holds
        }
    }

    /// Whether its workers did not start, as when there is no room for them beside others. If so, the entry is reset,
    /// to be tried again.
    pub fn may_try_again(&mut self) -> bool {
        let again = matches!(self.series.unavailable, Some(Failure::NotStarted { .. }));
        if again {
            self.refused = false;
            self.series.unavailable = None;
        }
        again
    }
}
