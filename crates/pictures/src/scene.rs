//! A picture as data: shapes in a scale of their own, with the words that stand for it.

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
    /// Marks of a time axis below it, at equal parts of its width from the left edge to the right; empty without one.
    pub times: Vec<String>,
    /// What is not in it; empty if all is.
    pub note: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// Its width in its own scale.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Whether it is stretched to the width that there is; else it keeps its shape, and scrolls where there is too little.
    pub stretched: bool,
    /// What it shows, for those who cannot see it.
    pub label: String,
    /// What is drawn, the first below.
    pub shapes: Vec<Shape>,
}

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// Lines or areas.
    Path {
        /// What it is, for the style sheet.
        class: String,
        /// As SVG writes paths.
        path: String,
        /// Lengths of dashes and gaps; empty for none.
        dashes: String,
    },
    /// A circle.
    Circle {
        /// What it is, for the style sheet.
        class: String,
        /// Its middle.
        middle: [f64; 2],
        /// Its radius.
        radius: f64,
    },
    /// Words.
    Text {
        /// Where they stand to their place, for the style sheet.
        class: String,
        /// Their place.
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

/// Into this many parts a time axis is divided.
const PARTS: usize = 4;

/// The marks of a time axis that begins at 0 and ends after `ms` milliseconds.
pub(crate) fn times(ms: f64) -> Vec<String> {
    let mark = |part: usize| {
        let at = part as f64 * ms / PARTS as f64;
        let unit = if part == PARTS { " ms" } else { "" };
        format!("{}{unit}", decimal(at, u32::from(at.fract() > 0.0)))
    };
    (0..=PARTS).map(mark).collect()
}
