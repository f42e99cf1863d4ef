//! Whether two strategies differ, as far as their samples can tell.
//!
//! Invariant: without intervals nothing is told, and overlapping intervals are no difference. A difference must also
//! be notable, so that a drift of a few per cent is not called a gain.

use super::{Interval, Measurement};

/// The factor that the nearer end of a speed-up's interval must pass to be called a difference.
pub const NOTABLE: f64 = 1.1;

/// How a strategy's makespan stands to the baseline's. Intervals are those of the speed-up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Comparison {
    /// Somewhere an interval is missing.
    Unknown,
    /// The medians' intervals overlap: no difference seen.
    Same(Interval),
    /// There is a difference, but a small or an unsteady one.
    Slight(Interval),
    /// Sooner, by more than [`NOTABLE`].
    Sooner(f64, Interval),
    /// Later, by more than [`NOTABLE`].
    Later(f64, Interval),
}

impl Comparison {
    /// Compares a measurement with the baseline's.
    pub fn of(measurement: &Measurement, baseline: &Measurement) -> Self {
        let speedup = measurement.speedup.and_then(|ratio| Some((ratio.value, ratio.ci95?)));
        let (Some((value, ratio)), Some(own), Some(base)) = (speedup, measurement.ci95_ms, baseline.ci95_ms) else {
            return Self::Unknown;
        };
        match ratio {
            _ if overlap(own, base) => Self::Same(ratio),
            [low, _] if low > NOTABLE => Self::Sooner(value, ratio),
            [_, high] if high < NOTABLE.recip() => Self::Later(value, ratio),
            _ => Self::Slight(ratio),
        }
    }

    /// Whether it took about as long: no difference seen, or one that is surely less than [`NOTABLE`].
    pub fn is_about_equal(self) -> bool {
        match self {
            Self::Same(_) => true,
            Self::Slight([low, high]) => low >= NOTABLE.recip() && high <= NOTABLE,
            _ => false,
        }
    }
}

/// Whether two intervals have a point in common.
pub fn overlap(one: Interval, other: Interval) -> bool {
    one[0] <= other[1] && other[0] <= one[1]
}
