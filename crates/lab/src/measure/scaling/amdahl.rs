//! Amdahl's law: part of the work cannot be shared, and that part is the limit.

use serde::{Deserialize, Serialize};

use super::Point;
use super::fit::{Fitted, ParameterEstimate};
use super::refusal::{CannotTell, LawParameter};

/// The law's parameters: the time with one worker, and the serial part.
const PARAMETERS: usize = 2;

/// T(p) = T(1) (s + (1 - s) / p), with p workers and the serial part s (Amdahl, Validity of the Single Processor
/// Approach to Achieving Large Scale Computing Capabilities, AFIPS 1967).
///
/// T(1) is fitted too, instead of being the baseline's time: one worker has costs that blocking does not have, and the
/// serial part must not be blamed for them. (The Karp-Flatt fractions of the points do measure against the baseline.)
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Amdahl {
    /// The speed-up with one worker, by the law: the baseline's time divided by T(1).
    pub one: f64,
    /// s, 0 to 1.
    pub serial: ParameterEstimate,
    /// The relative distance between the curve and the points.
    pub residual: f64,
    /// How much of that distance the noise could explain.
    pub noise: f64,
}

impl Amdahl {
    /// Fits points that are sorted by workers.
    pub(super) fn of(points: &[Point], draws: &[Vec<f64>], baseline_ms: f64) -> Result<Self, CannotTell> {
        let fitted = Fitted::of(points, draws, PARAMETERS)?;
        let serial = fitted.estimate(|parts| parts.serial());
        Fitted::told(LawParameter::Serial, serial.ci95)?;
        fitted.near()?;
        Ok(Self { one: baseline_ms / fitted.nearest.one_ms(), serial, residual: fitted.residual, noise: fitted.noise })
    }

    /// The speed-up against the baseline with `workers` workers, at least 1.
    pub fn predicted(&self, workers: f64) -> f64 {
        let serial = self.serial.value;
        self.one / (serial + (1.0 - serial) / workers.max(1.0))
    }

    /// The speed-up that no number of workers passes; `None` if no serial part was seen.
    pub fn limit(&self) -> Option<f64> {
        (self.serial.value > 0.0).then(|| self.one / self.serial.value)
    }

    /// Whether the points lie off the curve by no more than their noise. If not, the law does not explain everything,
    /// and the intervals are too narrow.
    pub fn within_noise(&self) -> bool {
        self.residual <= self.noise
    }
}
