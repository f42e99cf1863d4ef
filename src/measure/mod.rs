//! Numbers: what the samples of a run say, each with its spread.
//!
//! Invariant: a number that cannot be known is absent, never guessed: one sample has no interval, an
//! unrecorded trace has no utilisation. Nothing is said about the numbers here; that is the verdict.

mod apart;
mod compare;
mod decimal;
mod freeze;
mod measurement;
pub mod scaling;
mod stats;
mod steady;

pub use compare::{Comparison, NOTABLE, overlap};
pub use decimal::decimal;
pub use freeze::{FREEZE_THRESHOLD_MS, freezes, longest_silence_ms};
pub use measurement::{Done, Measurement, utilisation};
pub use stats::{Interval, Ratio, interval_of_median, median, ratio};
pub use steady::{middle_half, slowdown};

use serde::{Deserialize, Serialize};

use crate::experiment::BASELINE;
use crate::trace::Series;

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
    /// One for each strategy and number of workers that ran, in the order of the run.
    pub measurements: Vec<Measurement>,
    /// What could not run here; the same reason once.
    pub unavailable: Vec<Refusal>,
}

impl Results {
    /// Measures every series, each against [`BASELINE`] if that ran.
    pub fn of(run: &[Series]) -> Self {
        let ran = || run.iter().filter(|series| series.unavailable.is_none());
        let baseline = ran().find(|series| series.strategy == BASELINE);
        let mut unavailable: Vec<_> = run.iter().filter_map(refusal).collect();
        unavailable.dedup();
        Self { measurements: ran().filter_map(|series| Measurement::of(series, baseline)).collect(), unavailable }
    }

    /// The measurement of the strategy with this id and so many workers.
    pub fn get(&self, strategy: &str, workers: usize) -> Option<&Measurement> {
        self.measurements.iter().find(|own| own.strategy == strategy && own.workers == workers)
    }
}

fn refusal(series: &Series) -> Option<Refusal> {
    Some(Refusal { strategy: series.strategy.clone(), reason: series.unavailable.clone()? })
}

#[cfg(test)]
mod tests;
