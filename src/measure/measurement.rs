//! What the samples of one strategy say.

use serde::{Deserialize, Serialize};

use super::stats::{Interval, Ratio, interval_of_median, median, ratio};
use super::{BASELINE, FREEZE_THRESHOLD_MS, longest_silence_ms};
use crate::trace::{Cause, Lane, Series, Trace};

/// The numbers of one strategy. Times are milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The strategy's id.
    pub strategy: String,
    /// How many execution contexts did the work.
    pub workers: usize,
    /// Makespan of the first run, before anything was warm.
    pub cold_ms: Option<f64>,
    /// Makespans of the timed samples, in order; never empty.
    pub samples_ms: Vec<f64>,
    /// Their median.
    pub median_ms: f64,
    /// The median's 95 % interval; none with a single sample.
    pub ci95_ms: Option<Interval>,
    /// How many times as fast as [`BASELINE`]; none if that has no numbers. The baseline's own is 1 by definition,
    /// without an interval.
    pub speedup: Option<Ratio>,
    /// Share of its lanes' time spent computing, 0 to 1, median over samples; none if nothing was recorded.
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
    /// The sample nearest the median: the one to show.
    pub typical: usize,
}

impl Measurement {
    /// Measures `series` against the baseline's makespans, in milliseconds. `None` if it has no samples.
    pub fn of(series: &Series, baseline_ms: Option<&[f64]>) -> Option<Self> {
        let samples_ms = series.samples_ms();
        let median_ms = median(&samples_ms)?;
        let silences: Vec<_> = series.samples.iter().filter_map(longest_silence_ms).collect();
        Some(Self {
            strategy: series.strategy.clone(),
            workers: series.workers,
            cold_ms: series.cold.as_ref().map(|trace| f64::from(trace.makespan) / 1000.0),
            median_ms,
            ci95_ms: interval_of_median(&samples_ms),
            speedup: speedup(series, baseline_ms, &samples_ms),
            utilisation: median(&series.samples.iter().filter_map(utilisation).collect::<Vec<_>>()),
            longest_freeze_ms: silences.iter().copied().reduce(f64::max),
            usual_freeze_ms: median(&silences),
            startup_ms: series.startup_ms,
            lost_spans: lost(&series.samples),
            typical: nearest(&samples_ms, median_ms),
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

/// Share of the lanes' time that one sample spent computing, 0 to 1; `None` if nothing was recorded.
pub fn utilisation(trace: &Trace) -> Option<f64> {
    let recorded = trace.lanes.iter().any(|lane| !lane.spans.is_empty());
    let available = trace.lanes.len() as f64 * f64::from(trace.makespan);
    let computed: f64 = trace.lanes.iter().map(|lane| computed(lane, trace.makespan)).sum();
    (recorded && available > 0.0).then(|| (computed / available).min(1.0))
}

/// Microseconds that a lane computed before `makespan`.
fn computed(lane: &Lane, makespan: u32) -> f64 {
    let spans = lane.spans.iter().filter(|span| span.cause == Cause::Compute);
    spans.map(|span| f64::from(span.end.min(makespan).saturating_sub(span.start))).sum()
}

fn speedup(series: &Series, baseline_ms: Option<&[f64]>, samples_ms: &[f64]) -> Option<Ratio> {
    if series.strategy == BASELINE {
        return Some(Ratio { value: 1.0, ci95: None });
    }
    ratio(baseline_ms?, samples_ms)
}

fn lost(samples: &[Trace]) -> u32 {
    samples.iter().flat_map(|trace| &trace.lanes).fold(0, |sum, lane| sum.saturating_add(lane.lost))
}

fn nearest(samples_ms: &[f64], median_ms: f64) -> usize {
    let distance = |index: &usize| (samples_ms[*index] - median_ms).abs();
    (0..samples_ms.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}
