//! What the samples of one strategy say.

use serde::{Deserialize, Serialize};
use strategies::trace::{Cause, Context, Lane, Trace};

use super::stats::{Interval, Ratio, interval_of_median, median, ratio};
use super::{
    FREEZE_THRESHOLD_MS, OnCore, TaskLatency, froze, longest_silence_ms, longest_stall_ms, on_core, under_way,
};
use crate::run::Series;

/// The numbers of one strategy with one number of workers. Times are milliseconds; where a sample did the work several
/// times, they are those of one repetition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    /// The median of the timed samples' makespans.
    pub median_ms: f64,
    /// The median's 95 % bootstrap interval; none with a single sample.
    #[serde(default)]
    pub ci95_ms: Option<Interval>,
    /// How many times as fast as the baseline; `None` without a baseline, or where the time was set. The speed-up of
    /// the baseline itself is 1 by definition, without an interval.
    #[serde(default)]
    pub speedup: Option<f64>,
    /// The speed-up's 95 % bootstrap interval.
    #[serde(default)]
    pub speedup_ci95: Option<Interval>,
    /// The speed-up over blocking, divided by the number of workers: 1 is a perfect use of every worker. `None` against
    /// any other baseline, which may itself compute several tasks at once, or overlap their waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub efficiency: Option<f64>,
    /// How much got done, if the time was set and the work was counted; else `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<WorkDone>,
    /// How many times as much got done as under the baseline, if the time was set; 1 for the baseline itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Ratio>,
    /// Share of its lanes' time spent computing, 0 to 1, median over samples; `None` if it is unknown for some sample.
    #[serde(default)]
    pub utilisation: Option<f64>,
    /// Observed parallelism: the mean number of its lanes on a core at once, over the moments in which at least one
    /// was; median over samples, with its interval. `None` if it is unknown for some sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parallelism: Option<Ratio>,
    /// How many tasks were under way at once, begun and not done: the mean over the moments in which at least one was;
    /// median over samples, with its interval. `None` if it is unknown for some sample, or if samples did the work
    /// several times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_way: Option<Ratio>,
    /// Of the time in which its lanes had something to compute, the part in which they had no core, 0 to 1; median over
    /// samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_core: Option<f64>,
    /// The same part in each timed sample; empty if it is unknown for some sample.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples_off_core: Vec<f64>,
    /// How long a lane had a core before the core was taken away, in milliseconds: the median of all such turns; `None`
    /// if there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn_ms: Option<f64>,
    /// The time from a task's arrival until it was done; `None` if in some sample no task arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency: Option<TaskLatency>,
    /// The longest time, in milliseconds, in which neither the page nor any lane moved in a timed sample; `None` if
    /// none was long enough to be the machine's doing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stall_ms: Option<f64>,
    /// The longest time without a beat of the page in any timed sample; `None` if no heartbeat was recorded, or if the
    /// clock is too coarse to tell whether that was a freeze. A time below [`FREEZE_THRESHOLD_MS`] is not a freeze.
    #[serde(default)]
    pub longest_freeze_ms: Option<f64>,
    /// The median over samples of the longest time without a beat of the page: what the strategy does to the page. One
    /// slow moment of the machine, in one sample, does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_freeze_ms: Option<f64>,
}

/// How much got done in a time that was set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkDone {
    /// By all tasks together, in each timed sample.
    pub samples: Vec<f64>,
    /// Their median.
    pub median: f64,
    /// The median's 95 % interval; none with a single sample.
    pub ci95: Option<Interval>,
}

/// If the mean number of lanes on a core at once is above this, there was more than one now and then.
const SEVERAL: f64 = 1.3;

