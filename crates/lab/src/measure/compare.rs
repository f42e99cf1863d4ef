//! Whether two strategies differ, as far as their samples can tell.
//!
//! Invariant: without intervals no difference is claimed, and overlapping intervals are no difference. A difference
//! must also be notable, so that a drift of a few per cent is not called a gain, and must surely not be chance, because
//! the intervals of few samples are too narrow to exclude that. A strategy that was seen to compute several tasks at
//! once, compared with one that was seen not to, is expected to be sooner; there, samples that make it likely are
//! enough.

use super::significance::{NOTABLE, likely_above, surely_above};
use super::{Interval, Ratio};
use crate::report::Measured;

/// Where an interval reaches beyond this factor, it is unknown whether two strategies are about equal.
const WIDE: f64 = 1.25;

/// How a strategy compares with the baseline: in time or, where the time was set, in how much got done. Intervals are
/// those of the ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Comparison {
    /// An interval is missing.
    Unknown,
    /// The medians' intervals overlap: no difference seen.
    Same(Interval),
    /// There is a difference, but a small one or one that may be chance.
    Slight(Interval),
    /// Sooner, or more done, by more than [`NOTABLE`]: the ratio, and its interval.
    Better(f64, Interval),
    /// Later, or less done, by more than [`NOTABLE`]: the ratio, and its interval.
    Worse(f64, Interval),
}

/// Samples, and the interval of their median.
type SamplesWithInterval<'a> = (&'a [f64], Option<Interval>);

impl Comparison {
    /// Compares a run's time with the baseline's.
    pub fn of(own: Measured, baseline: Measured) -> Self {
        let (own_spread, base) =
            ((&*own.run.samples_ms, own.numbers.ci95_ms), (&*baseline.run.samples_ms, baseline.numbers.ci95_ms));
        Self::between(own.numbers.speedup(), base, own_spread, seen_in_parallel(own, baseline))
    }

    /// Compares how much got done with what the baseline got done.
    pub fn of_done(own: Measured, baseline: Measured) -> Self {
        let (Some(done), Some(base)) = (&own.numbers.done, &baseline.numbers.done) else { return Self::Unknown };
        let seen = seen_in_parallel(own, baseline);
        Self::between(own.numbers.output, (&done.samples, done.ci95), (&base.samples, base.ci95), seen)
    }

    /// Compares any two runs of a report: their times or, where the time was set, how much got done.
    pub fn of_two(own: Measured, other: Measured) -> Self {
        let seen = seen_in_parallel(own, other);
        let ratio = own.against(&other);
        match (&own.numbers.done, &other.numbers.done) {
            (Some(more), Some(less)) => {
                Self::between(ratio, (&more.samples, more.ci95), (&less.samples, less.ci95), seen)
            }
            _ => Self::between(
                ratio,
                (&other.run.samples_ms, other.numbers.ci95_ms),
                (&own.run.samples_ms, own.numbers.ci95_ms),
                seen,
            ),
        }
    }

    /// Compares two groups of samples, of which `less` lies below `more` if the strategy is better. If the reason was
    /// seen, too, samples need not be as sure of it.
    fn between(ratio: Option<Ratio>, more: SamplesWithInterval, less: SamplesWithInterval, seen_why: bool) -> Self {
        let ratio = ratio.and_then(|ratio| Some((ratio.value, ratio.ci95?)));
        let (Some((value, ratio)), Some(one), Some(other)) = (ratio, more.1, less.1) else { return Self::Unknown };
        match ratio {
            _ if overlap(one, other) => Self::Same(ratio),
            [low, _] if low > NOTABLE && surely_above(more.0, less.0) => Self::Better(value, ratio),
            [low, _] if low > NOTABLE && seen_why && likely_above(more.0, less.0) => Self::Better(value, ratio),
            [_, high] if high < NOTABLE.recip() && surely_above(less.0, more.0) => Self::Worse(value, ratio),
            _ => Self::Slight(ratio),
        }
    }

    /// How the baseline compares with the strategy.
    #[must_use]
    pub fn reversed(self) -> Self {
        let reversed = |[low, high]: Interval| [high.recip(), low.recip()];
        match self {
            Self::Unknown => Self::Unknown,
            Self::Same(interval) => Self::Same(reversed(interval)),
            Self::Slight(interval) => Self::Slight(reversed(interval)),
            Self::Better(value, interval) => Self::Worse(value.recip(), reversed(interval)),
            Self::Worse(value, interval) => Self::Better(value.recip(), reversed(interval)),
        }
    }

    /// Whether the two are about equal: samples that would have shown a great difference showed none, or the difference
    /// is surely less than [`NOTABLE`].
    pub fn is_about_equal(self) -> bool {
        let within = |[low, high]: Interval, factor: f64| low >= factor.recip() && high <= factor;
        match self {
            Self::Same(interval) => within(interval, WIDE),
            Self::Slight(interval) => within(interval, NOTABLE),
            _ => false,
        }
    }
}

/// Whether several of the strategy's lanes surely were on a core at once, and several of the baseline's surely were
/// not.
fn seen_in_parallel(own: Measured, baseline: Measured) -> bool {
    own.numbers.at_once() == Some(true) && baseline.numbers.at_once() == Some(false)
}

/// Whether two intervals have a point in common.
pub fn overlap(one: Interval, other: Interval) -> bool {
    one[0] <= other[1] && other[0] <= one[1]
}
