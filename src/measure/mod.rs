//! Numbers: what the samples of a run say, each with its spread.
//!
//! Invariant: a number that cannot be known is absent, never guessed: one sample has no interval, an
//! unrecorded trace has no utilisation. Nothing is said about the numbers here; that is the verdict.

mod compare;
mod decimal;
mod freeze;
mod measurement;
pub mod scaling;
mod stats;

pub use compare::{Comparison, NOTABLE, overlap};
pub use decimal::decimal;
pub use freeze::{FREEZE_THRESHOLD_MS, freezes, longest_silence_ms};
pub use measurement::{Measurement, utilisation};
pub use stats::{Interval, Ratio, interval_of_median, median, ratio};

use serde::{Deserialize, Serialize};

use crate::trace::Series;

/// The id of the strategy that all others are compared with.
pub const BASELINE: &str = "blocking";

/// A strategy without numbers, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The strategy's id.
    pub strategy: String,
    /// A clause that can follow a colon.
    pub reason: String,
}

/// What was learnt of every strategy of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// One for each strategy that ran and may be believed, in the order of the run.
    pub measurements: Vec<Measurement>,
    /// What could not run here.
    pub unavailable: Vec<Refusal>,
}

impl Results {
    /// Measures every series, each against [`BASELINE`] if that ran and may be believed.
    pub fn of(run: &[Series]) -> Self {
        let sound = || run.iter().filter(|series| series.unavailable.is_none());
        let baseline = sound().find(|series| series.strategy == BASELINE).map(Series::samples_ms);
        Self {
            measurements: sound().filter_map(|series| Measurement::of(series, baseline.as_deref())).collect(),
            unavailable: refusals(run, |series| series.unavailable.as_ref()),
        }
    }

    /// The measurement of the strategy with this id.
    pub fn get(&self, strategy: &str) -> Option<&Measurement> {
        self.measurements.iter().find(|measurement| measurement.strategy == strategy)
    }

    /// The measurement that all others are compared with.
    pub fn baseline(&self) -> Option<&Measurement> {
        self.get(BASELINE)
    }
}

fn refusals(run: &[Series], reason: impl Fn(&Series) -> Option<&String>) -> Vec<Refusal> {
    let refusal = |series: &Series| {
        reason(series).map(|reason| Refusal { strategy: series.strategy.clone(), reason: reason.clone() })
    };
    run.iter().filter_map(refusal).collect()
}

#[cfg(test)]
mod tests;
