//! Whether the machine was the same all along, as far as the samples of one strategy tell.

use super::median;

/// By how many standard deviations the order of the samples must be off chance: 1 in 40. Four samples say something
/// only if each is above the one before, and three never do.
const TREND: f64 = 2.0;

/// How far apart the middle half of the samples lies, as part of their median; `None` with fewer than four.
pub fn middle_half(samples: &[f64]) -> Option<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let aside = sorted.len() / 4;
    let middle = median(samples).filter(|_| aside > 0)?;
    Some((sorted[sorted.len() - 1 - aside] - sorted[aside]) / middle)
}

/// The part of their median by which the samples rose from the first to the last, if that was a trend and not chance;
/// else `None`. It is the median of all slopes (Sen 1968), where the order of the samples shows a trend (Mann 1945).
pub fn slowdown(samples: &[f64]) -> Option<f64> {
    let count = samples.len() as f64;
    let before = |later: usize| (0..later).map(move |earlier| (earlier, later));
    let pairs = (0..samples.len()).flat_map(before);
    let slopes: Vec<_> = pairs.map(|(one, two)| (samples[two] - samples[one]) / (two - one) as f64).collect();
    let rising = slopes.iter().map(|slope| f64::from(i8::from(*slope > 0.0) - i8::from(*slope < 0.0))).sum::<f64>();
    let chance = (count * (count - 1.0) * (2.0 * count + 5.0) / 18.0).sqrt();
    let rise = median(&slopes)? * (count - 1.0) / median(samples)?;
    (rising > TREND * chance).then_some(rise)
}
