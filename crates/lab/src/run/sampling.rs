//! One sample at a time: taken, compared with the others, and noted.

use strategies::Failure;
use strategies::trace::Trace;

use super::answers::compare;
use super::entry::Entry;
use super::{Runner, Sample, SampleKind};
use crate::experiment::Experiment;
use crate::measure::longest_stall_ms;

/// The most spans that a run holds, 64 MB of them: an experiment can ask for more than a page's memory has room for.
const SPANS_KEPT: usize = 4_000_000;
/// A sample in which neither the page nor any lane moved for this long, in milliseconds, says something about the
/// machine and not about a strategy.
const STOOD_STILL: f64 = 1000.0;
/// The most times that such a sample is taken again.
const AGAIN: usize = 2;

/// Takes a sample. A timed one is taken again if the machine stood still meanwhile, and the series counts that.
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

/// Discards the spans of the newest sample's lanes if the run would hold more spans than it may. They count as lost, as
/// when a lane's buffer is full. Times and the page's heartbeat are kept.
fn bound(entries: &mut [Entry], newest: usize) {
    let traces = entries.iter().flat_map(|entry| entry.series.cold.iter().chain(&entry.series.samples));
    if traces.map(Trace::spans).sum::<usize>() > SPANS_KEPT {
        entries[newest].series.samples.last_mut().map(Trace::forget);
    }
}
