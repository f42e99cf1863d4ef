//! What the samples of one strategy say.

use serde::{Deserialize, Serialize};
use strategies::trace::{Cause, Context, Lane, Trace};

use super::stats::{Interval, Ratio, interval_of_median, median, ratio};
use super::{
    FREEZE_THRESHOLD_MS, OnCore, TaskLatency, froze, longest_silence_ms, longest_stall_ms, on_core, under_way,
};
use crate::run::Series;

/// The numbers of one strategy with a number of workers. Times are milliseconds; where a sample did the work several
/// times, they are those of one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    /// The median of the timed samples' makespans.
    pub median_ms: f64,
    /// The median's 95 % bootstrap interval; none with a single sample.
    #[serde(default)]
    pub ci95_ms: Option<Interval>,
    /// How many times as fast as the baseline; none if there is none, or where the time was set. That of the baseline
    /// itself is 1 by definition, without an interval.
    #[serde(default)]
    pub speedup: Option<f64>,
    /// The speed-up's 95 % bootstrap interval.
    #[serde(default)]
    pub speedup_ci95: Option<Interval>,
    /// Speed-up over blocking by workers: 1 is a perfect use of every one of them. None against any other baseline, which
    /// may itself compute several tasks at once, or overlap their waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub efficiency: Option<f64>,
    /// How much got done, where that is counted because the time was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<WorkDone>,
    /// How many times as much as under the baseline got done, where the time was set. That of the baseline itself is 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Ratio>,
    /// Share of its lanes' time spent computing, 0 to 1, median over samples; none if of some sample it cannot be known.
    #[serde(default)]
    pub utilisation: Option<f64>,
    /// Observed parallelism: the mean number of its lanes on a core at once, over the moments in which at least one was;
    /// median over samples, with its interval. None if of some sample it cannot be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parallelism: Option<Ratio>,
    /// How many tasks were under way at once, begun and not done: the mean over the moments in which at least one was; median
    /// over samples, with its interval. None if of some sample it cannot be known, or the work was done several times in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_way: Option<Ratio>,
    /// Which part of the time in which its lanes had something to compute they had no core, 0 to 1; median over samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_core: Option<f64>,
    /// The same of each timed sample; empty if of some it cannot be known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples_off_core: Vec<f64>,
    /// For how long a lane had a core before it was taken away, in milliseconds; median of all times, none if it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn_ms: Option<f64>,
    /// From a task's arrival until it was done, where tasks arrive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency: Option<TaskLatency>,
    /// The longest that neither the page nor any lane moved in a timed sample, if that is long enough to be the machine's
    /// doing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stall_ms: Option<f64>,
    /// The longest that the page went without a beat in any timed sample; none if no heartbeat was recorded, or if the clock
    /// is too coarse to tell whether that was a freeze. Below [`FREEZE_THRESHOLD_MS`] it is none.
    #[serde(default)]
    pub longest_freeze_ms: Option<f64>,
    /// The median over samples of the longest that the page went without a beat: what the strategy does to the page.
    /// One slow moment of the machine, in one sample, is not in it.
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

/// As many lanes on a core at once, on average, are more than one now and then.
const SEVERAL: f64 = 1.3;

impl Numbers {
    /// Measures `series` against the baseline. `None` if it has no samples.
    pub fn of(series: &Series, baseline: Option<&Series>) -> Option<Self> {
        let samples_ms = series.samples_ms();
        let median_ms = median(&samples_ms)?;
        let repeats = series.repeats.max(1);
        // The work is done once in a part of the sample, so no silence of one time is longer than that.
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
        // the other way round than times: more is better
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

    /// Whether the page usually froze; `None` if that is not known, or if it did not but the whole machine stood still for as
    /// long, so that nobody saw it alive.
    pub fn froze(&self) -> Option<bool> {
        let stood_still = self.stall_ms.is_some_and(|stall| stall >= FREEZE_THRESHOLD_MS);
        self.usual_freeze_ms.map(|usual| usual >= FREEZE_THRESHOLD_MS).filter(|froze| *froze || !stood_still)
    }

    /// Whether several of its lanes surely were on a core at once, or surely not; `None` if nobody can tell.
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

    /// How it stands to the baseline: in what got done where the time was set, else in time.
    pub fn versus_baseline(&self) -> Option<Ratio> {
        self.speedup().or(self.output)
    }
}

impl WorkDone {
    /// Whether it was counted is to be seen from the samples.
    fn of(series: &Series) -> Option<Self> {
        let samples = counts(series);
        Some(Self { median: median(&samples)?, ci95: interval_of_median(&samples), samples })
    }
}

fn counts(series: &Series) -> Vec<f64> {
    series.done.iter().map(|count| *count as f64).collect()
}

/// How a series stands to the baseline, which is what it is once.
fn versus(series: &Series, baseline: Option<&Series>, ratio: impl FnOnce(&Series) -> Option<Ratio>) -> Option<Ratio> {
    let baseline = baseline?;
    if series.id == baseline.id { Some(Ratio { value: 1.0, ci95: None }) } else { ratio(baseline) }
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

/// The spans of all samples that did not fit into their buffers.
pub fn lost_spans(samples: &[Trace]) -> u32 {
    samples.iter().flat_map(|trace| &trace.lanes).fold(0, |sum, lane| sum.saturating_add(lane.lost))
}

/// The sample nearest the median, of what got done or else of the time: the one to show. One whose lanes are not known
/// is shown only if there is no other; `None` without samples.
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
