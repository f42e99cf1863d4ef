//! Gunther's universal scalability law: workers wait for one another, and must keep in step with one another.

use serde::{Deserialize, Serialize};

use super::Point;
use super::fit::{Fitted, ParameterEstimate};
use super::parts::Parts;
use super::refusal::{CannotTell, LawParameter};

/// The law's parameters: the throughput of one worker, sigma and kappa.
const PARAMETERS: usize = 3;

/// X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)), the throughput with N workers (Gunther, Guerrilla Capacity
/// Planning, 2007, chapter 4). With kappa = 0 it is Amdahl's law.
///
/// The work of a sweep is always the same, so the throughput is 1 divided by the time. The times are fitted by
/// T(N) = T(1) (sigma + (1 - sigma) / N + kappa (N - 1)), which is the same law in other words.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Usl {
    /// lambda as a speed-up: the baseline's time divided by T(1).
    pub one: f64,
    /// sigma, contention: the part of the work that is done by one worker at a time, 0 to 1.
    pub contention: ParameterEstimate,
    /// kappa, coherence: what every further worker costs all others, as part of the time with one worker; at least 0.
    pub coherence: ParameterEstimate,
    /// The number of workers with the greatest speed-up, N* = sqrt((1 - sigma) / kappa), at least 1. `None` where
    /// kappa's interval holds 0: then no such number was seen. Beyond the numbers of workers that were measured it is
    /// an extrapolation.
    pub optimum: Option<ParameterEstimate>,
    /// The relative distance between the curve and the points.
    pub residual: f64,
    /// How much of that distance the noise could explain.
    pub noise: f64,
}

impl Usl {
    /// Fits points that are sorted by workers.
    pub(super) fn of(points: &[Point], draws: &[Vec<f64>], baseline_ms: f64) -> Result<Self, CannotTell> {
        let fitted = Fitted::of(points, draws, PARAMETERS)?;
        let (contention, coherence) =
            (fitted.estimate(|parts| parts.serial()), fitted.estimate(|parts| parts.growth()));
        let others = points.last().map_or(0.0, |point| point.workers as f64 - 1.0);
        Fitted::told(LawParameter::Contention, contention.ci95)?;
        Fitted::told(LawParameter::Coherence, coherence.ci95.map(|end| end * others))?;
        fitted.near()?;
        Ok(Self {
            one: baseline_ms / fitted.nearest.one_ms(),
            contention,
            coherence,
            // Where kappa's interval begins above 0, the draws without an optimum are too few to lie within the
            // interval.
            optimum: (coherence.ci95[0] > 0.0).then(|| fitted.estimate(optimum)),
            residual: fitted.residual,
            noise: fitted.noise,
        })
    }

    /// The speed-up against the baseline with `workers` workers, at least 1.
    pub fn predicted(&self, workers: f64) -> f64 {
        let (sigma, kappa, workers) = (self.contention.value, self.coherence.value, workers.max(1.0));
        self.one / (sigma + (1.0 - sigma) / workers + kappa * (workers - 1.0))
    }

    /// Whether the points lie off the curve by no more than their noise. If not, the law does not explain everything,
    /// and the intervals are too narrow.
    pub fn within_noise(&self) -> bool {
        self.residual <= self.noise
    }
}

fn optimum(parts: &Parts) -> f64 {
    ((1.0 - parts.serial()) / parts.growth()).sqrt().max(1.0)
}
