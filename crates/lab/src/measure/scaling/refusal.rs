//! Why a law cannot be determined, as data.

use serde::{Deserialize, Serialize};

use crate::measure::Interval;

/// An interval wider than this part of the time with one worker says next to nothing: a serial part of 10 % allows a
/// speed-up of 10, one of 35 % less than 3. A cost greater than that time may be uncertain by this part of itself.
pub const WIDEST: f64 = 0.25;

/// A law does not describe the measured times if it is farther off them than this, relatively, and farther than their
/// noise. A law that is nearer may be used, although a quiet machine shows that it does not explain everything.
pub const FARTHEST: f64 = 0.05;

/// Why a law cannot be determined from a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CannotTell {
    /// There are too few different numbers of workers within the claimed cores. It takes one more than the law has
    /// parameters: otherwise its curve passes through every point, whatever they are, and nothing is tested.
    TooFewCounts {
        /// How many there are.
        have: usize,
        /// How many it takes.
        need: usize,
    },
    /// A point within the claimed cores has one sample only, so the noise is unknown.
    OneSample,
    /// No change was seen, so there is none to describe: one time lies within the intervals of all points, or the
    /// slowest takes less than [`super::WORTHWHILE`] times as long as the fastest.
    Flat,
    /// A parameter's interval is wider than [`WIDEST`].
    TooWide {
        /// The parameter.
        part: LawParameter,
        /// Its 95 % interval, as part of the time with one worker.
        ci95: Interval,
    },
    /// The nearest curve is farther off than [`FARTHEST`] and than the noise.
    PoorFit {
        /// The relative distance between the curve and the points.
        residual: f64,
        /// How much of it the noise could explain.
        noise: f64,
    },
}

/// A parameter of a law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LawParameter {
    /// Amdahl's serial part.
    Serial,
    /// Gunther's sigma: waiting for one another.
    Contention,
    /// Gunther's kappa, times the number of others: keeping in step with one another.
    Coherence,
}
