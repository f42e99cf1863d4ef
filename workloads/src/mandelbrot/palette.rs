//! From an escape count to a colour.
//!
//! Invariant: the colour depends on the count alone (and on whether the point stayed), so that tiles fit together
//! whichever worker computed them. The ramp is viridis (van der Walt and Smith, for matplotlib): its lightness grows
//! steadily, so it can be read without distinguishing hues, and it has no red, which on the page means that the page
//! was frozen.

/// Viridis at equal distances, red, green and blue.
const RAMP: [[u8; 3]; 9] = [
    [68, 1, 84],
    [71, 44, 122],
    [59, 81, 139],
    [44, 113, 142],
    [33, 144, 141],
    [39, 173, 129],
    [92, 200, 99],
    [170, 220, 50],
    [253, 231, 37],
];

/// Points that never escaped.
const INSIDE: [u8; 4] = [9, 7, 15, 255];

/// The count that gets the middle of the ramp: far from the set points escape after a few iterations, close to it after
/// tens.
const MIDDLE: f32 = 10.0;

/// Red, green, blue and opacity for a point that escaped after `count` iterations, or stayed through all `limit`.
pub fn colour(count: u16, limit: u16) -> [u8; 4] {
    if count >= limit {
        return INSIDE;
    }
    let count = f32::from(count);
    let place = count / (count + MIDDLE) * (RAMP.len() - 1) as f32;
    let below = (place as usize).min(RAMP.len() - 2);
    let [red, green, blue] = std::array::from_fn(|channel| {
        let (from, to) = (f32::from(RAMP[below][channel]), f32::from(RAMP[below + 1][channel]));
        (from + (to - from) * (place - below as f32)).round() as u8
    });
    [red, green, blue, 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lightness as the eye weighs it (Rec. 709), roughly.
    fn lightness([red, green, blue, _]: [u8; 4]) -> f32 {
        0.2126 * f32::from(red) + 0.7152 * f32::from(green) + 0.0722 * f32::from(blue)
    }

    #[test]
    fn lighter_the_longer_it_took() {
        let tones: Vec<f32> = (0..5000).map(|count| lightness(colour(count, 5000))).collect();
        assert!(tones.windows(2).all(|pair| pair[0] <= pair[1] + 0.5), "the ramp is not monotone");
        assert!(tones[4999] > tones[0] + 150.0);
    }

    #[test]
    fn what_stayed_is_darkest() {
        assert!((0..1000).all(|count| lightness(colour(count, 1000)) > lightness(colour(1000, 1000))));
    }
}
