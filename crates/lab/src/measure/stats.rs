//! The median, and how sure one may be of it.
//!
//! Timings are skewed and have outliers, so the median stands for a sample and nothing is assumed about the
//! distribution: intervals are percentile bootstraps (Efron & Tibshirani, An Introduction to the Bootstrap, 1993,
//! chapter 13). With very few samples they are too narrow rather than too wide, so [`crate::measure::Comparison`] asks
//! for more than two intervals that do not touch. The generator's seed is fixed: the same samples give the same
//! interval on every machine.

use serde::{Deserialize, Serialize};

/// From the 2.5th to the 97.5th percentile; the unit is that of the samples.
pub type Interval = [f64; 2];

/// The number of resamples of a bootstrap: Efron & Tibshirani advise at least 1000 for an interval.
pub(super) const RESAMPLES: usize = 1_000;
/// The part of the resamples that lies within the interval.
const CONFIDENCE: f64 = 0.95;
/// Any number will do, as long as it stays the same.
pub(super) const SEED: u64 = 0x1a9e5;

/// How many times as fast something is as something else.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// The other's median divided by its own: above 1 is faster.
    pub value: f64,
    /// The 95 % interval; none if either side has one sample only.
    pub ci95: Option<Interval>,
}

/// The middle sample, or the mean of the two in the middle; `None` without samples.
pub fn median(samples: &[f64]) -> Option<f64> {
    let mut sorted = samples.to_vec();
    median_in_place(&mut sorted)
}

/// The 95 % interval of the median; `None` with fewer than two samples. It always holds the median itself.
pub fn interval_of_median(samples: &[f64]) -> Option<Interval> {
    let middle = median(samples)?;
    let mut random = SplitMix64(SEED);
    let medians = (0..RESAMPLES).map(|_| resampled_median(samples, &mut random)).collect();
    (samples.len() > 1).then(|| holding(middle, percentiles(medians)))
}

/// How many times as fast `samples` are as `baseline`: the medians' ratio, with both sides resampled for its interval.
/// `None` without samples on either side, or where a median is 0.
pub fn ratio(baseline: &[f64], samples: &[f64]) -> Option<Ratio> {
    let quotient = |baseline: f64, own: f64| (baseline > 0.0 && own > 0.0).then(|| baseline / own);
    let value = quotient(median(baseline)?, median(samples)?)?;
    let mut random = SplitMix64(SEED);
    let mut resample = |_| quotient(resampled_median(baseline, &mut random), resampled_median(samples, &mut random));
    let ratios: Option<Vec<f64>> = (0..RESAMPLES).map(&mut resample).collect();
    let enough = baseline.len() > 1 && samples.len() > 1;
    Some(Ratio { value, ci95: ratios.filter(|_| enough).map(|ratios| holding(value, percentiles(ratios))) })
}

fn median_in_place(samples: &mut [f64]) -> Option<f64> {
    samples.sort_unstable_by(f64::total_cmp);
    let half = samples.len() / 2;
    match samples.len() {
        0 => None,
        even if even % 2 == 0 => Some(f64::midpoint(samples[half - 1], samples[half])),
        _ => Some(samples[half]),
    }
}

/// The median of `samples.len()` samples, drawn with replacement.
pub(super) fn resampled_median(samples: &[f64], random: &mut SplitMix64) -> f64 {
    let mut drawn: Vec<f64> = samples.iter().map(|_| samples[random.below(samples.len())]).collect();
    median_in_place(&mut drawn).expect("callers have samples")
}

/// The interval of [`CONFIDENCE`] that leaves equal parts of the values outside on both sides.
pub(super) fn percentiles(mut values: Vec<f64>) -> Interval {
    values.sort_unstable_by(f64::total_cmp);
    let outside = (values.len() as f64 * (1.0 - CONFIDENCE) / 2.0) as usize;
    [values[outside], values[values.len() - 1 - outside]]
}

/// The interval, widened to hold `value` where resampling missed it.
pub(super) fn holding(value: f64, [low, high]: Interval) -> Interval {
    [low.min(value), high.max(value)]
}

/// Steele, Lea & Flood, Fast Splittable Pseudorandom Number Generators, 2014.
pub(super) struct SplitMix64(pub(super) u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, by multiplication instead of a division (Lemire 2019); its bias is below 2^-50 here.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}
