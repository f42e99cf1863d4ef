//! Whether a difference between two groups of samples can be chance.
//!
//! A bootstrap of few samples knows only the few: of two times three from one distribution, one group lies below the
//! other in 5 % of all runs, and the intervals then do not touch. So a claim must pass two more tests, which fail in
//! different ways. Ranks assume nothing, but say little of few samples. Student's t does say something of few, but
//! assumes that noise is not far from normal, and outliers spoil it; so it is taken of trimmed means (Yuen, The
//! Two-Sample Trimmed t for Unequal Population Variances, Biometrika 61, 1974). `verdict/tests/chance.rs` counts how
//! often both are wrong.

use super::NOTABLE;

/// By how many standard deviations the rank sum must be off its mean (Mann & Whitney 1947): 1 in 330, so that one sample
/// of nine that was interrupted hides no gain. Where samples are too few for that, all ranks must be in order.
const RANKS_OFF: f64 = 2.75;
/// From this number of samples on, the least and the greatest are set aside.
const TRIMMED: usize = 7;
/// Noise that is assumed beside what is seen, because few samples can agree by chance: as if one more of them were off
/// by 6 %.
const UNSEEN: f64 = 0.06 * 0.06;
/// Student's t for one side and 1 in 2000, from one degree of freedom on.
const STUDENT: [f64; 12] = [636.6, 31.6, 12.92, 8.61, 6.87, 5.96, 5.41, 5.04, 4.78, 4.59, 4.44, 4.32];

/// Whether `more` is surely more than [`NOTABLE`] times `less`.
pub fn surely_above(more: &[f64], less: &[f64]) -> bool {
    let (Some(high), Some(low)) = (Trimmed::of(more), Trimmed::of(less)) else { return false };
    let freedom = high.count + low.count - 2.0;
    let variance = (high.squares + low.squares + UNSEEN) / freedom;
    let share = NOTABLE * low.mean / high.mean;
    let error = (variance * (high.count.recip() + share * share / low.count)).sqrt();
    1.0 - share > student(freedom) * error && in_order(more, less)
}

/// The middle of some samples.
struct Trimmed {
    mean: f64,
    /// Squares of the relative distances from the mean; those set aside count as the nearest that were not.
    squares: f64,
    /// How many were not set aside.
    count: f64,
}

impl Trimmed {
    fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let cut = sorted.len() / TRIMMED;
        let middle = &sorted[cut..sorted.len() - cut];
        let (count, mean) = (middle.len() as f64, mean(middle));
        let [least, greatest] = [*middle.first()?, *middle.last()?];
        sorted.iter_mut().for_each(|sample| *sample = sample.clamp(least, greatest) / mean);
        let about = self::mean(&sorted);
        let squares = sorted.iter().map(|sample| (sample - about) * (sample - about)).sum();
        (samples.len() > 1 && mean > 0.0).then_some(Self { mean, squares, count })
    }
}

fn mean(samples: &[f64]) -> f64 {
    samples.iter().sum::<f64>() / samples.len() as f64
}

/// Whether nearly all of `more` are above [`NOTABLE`] times nearly all of `less`.
fn in_order(more: &[f64], less: &[f64]) -> bool {
    let pairs = more.iter().flat_map(|high| less.iter().map(move |low| (high, low * NOTABLE)));
    let wrong = pairs.filter(|(high, low)| *high <= low).count() as f64;
    let (m, n) = (more.len() as f64, less.len() as f64);
    wrong <= (m * n / 2.0 - RANKS_OFF * (m * n * (m + n + 1.0) / 12.0).sqrt()).max(0.0)
}

/// Beyond the table, a little more than the exact value.
fn student(freedom: f64) -> f64 {
    STUDENT.get(freedom as usize - 1).copied().unwrap_or(3.29 + 12.4 / freedom)
}
