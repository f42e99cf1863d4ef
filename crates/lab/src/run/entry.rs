//! What takes part in a run: one strategy with a number of workers, and what came of it so far.

use strategies::Failure;
use strategies::trace::Trace;

use super::answers::compare;
use super::sweep::steps;
use super::{Executor, Runner, Sample, SampleKind, Series};
use crate::experiment::{Experiment, baseline};
use crate::measure::longest_stall_ms;

/// Spans that a run holds, 64 MB of them: more than a page's memory has room for can be asked for.
const SPANS_KEPT: usize = 4_000_000;

/// One strategy with a number of workers, and what came of it so far.
pub(super) struct Entry {
    pub series: Series,
    /// Whether it could not be made ready when it was last tried, and is tried no more.
    pub refused: bool,
}

/// What an experiment runs: each strategy once, or, in a sweep, those with workers once for each number of them. A
/// sweep has the baseline, chosen or not, to see whether the machine drifts.
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

    /// It cannot run.
    pub fn refuse(&mut self, reason: Failure) {
        self.refused = true;
        if self.series.samples.is_empty() {
            self.series.unavailable = Some(reason); // else what was measured still holds
        }
    }

    /// Whether its workers did not start, as where there is no room for them beside others; if so, it may be tried again.
    pub fn may_try_again(&mut self) -> bool {
        let again = matches!(self.series.unavailable, Some(Failure::NotStarted { .. }));
        if again {
            self.refused = false;
            self.series.unavailable = None;
        }
        again
    }
}

/// A sample in which neither the page nor any lane moved for so long, in milliseconds, tells of the machine and not of a
/// strategy.
const STOOD_STILL: f64 = 1000.0;
/// How often such a sample is taken again.
const AGAIN: usize = 2;

/// Takes a sample; a timed one again, if the machine stood still meanwhile, which the series notes.
///
/// # Errors
/// Whatever a sample fails with.
pub(super) async fn take(runner: &mut dyn Runner, entry: &mut Entry, kind: SampleKind) -> Result<Sample, Failure> {
    for _ in 0..AGAIN {
        let sample = runner.sample(kind).await?;
        let stood_still = longest_stall_ms(&sample.trace).is_some_and(|stall| stall >= STOOD_STILL);
        if kind == SampleKind::Cold || !stood_still {
            return Ok(sample);
        }
        entry.series.retaken += 1;
    }
    runner.sample(kind).await
}

/// Takes note of a sample of entry `at`, if its answer is right.
///
/// # Errors
/// When it is not.
pub(super) fn note(
    experiment: &Experiment,
    entries: &mut [Entry],
    at: usize,
    sample: Sample,
    kind: SampleKind,
) -> Result<(), Failure> {
    compare(experiment, entries, at, &sample)?;
    let series = &mut entries[at].series;
    series.answer = Some(sample.answer);
    match kind {
        SampleKind::Cold => {
            series.sizes = sample.sizes;
            series.cold.get_or_insert(sample.trace);
        }
        SampleKind::Timed(repeats) => {
            series.repeats = repeats;
            series.samples.push(sample.trace);
            if !sample.activity.is_empty() {
                series.done.push(sample.activity.iter().flatten().map(|count| u64::from(*count)).sum());
                series.activity.push(sample.activity);
            }
            bound(entries, at);
        }
    }
    Ok(())
}

/// Lets go of what the newest sample's lanes did, if the run would hold more spans than it may: they count as lost, as
/// where a lane's buffer is full. Times and the page's pulse are kept.
fn bound(entries: &mut [Entry], newest: usize) {
    let traces = entries.iter().flat_map(|entry| entry.series.cold.iter().chain(&entry.series.samples));
    if traces.map(Trace::spans).sum::<usize>() > SPANS_KEPT {
        entries[newest].series.samples.last_mut().map(Trace::forget);
    }
}

/// How many samples are done.
pub(super) struct Count {
    done: usize,
    total: usize,
}

impl Count {
    /// None of `total`.
    pub fn of(total: usize) -> Self {
        Self { done: 0, total }
    }

    /// There are so many in all, as is known by now.
    pub fn is_of(&mut self, total: usize, executor: &dyn Executor, entries: &[Entry]) {
        self.total = total;
        self.tell(executor, entries);
    }

    /// One more is done.
    pub fn one_more(&mut self, executor: &dyn Executor, entries: &[Entry]) {
        self.done += 1;
        self.tell(executor, entries);
    }

    fn tell(&self, executor: &dyn Executor, entries: &[Entry]) {
        let series: Vec<_> = entries.iter().map(|entry| &entry.series).collect();
        executor.progress(self.done, self.total, &series);
    }
}