impl Numbers {
    /// Measures `series` against the baseline. `None` if it has no samples.
    pub fn of(series: &Series, baseline: Option<&Series>) -> Option<Self> {
        let samples_ms = series.samples_ms();
        let median_ms = median(&samples_ms)?;
        let repeats = series.repeats.max(1);
        // One repetition takes a part of the sample, so no silence in it is longer than that part.
        let once = |trace: &Trace| f64::from(trace.makespan) / 1000.0 / repeats as f64;
        let silence = |trace: &Trace| longest_silence_ms(trace).map(|silence| silence.min(once(trace)));
        let silences: Vec<_> = series.samples.iter().filter_map(silence).collect();
        let on_core: Option<Vec<OnCore>> = series.samples.iter().map(on_core).collect();
        let each = |told: fn(&OnCore) -> f64| on_core.iter().flatten().map(told).collect::<Vec<_>>();
        let under_way: Option<Vec<f64>> = series.samples.iter().map(under_way).collect();
        let under_way = under_way.filter(|_| repeats == 1).unwrap_or_default();
        let turns = on_core.iter().flatten().flat_map(|sample| &sample.turns).copied().collect::<Vec<_>>();
        let (at_once, off) = (each(|sample| sample.at_once), each(|sample| sample.off));
        let step = series.samples.iter().map(|trace| f64::from(trace.clock_step) / 1000.0).fold(0.0, f64::max);
        let told = |silence: &f64| froze(*silence, step).is_some();
        let done = WorkDone::of(series);
        let counted = done.is_some();
        let speedup = versus(series, baseline, |baseline| ratio(&baseline.samples_ms(), &samples_ms));
        let speedup = speedup.filter(|_| !counted);
        // unlike with times, more is better
        let output = versus(series, baseline, |baseline| ratio(&counts(series), &counts(baseline)));
        let one_at_a_time = baseline.is_some_and(Series::is_blocking);
        Some(Self {
            median_ms,
            ci95_ms: interval_of_median(&samples_ms),
            speedup: speedup.map(|ratio| ratio.value),
            speedup_ci95: speedup.and_then(|ratio| ratio.ci95),
            efficiency: speedup
                .filter(|_| one_at_a_time)
                .map(|speedup| speedup.value / series.id.workers.max(1) as f64),
            output: output.filter(|_| counted),
            done,
            utilisation: series
                .samples
                .iter()
                .map(utilisation)
                .collect::<Option<Vec<_>>>()
                .and_then(|all| median(&all)),
            parallelism: median(&at_once).map(|value| Ratio { value, ci95: interval_of_median(&at_once) }),
            under_way: median(&under_way).map(|value| Ratio { value, ci95: interval_of_median(&under_way) }),
            off_core: median(&off),
            samples_off_core: off,
            turn_ms: median(&turns),
            latency: TaskLatency::of(&series.samples),
            stall_ms: series.samples.iter().filter_map(longest_stall_ms).reduce(f64::max),
            longest_freeze_ms: silences.iter().copied().reduce(f64::max).filter(told),
            usual_freeze_ms: median(&silences).filter(told),
        })
    }

    /// Whether the page usually froze. `None` if that is not known, or if the page did not freeze but the whole machine
    /// stood still for as long as a freeze, so that the page was not seen alive.
    pub fn froze(&self) -> Option<bool> {
        let stood_still = self.stall_ms.is_some_and(|stall| stall >= FREEZE_THRESHOLD_MS);
        self.usual_freeze_ms.map(|usual| usual >= FREEZE_THRESHOLD_MS).filter(|froze| *froze || !stood_still)
    }

    /// Whether several of its lanes surely were on a core at once, or surely not; `None` if it cannot be told.
    pub fn at_once(&self) -> Option<bool> {
        let [low, high] = self.parallelism?.ci95?;
        match () {
            () if low > SEVERAL => Some(true),
            () if high <= SEVERAL => Some(false),
            () => None,
        }
    }

    /// How many times as fast as the baseline, with its interval.
    pub fn speedup(&self) -> Option<Ratio> {
        self.speedup.map(|value| Ratio { value, ci95: self.speedup_ci95 })
    }

    /// How many times as good as the baseline: in what got done where the time was set, else in speed.
    pub fn versus_baseline(&self) -> Option<Ratio> {
        self.speedup().or(self.output)
    }
}

impl WorkDone {
    /// `None` if the work of the samples was not counted.
    fn of(series: &Series) -> Option<Self> {
        let samples = counts(series);
        Some(Self { median: median(&samples)?, ci95: interval_of_median(&samples), samples })
    }
}

fn counts(series: &Series) -> Vec<f64> {
    series.done.iter().map(|count| *count as f64).collect()
}

/// The ratio of a series to the baseline, which is 1 for the baseline itself.
fn versus(series: &Series, baseline: Option<&Series>, ratio: impl FnOnce(&Series) -> Option<Ratio>) -> Option<Ratio> {
    let baseline = baseline?;
    if series.id == baseline.id { Some(Ratio { value: 1.0, ci95: None }) } else { ratio(baseline) }
}

/// Share of the lanes' time that one sample spent computing, 0 to 1. An event loop in front that hands work out does
/// not count as a lane. `None` if nothing was recorded, or if a lane lost spans, so that what it did then is unknown.
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

/// The number of spans in all samples that did not fit into their buffers.
pub fn lost_spans(samples: &[Trace]) -> u32 {
    samples.iter().flat_map(|trace| &trace.lanes).fold(0, |sum, lane| sum.saturating_add(lane.lost))
}

/// The index of the sample to show: the one nearest the median of what got done, or else of the time. A sample whose
/// lanes are not known is shown only if there is no other. `None` without samples.
pub fn typical(series: &Series) -> Option<usize> {
    let (counts, times) = (counts(series), series.samples_ms());
    let values = if counts.is_empty() { &times } else { &counts };
    let middle = median(values)?;
    let unknown = |at: usize| series.samples[at].lanes.iter().any(|lane| lane.lost > 0 && lane.spans.is_empty());
    let distance = |at: usize| (values[at] - middle).abs();
    let order =
        |one: usize, other: usize| unknown(one).cmp(&unknown(other)).then(distance(one).total_cmp(&distance(other)));
    (0..values.len()).min_by(|one, other| order(*one, *other))
}
