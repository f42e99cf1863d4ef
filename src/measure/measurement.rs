//! What the samples of one strategy say.

use serde::{Deserialize, Serialize};

use super::stats::{Interval, Ratio, interval_of_median, median, ratio};
use super::{FREEZE_THRESHOLD_MS, longest_silence_ms};
use crate::experiment::BASELINE;
use crate::trace::{Cause, Context, Lane, Series, Trace};

/// The numbers of one strategy with a number of workers. Times are milliseconds; where a sample did the work several
/// times, they are those of one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The strategy's id.
    pub strategy: String,
    /// How many execution contexts did the work.
    pub workers: usize,
    /// Whether they may compute at the same time.
    pub parallel: bool,
    /// Whether they have memories of their own.
    pub isolated: bool,
    /// How often each timed sample did the work.
    pub repeats: usize,
    /// Makespan of the first run, before anything was warm; the start-up is part of it.
    pub cold_ms: Option<f64>,
    /// Makespans of the timed samples, in order; never empty.
    pub samples_ms: Vec<f64>,
    /// Their median.
    pub median_ms: f64,
    /// The median's 95 % interval; none with a single sample.
    pub ci95_ms: Option<Interval>,
    /// How many times as fast as [`BASELINE`]; none if that has no numbers, or where the time was set. The baseline's
    /// own is 1 by definition, without an interval.
    pub speedup: Option<Ratio>,
    /// How much got done, where that is counted because the time was set.
    pub done: Option<Done>,
    /// Share of its lanes' time spent computing, 0 to 1, median over samples; none if of some sample it cannot be known.
    pub utilisation: Option<f64>,
    /// The longest that the page went without a beat in any timed sample; none if no heartbeat was recorded.
    /// Below [`FREEZE_THRESHOLD_MS`] it is no freeze.
    pub longest_freeze_ms: Option<f64>,
    /// The median over samples of the longest that the page went without a beat: what the strategy does to the page.
    /// One slow moment of the machine, in one sample, is not in it.
    pub usual_freeze_ms: Option<f64>,
    /// What starting the execution contexts took; no part of any other time here.
    pub startup_ms: f64,
    /// Spans of timed samples that did not fit into their buffers.
    pub lost_spans: u32,
    /// The sample nearest the median, of what got done or else of the time: the one to show. One whose lanes are not
    /// known is shown only if there is no other.
    pub typical: usize,
}

/// How much got done in a time that was set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// By all tasks together, in each timed sample.
    pub samples: Vec<f64>,
    /// Their median.
    pub median: f64,
    /// The median's 95 % interval; none with a single sample.
    pub ci95: Option<Interval>,
    /// How many times as much as under [`BASELINE`]; none if that has no numbers. The baseline's own is 1.
    pub times: Option<Ratio>,
}

impl Measurement {
    /// Measures `series` against the baseline. `None` if it has no samples.
    pub fn of(series: &Series, baseline: Option<&Series>) -> Option<Self> {
        let samples_ms = series.samples_ms();
        let median_ms = median(&samples_ms)?;
        let repeats = series.repeats.max(1);
        // The work is done once in a part of the sample, so no silence of one time is longer than that.
        let once = |trace: &Trace| f64::from(trace.makespan) / 1000.0 / repeats as f64;
        let silence = |trace: &Trace| longest_silence_ms(trace).map(|silence| silence.min(once(trace)));
        let silences: Vec<_> = series.samples.iter().filter_map(silence).collect();
        let done = Done::of(series, baseline);
        let speedup = baseline.and_then(|baseline| versus(series, || ratio(&baseline.samples_ms(), &samples_ms)));
        Some(Self {
            strategy: series.strategy.clone(),
            workers: series.workers,
            parallel: series.parallel,
            isolated: series.isolated,
            repeats,
            cold_ms: series.cold.as_ref().map(|trace| f64::from(trace.makespan) / 1000.0),
            median_ms,
            ci95_ms: interval_of_median(&samples_ms),
            speedup: speedup.filter(|_| done.is_none()),
            typical: match &done {
                Some(done) => nearest(series, &done.samples, done.median),
                None => nearest(series, &samples_ms, median_ms),
            },
            done,
            utilisation: series
                .samples
                .iter()
                .map(utilisation)
                .collect::<Option<Vec<_>>>()
                .and_then(|all| median(&all)),
            longest_freeze_ms: silences.iter().copied().reduce(f64::max),
            usual_freeze_ms: median(&silences),
            startup_ms: series.startup_ms,
            lost_spans: lost(&series.samples),
            samples_ms,
        })
    }

    /// Whether the page usually froze; `None` if no heartbeat was recorded.
    pub fn froze(&self) -> Option<bool> {
        self.usual_freeze_ms.map(|usual| usual >= FREEZE_THRESHOLD_MS)
    }

    /// Speed-up by workers: 1 is a perfect use of every one of them.
    pub fn efficiency(&self) -> Option<f64> {
        self.speedup.map(|speedup| speedup.value / self.workers.max(1) as f64)
    }
}

impl Done {
    /// Whether it was counted is to be seen from the samples.
    fn of(series: &Series, baseline: Option<&Series>) -> Option<Self> {
        let samples = counts(series);
        Some(Self {
            median: median(&samples)?,
            ci95: interval_of_median(&samples),
            // the other way round than times: more is better
            times: baseline.and_then(|baseline| versus(series, || ratio(&samples, &counts(baseline)))),
            samples,
        })
    }
}

fn counts(series: &Series) -> Vec<f64> {
    series.done.iter().map(|count| *count as f64).collect()
}

/// How a series stands to the baseline, which is what it is once.
fn versus(series: &Series, ratio: impl FnOnce() -> Option<Ratio>) -> Option<Ratio> {
    if series.strategy == BASELINE { Some(Ratio { value: 1.0, ci95: None }) } else { ratio() }
}

/// Share of the lanes' time that one sample spent computing, 0 to 1; `None` if nothing was recorded, or a lane lost spans
/// and nobody knows what it did then. A loop in front that hands work out is no lane for it.
pub fn utilisation(trace: &Trace) -> Option<f64> {
    let recorded = trace.lanes.iter().any(|lane| !lane.spans.is_empty());
    let able = || trace.lanes.iter().filter(|lane| lane.context != Context::Loop);
    let complete = able().all(|lane| lane.lost == 0);
    let available = able().count() as f64 * f64::from(trace.makespan);
    let computed: f64 = able().map(|lane| computed(lane, trace.makespan)).sum();
    (recorded && complete && available > 0.0).then(|| (computed / available).min(1.0))
}

/// Microseconds that a lane computed before `makespan`.
fn computed(lane: &Lane, makespan: u32) -> f64 {
    let spans = lane.spans.iter().filter(|span| span.cause == Cause::Compute);
    spans.map(|span| f64::from(span.end.min(makespan).saturating_sub(span.start))).sum()
}

fn lost(samples: &[Trace]) -> u32 {
    samples.iter().flat_map(|trace| &trace.lanes).fold(0, |sum, lane| sum.saturating_add(lane.lost))
}

fn nearest(series: &Series, values: &[f64], middle: f64) -> usize {
    let unknown = |at: usize| series.samples[at].lanes.iter().any(|lane| lane.lost > 0 && lane.spans.is_empty());
    let distance = |at: usize| (values[at] - middle).abs();
    let order =
        |one: usize, other: usize| unknown(one).cmp(&unknown(other)).then(distance(one).total_cmp(&distance(other)));
    (0..values.len()).min_by(|one, other| order(*one, *other)).unwrap_or(0)
}
