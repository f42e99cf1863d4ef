//! What a sweep over numbers of workers says: how far the same work scales, and which law it follows.
//!
//! ```text
//! samples of each number of workers -> points: median, speed-up, Karp-Flatt fraction
//!            within the claimed cores -> Amdahl's law, Gunther's law, or why neither can be told
//!                                 all -> the knee: beyond it, more workers gain next to nothing
//! ```
//! Both laws are about cores, so only points with no more workers than the claimed cores are fitted: further workers
//! share cores, which is not scaling. The knee uses the other points, too, because it shows whether the claim is right.
//! A machine that claims two cores thus gets no law, and the reason is given. Work that waits needs no cores while it
//! does: its points are sound, but say nothing about cores.
//!
//! Every interval resamples the samples of each point and repeats the whole computation (see [`crate::measure`]'s
//! statistics). It covers the noise of the samples, but not the possibility that a law is the wrong one; a fit's
//! `residual` and `noise` are for that. Hardware threads that share a core, and cores that are slower, bend every
//! curve.

mod amdahl;
mod fit;
mod knee;
mod parts;
mod point;
mod refusal;
mod usl;

pub use amdahl::Amdahl;
pub use fit::{Fit, ParameterEstimate};
pub use knee::{Claim, Knee, WORTHWHILE};
pub use point::{KarpFlatt, Point};
pub use refusal::{CannotTell, FARTHEST, LawParameter, WIDEST};
pub use usl::Usl;

use serde::{Deserialize, Serialize};
use strategies::Strategy;

use super::median;
use super::stats::{RESAMPLES, SEED, SplitMix64, resampled_median};
use crate::experiment::baseline;
use crate::run::Series;

/// How one strategy scales.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The strategy's id.
    pub strategy: String,
    /// How many cores the machine claims: points with more workers are not fitted.
    pub claimed_cores: usize,
    /// One for each number of workers, the fewest first; never empty.
    pub points: Vec<Point>,
    /// Amdahl's law, from the points within the claimed cores.
    pub amdahl: Fit<Amdahl>,
    /// The universal scalability law, from the points within the claimed cores.
    pub usl: Fit<Usl>,
    /// Where the gain ends, from all points.
    pub knee: Knee,
}

impl Curve {
    /// Measures a sweep against the baseline. For each number of workers, `sweep` has the makespans in milliseconds, in
    /// any order; entries with the same number make one point. A point with a sample that cannot be a time (below a
    /// nanosecond, or longer than thirty years) is left out. `None` if no point is left, or if the baseline has such a
    /// sample.
    pub fn of(strategy: &str, sweep: &[(usize, Vec<f64>)], baseline_ms: &[f64], claimed_cores: usize) -> Option<Self> {
        let points: Vec<_> = merged(sweep)
            .into_iter()
            .filter_map(|(workers, samples_ms)| Point::of(workers, samples_ms, baseline_ms))
            .collect();
        let baseline_ms = median(baseline_ms).filter(|_| !points.is_empty())?;
        let draws = draws(&points);
        let fitted = &points[..points.partition_point(|point| point.workers <= claimed_cores)];
        Some(Self {
            strategy: strategy.to_owned(),
            claimed_cores,
            amdahl: Amdahl::of(fitted, &draws, baseline_ms).into(),
            usl: Usl::of(fitted, &draws, baseline_ms).into(),
            knee: Knee::of(&points, &draws, claimed_cores),
            points,
        })
    }
}

/// A curve for each strategy that ran with several numbers of workers. Empty without a baseline, or where the time was
/// set, because time then says nothing.
pub fn curves(run: &[Series], claimed_cores: usize) -> Vec<Curve> {
    let sound = || run.iter().filter(|series| series.unavailable.is_none() && series.done.is_empty());
    let Some(baseline_ms) = sound().find(|series| series.id.strategy == baseline()).map(Series::samples_ms) else {
        return Vec::new();
    };
    let mut strategies: Vec<_> = sound().map(|series| series.id.strategy).collect();
    strategies.dedup();
    let curve = |strategy: &'static dyn Strategy| {
        let own = sound().filter(|series| series.id.strategy == strategy);
        let sweep: Vec<_> = own.map(|series| (series.id.workers, series.samples_ms())).collect();
        let curve = || Curve::of(strategy.meta().id, &sweep, &baseline_ms, claimed_cores);
        (sweep.len() > 1).then(curve).flatten()
    };
    strategies.into_iter().filter_map(curve).collect()
}

/// One entry for each number of workers, the fewest first.
fn merged(sweep: &[(usize, Vec<f64>)]) -> Vec<(usize, Vec<f64>)> {
    let mut sweep = sweep.to_vec();
    sweep.sort_by_key(|(workers, _)| *workers);
    sweep.dedup_by(|(workers, samples), (kept, all)| {
        let same = workers == kept;
        if same {
            all.append(samples);
        }
        same
    });
    sweep
}

/// The medians of all points, [`RESAMPLES`] times, each time from samples drawn with replacement.
fn draws(points: &[Point]) -> Vec<Vec<f64>> {
    let mut random = SplitMix64(SEED);
    let mut draw = || points.iter().map(|point| resampled_median(&point.samples_ms, &mut random)).collect();
    (0..RESAMPLES).map(|_| draw()).collect()
}
