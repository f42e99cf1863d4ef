//! A law fitted to the points: its parameters with their intervals, or why they cannot be determined.

use serde::{Deserialize, Serialize};

use super::parts::{Parts, ROUNDING};
use super::refusal::{CannotTell, FARTHEST, LawParameter, WIDEST};
use super::{Point, WORTHWHILE};
use crate::measure::Interval;
use crate::measure::stats::{holding, percentiles};

/// A law's parameters, or why the sweep does not determine them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit<Law> {
    /// The law with its parameters.
    Known(Law),
    /// Why there are none.
    Refused(CannotTell),
}

impl<Law> Fit<Law> {
    /// The law; `None` if it could not be determined.
    pub fn known(&self) -> Option<&Law> {
        match self {
            Self::Known(law) => Some(law),
            Self::Refused(_) => None,
        }
    }

    /// Why the law could not be determined; `None` if it could.
    pub fn refused(&self) -> Option<CannotTell> {
        match self {
            Self::Known(_) => None,
            Self::Refused(why) => Some(*why),
        }
    }
}

impl<Law> From<Result<Law, CannotTell>> for Fit<Law> {
    fn from(result: Result<Law, CannotTell>) -> Self {
        result.map_or_else(Self::Refused, Self::Known)
    }
}

/// A parameter and how sure one may be of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ParameterEstimate {
    /// The value of the nearest curve.
    pub value: f64,
    /// The 95 % interval; it holds the value.
    pub ci95: Interval,
}

/// The curve nearest to the points, and the curve nearest to each draw.
pub struct Fitted {
    /// The parts of the curve.
    pub nearest: Parts,
    /// The relative distance between the curve and the points.
    pub residual: f64,
    /// How great the noise alone makes that distance where the law holds: in 97.5 % of all draws it is no greater.
    pub noise: f64,
    resampled: Vec<Parts>,
}

impl Fitted {
    /// Fits the first `parameters` parts to points and draws that are sorted by workers; a draw may have more times
    /// than there are points.
    pub fn of(points: &[Point], draws: &[Vec<f64>], parameters: usize) -> Result<Self, CannotTell> {
        refuse(points, parameters)?;
        let workers: Vec<_> = points.iter().map(|point| point.workers as f64).collect();
        let times_ms: Vec<_> = points.iter().map(|point| point.median_ms).collect();
        let fit = |times_ms: &[f64]| Parts::nearest(&workers, times_ms, parameters);
        let nearest = fit(&times_ms);
        let distance = |times_ms: &[f64]| distance(&fit(times_ms), &workers, times_ms, parameters);
        // As if the curve were the truth: its times, each with the noise of a draw.
        let noisy = |draw: &Vec<f64>| -> Vec<f64> {
            points.iter().zip(draw).map(|(p, ms)| nearest.at(p.workers as f64) * ms / p.median_ms).collect()
        };
        Ok(Self {
            nearest,
            residual: distance(&times_ms),
            noise: percentiles(draws.iter().map(|draw| distance(&noisy(draw))).collect())[1].max(ROUNDING),
            resampled: draws.iter().map(|draw| fit(draw)).collect(),
        })
    }

    /// The value of `parameter` for the curve, with its interval over the draws.
    pub fn estimate(&self, parameter: fn(&Parts) -> f64) -> ParameterEstimate {
        let value = parameter(&self.nearest);
        ParameterEstimate { value, ci95: holding(value, percentiles(self.resampled.iter().map(parameter).collect())) }
    }

    /// Refuses an interval, as part of the time with one worker, that is too wide to say anything.
    pub fn told(part: LawParameter, ci95: Interval) -> Result<(), CannotTell> {
        let [low, high] = ci95;
        if high - low > WIDEST * high.max(1.0) { Err(CannotTell::TooWide { part, ci95 }) } else { Ok(()) }
    }

    /// Refuses a curve that is too far off.
    pub fn near(&self) -> Result<(), CannotTell> {
        let Self { residual, noise, .. } = *self;
        if residual > FARTHEST.max(noise) { Err(CannotTell::PoorFit { residual, noise }) } else { Ok(()) }
    }
}

/// The relative distance between a curve and times: the root of the mean square, where the divisor is the number of
/// times minus the number of parameters.
fn distance(curve: &Parts, workers: &[f64], times_ms: &[f64], parameters: usize) -> f64 {
    let off = |(n, ms): (&f64, &f64)| (curve.at(*n) / ms - 1.0).powi(2);
    let squares: f64 = workers.iter().zip(times_ms).map(off).sum();
    (squares / (workers.len() - parameters) as f64).sqrt()
}

/// Refuses points from which no law can be determined. All have different numbers of workers.
fn refuse(points: &[Point], parameters: usize) -> Result<(), CannotTell> {
    let (have, need) = (points.len(), parameters + 1);
    if have < need {
        return Err(CannotTell::TooFewCounts { have, need });
    }
    let intervals: Option<Vec<_>> = points.iter().map(|point| point.ci95_ms).collect();
    let intervals = intervals.ok_or(CannotTell::OneSample)?;
    let within_noise =
        greatest(intervals.iter().map(|[low, _]| *low)) <= least(intervals.iter().map(|[_, high]| *high));
    let medians = || points.iter().map(|point| point.median_ms);
    let next_to_nothing = greatest(medians()) < least(medians()) * WORTHWHILE;
    if within_noise || next_to_nothing { Err(CannotTell::Flat) } else { Ok(()) }
}

fn greatest(times_ms: impl Iterator<Item = f64>) -> f64 {
    times_ms.fold(0.0, f64::max)
}

fn least(times_ms: impl Iterator<Item = f64>) -> f64 {
    times_ms.fold(f64::INFINITY, f64::min)
}
