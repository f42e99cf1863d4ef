//! One number of workers: its time, its speed-up, and the serial part that this alone would mean.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::measure::{Interval, Ratio, interval_of_median, median, ratio};

/// What can be a time, in milliseconds: from a nanosecond to thirty years. No clock of a browser resolves less, and
/// within these bounds no computation here overflows.
const TIMES_MS: RangeInclusive<f64> = 1e-6..=1e12;

/// What the samples with one number of workers say. Times are milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// How many execution contexts did the work; at least 1.
    pub workers: usize,
    /// Makespans; never empty.
    pub samples_ms: Vec<f64>,
    /// Their median.
    pub median_ms: f64,
    /// The median's 95 % interval; none with a single sample.
    pub ci95_ms: Option<Interval>,
    /// How many times as fast as the sweep's baseline.
    pub speedup: Ratio,
    /// The speed-up divided by the number of workers: 1 is a perfect use of every worker.
    pub efficiency: f64,
    /// The serial part that would explain the speed-up; none with one worker.
    pub karp_flatt: Option<KarpFlatt>,
}

/// The experimentally determined serial fraction e = (1/S - 1/p) / (1 - 1/p), for the speed-up S with p workers
/// (Karp & Flatt, Measuring Parallel Processor Performance, Communications of the ACM 33(5), 1990).
///
/// If it stays the same over p, part of the work is serial; if it grows, workers cost something. Below 0 the speed-up
/// is greater than the number of workers; above 1 the workers are slower than the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct KarpFlatt {
    /// The fraction, usually 0 to 1.
    pub fraction: f64,
    /// Its 95 % interval; none where the speed-up has none.
    pub ci95: Option<Interval>,
}

impl Point {
    /// Measures one number of workers; `None` without workers, or where samples are missing or are not times.
    pub(super) fn of(workers: usize, samples_ms: Vec<f64>, baseline_ms: &[f64]) -> Option<Self> {
        let all_times = |samples: &[f64]| samples.iter().all(|sample| TIMES_MS.contains(sample));
        if workers == 0 || !all_times(&samples_ms) || !all_times(baseline_ms) {
            return None;
        }
        let speedup = ratio(baseline_ms, &samples_ms)?;
        Some(Self {
            workers,
            median_ms: median(&samples_ms)?,
            ci95_ms: interval_of_median(&samples_ms),
            speedup,
            efficiency: speedup.value / workers as f64,
            karp_flatt: KarpFlatt::of(workers, speedup),
            samples_ms,
        })
    }
}

impl KarpFlatt {
    /// The fraction falls where the speed-up rises, so the percentiles of the one are those of the other.
    fn of(workers: usize, speedup: Ratio) -> Option<Self> {
        let share = 1.0 / workers as f64;
        let fraction = |speedup: f64| (1.0 / speedup - share) / (1.0 - share);
        let ci95 = speedup.ci95.map(|[low, high]| [fraction(high), fraction(low)]);
        (workers > 1).then(|| Self { fraction: fraction(speedup.value), ci95 })
    }
}
