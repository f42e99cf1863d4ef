//! A picture as data: shapes in their own scale, with a text alternative.

use serde::{Deserialize, Serialize};
use words::decimal;

/// A picture with its caption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What kind of figure it is, for the style sheet.
    pub class: String,
    /// What it shows.
    pub caption: String,
    /// The picture.
    pub scene: Scene,
    /// Labels of a time axis below the picture, evenly spaced from its left edge to its right; empty if there is no
    /// such axis.
    pub times: Vec<String>,
    /// What was left out of the picture; empty if nothing was.
    pub note: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// Its width, in the units of its shapes.
    pub width: f64,
    /// Its height, in the same units.
    pub height: f64,
    /// Whether it is stretched to the available width; otherwise it keeps its shape, and scrolls if it is too wide.
    pub stretched: bool,
    /// What it shows, for readers who cannot see it.
    pub label: String,
    /// The shapes, in the order in which they are drawn.
    pub shapes: Vec<Shape>,
}

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// Lines or areas.
    Path {
        /// What it is, for the style sheet.
        class: String,
        /// The outline, in SVG path syntax.
        path: String,
        /// Lengths of dashes and gaps, in SVG syntax; empty for a solid line.
        dashes: String,
    },
    /// A circle.
    Circle {
        /// What it is, for the style sheet.
        class: String,
        /// Its centre, as x and y.
        middle: [f64; 2],
        /// Its radius.
        radius: f64,
    },
    /// Words.
    Text {
        /// How the words are aligned to their place, for the style sheet.
        class: String,
        /// Their place, as x and y.
        place: [f64; 2],
        /// What they say.
        text: String,
    },
}

impl Shape {
    /// Lines or areas without dashes.
    pub(crate) fn path(class: impl Into<String>, path: impl Into<String>) -> Self {
        Self::Path { class: class.into(), path: path.into(), dashes: String::new() }
    }

    /// Words at a place.
    pub(crate) fn text(x: f64, y: f64, class: &str, text: impl Into<String>) -> Self {
        Self::Text { class: class.into(), place: [x, y], text: text.into() }
    }
}

/// The number of parts into which a time axis is divided.
const PARTS: usize = 4;

/// The labels of a time axis that begins at 0 and ends after `ms` milliseconds.
pub(crate) fn times(ms: f64) -> Vec<String> {
    let mark = |part: usize| {
        let at = part as f64 * ms / PARTS as f64;
        let unit = if part == PARTS { " ms" } else { "" };
        format!("{}{unit}", decimal(at, u32::from(at.fract() > 0.0)))
    };
    (0..=PARTS).map(mark).collect()
}
