//! A time axis below a picture that is as wide as the page: not stretched with it, so its marks stand at parts of the
//! width.

use crate::measure::decimal;

/// Into so many parts it is divided.
const PARTS: usize = 4;

/// The axis of a picture that begins at 0 and ends after so many milliseconds, as HTML.
pub fn times(ms: f64) -> String {
    let mark = |part: usize| {
        let (place, at) = (part * 100 / PARTS, part as f64 * ms / PARTS as f64);
        let words = decimal(at, u32::from(at.fract() > 0.0));
        let unit = if part == PARTS { " ms" } else { "" };
        format!("<text x=\"{place}%\" y=\"1em\">{words}{unit}</text>")
    };
    let marks: String = (0..=PARTS).map(mark).collect();
    format!("<svg class=\"times\" aria-hidden=\"true\">{marks}</svg>")
}
