//! Whether a difference between two groups of samples can be chance.
//!
//! A bootstrap of few samples knows only those few. Of two groups of three samples from one distribution, a given group
//! lies below the other in 5 % of all runs, and the intervals then do not touch. So a claim must pass two more tests,
//! which fail in different ways. Ranks assume nothing, but say little about few samples. Student's t says something
//! about few samples, but assumes that noise is not far from normal, and outliers spoil it; so it is applied to trimmed
//! means (Yuen, The Two-Sample Trimmed t for Unequal Population Variances, Biometrika 61, 1974).
//! `crates/words/tests/verdict/chance.rs` counts how often both are wrong. Weaker evidence is enough where something
//! other than time says the same.

/// The factor that the nearer end of a speed-up's interval must pass to be called a difference.
pub const NOTABLE: f64 = 1.1;

/// By how many standard deviations the rank sum must be off its mean (Mann & Whitney 1947): 1 in 330, so that one
/// interrupted sample of nine does not hide a gain. Where samples are too few for that, all ranks must be in order.
const RANKS_OFF: f64 = 2.75;
/// From this number of samples on, the least and the greatest are set aside.
const TRIMMED: usize = 7;
/// Noise that is assumed in addition to what is seen, because few samples can agree by chance: as if one more sample
/// were off by 6 %.
const UNSEEN: f64 = 0.06 * 0.06;
/// Student's t for one side and 1 in 2000, from one degree of freedom on.
const STUDENT: [f64; 12] = [636.6, 31.6, 12.92, 8.61, 6.87, 5.96, 5.41, 5.04, 4.78, 4.59, 4.44, 4.32];
/// Beyond the table: the limit of t, and the excess over it, which is divided by the degrees of freedom; slightly more
/// than the exact value.
const BEYOND: [f64; 2] = [3.29, 12.4];
/// The same for 1 in 400.
const LENIENT: [f64; 12] = [127.3, 14.09, 7.453, 5.598, 4.773, 4.317, 4.029, 3.833, 3.690, 3.581, 3.497, 3.428];
/// Beyond the table.
const LENIENT_BEYOND: [f64; 2] = [2.81, 7.5];

/// Whether `more` is surely more than [`NOTABLE`] times `less`.
pub fn surely_above(more: &[f64], less: &[f64]) -> bool {
    apart(more, less, STUDENT, BEYOND) && in_order(more, less)
}

/// Whether `more` is likely enough to be more than [`NOTABLE`] times `less` that it may be said if other evidence
/// supports it: 1 in 200, for two tests. One compares the samples of each round: on a machine whose speed comes and
/// goes, samples of all strategies are slow at times, and the groups overlap although one took twice as long as the
/// other in each round. On a steady machine, the test without pairs can tell more.
pub fn likely_above(more: &[f64], less: &[f64]) -> bool {
    apart(more, less, LENIENT, LENIENT_BEYOND) || apart_in_each_round(more, less)
}

/// Whether the trimmed means are far enough apart, by these values of Student's t.
fn apart(more: &[f64], less: &[f64], table: [f64; 12], beyond: [f64; 2]) -> bool {
    let (Some(high), Some(low)) = (Trimmed::of(more), Trimmed::of(less)) else { return false };
    let freedom = high.count + low.count - 2.0;
    let variance = (high.squares + low.squares + UNSEEN) / freedom;
    let share = NOTABLE * low.mean / high.mean;
    let error = (variance * (high.count.recip() + share * share / low.count)).sqrt();
    1.0 - share > student(freedom, table, beyond) * error
}

/// The same test for pairs, by the logarithms of their ratios. Samples are taken in rounds, one of each strategy after
/// the other, so the samples of one round were taken under nearly the same circumstances.
fn apart_in_each_round(more: &[f64], less: &[f64]) -> bool {
    if more.len() != less.len() || more.len() < 2 {
        return false;
    }
    let gains: Vec<f64> = more.iter().zip(less).map(|(high, low)| (high / (NOTABLE * low)).ln()).collect();
    let (count, mean) = (gains.len() as f64, mean(&gains));
    let squares: f64 = gains.iter().map(|gain| (gain - mean) * (gain - mean)).sum();
    let error = ((squares + UNSEEN) / (count - 1.0) / count).sqrt();
    mean.is_finite() && mean > student(count - 1.0, LENIENT, LENIENT_BEYOND) * error
}

/// The middle of some samples.
struct Trimmed {
    mean: f64,
    /// Squares of the relative distances from the mean; a sample set aside counts as the nearest one that was not.
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

fn student(freedom: f64, table: [f64; 12], [limit, more]: [f64; 2]) -> f64 {
    table.get(freedom as usize - 1).copied().unwrap_or(limit + more / freedom)
}
