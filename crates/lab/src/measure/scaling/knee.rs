//! The knee: the number of workers beyond which further workers gain next to nothing, and what that means for the
//! claimed cores.

use serde::{Deserialize, Serialize};

use super::Point;
use crate::measure::stats::{holding, percentiles};

/// All workers beyond the knee together gain less than this factor.
pub const WORTHWHILE: f64 = 1.05;

/// The least measured number of workers with a time of less than [`WORTHWHILE`] times the shortest.
///
/// It is about the work as much as about the machine: a large serial part ends the gain long before the cores do. It is
/// always a number that was measured: the gain ends there, or between there and the measured number before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knee {
    /// The number of workers.
    pub workers: usize,
    /// Its 95 % interval; none if some point has one sample only.
    pub ci95: Option<[usize; 2]>,
    /// The number of workers that was fastest.
    pub best: usize,
    /// Whether it is the greatest number measured: then further workers might still gain.
    pub open: bool,
    /// What it says of the claimed cores.
    pub claim: Claim,
}

/// What the knee's interval says of the cores that the machine claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Claim {
    /// The gain ends before the claimed cores do: a greater number within them was measured, and gained next to
    /// nothing. The work may be why, or cores that are shared, slow or not there.
    Fewer,
    /// Nothing was seen that contradicts the claim.
    Consistent,
    /// More workers than claimed cores still gain: the machine has more cores than it claims, or the work waits.
    More,
    /// Unknown: there is no interval, or the gain may go on and as many workers as claimed cores were not tried.
    Unknown,
}

impl Knee {
    /// Finds the knee from points, of which there must be one, and draws of their medians, both sorted by workers.
    pub(super) fn of(points: &[Point], draws: &[Vec<f64>], claimed_cores: usize) -> Self {
        let times_ms: Vec<_> = points.iter().map(|point| point.median_ms).collect();
        let knee = place(&times_ms);
        let knees = || percentiles(draws.iter().map(|draw| place(draw) as f64).collect());
        let repeated = points.iter().all(|point| point.samples_ms.len() > 1);
        let interval = repeated.then(|| holding(knee as f64, knees()).map(|end| end as usize));
        Self {
            workers: points[knee].workers,
            ci95: interval.map(|ends| ends.map(|index| points[index].workers)),
            best: points[shortest(&times_ms)].workers,
            open: knee + 1 == points.len(),
            claim: interval.map_or(Claim::Unknown, |ends| Claim::of(points, ends, claimed_cores)),
        }
    }
}

impl Claim {
    /// Compares the claim with the knee's interval, which is given as indices in `points`.
    fn of(points: &[Point], [low, high]: [usize; 2], claimed_cores: usize) -> Self {
        let before = low.checked_sub(1).map(|index| points[index].workers);
        let after = points.get(high + 1).map(|point| point.workers);
        if before.is_some_and(|workers| workers >= claimed_cores) {
            Self::More
        } else if after.is_some_and(|workers| workers <= claimed_cores) {
            Self::Fewer
        } else if after.is_none() && points[high].workers < claimed_cores {
            Self::Unknown
        } else {
            Self::Consistent
        }
    }
}

/// Where in `times_ms` the knee is.
fn place(times_ms: &[f64]) -> usize {
    let limit = times_ms[shortest(times_ms)] * WORTHWHILE;
    times_ms.iter().position(|time| *time < limit).expect("the shortest is below the limit")
}

/// Where in `times_ms` the shortest is.
fn shortest(times_ms: &[f64]) -> usize {
    (0..times_ms.len()).min_by(|a, b| times_ms[*a].total_cmp(&times_ms[*b])).expect("there are points")
}
