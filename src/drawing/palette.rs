//! Drawing on canvases: sizes in CSS pixels, colours from the style sheet's tokens, a pattern of its own for each lane.

use pictures::LANE_COLOURS;
use strategies::trace::Context;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

/// The style sheet's tokens, as the page's theme has them now.
pub struct Palette {
    /// Text of less weight, and marks.
    pub faint: String,
    /// Hair lines.
    pub line: String,
    /// The page was frozen, and nothing else.
    pub frozen: String,
    /// Text on `frozen`.
    pub on_frozen: String,
    /// The page's beats.
    pub beat: String,
    page: String,
    lanes: Vec<String>,
    font: String,
    patterns: Vec<Option<CanvasPattern>>,
}

impl Palette {
    /// Reads the tokens.
    pub fn read() -> Self {
        let style = web_sys::window().and_then(|window| {
            let root = window.document()?.document_element()?;
            window.get_computed_style(&root).ok().flatten()
        });
        let token = |name: &str| {
            let value = style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
            value.trim().to_owned()
        };
        let surface = token("--surface");
        Self {
            patterns: (0..LANE_COLOURS).map(|lane| pattern(lane, &surface)).collect(),
            faint: token("--faint"),
            line: token("--line"),
            frozen: token("--frozen"),
            on_frozen: token("--on-frozen"),
            beat: token("--beat"),
            page: token("--lane-page"),
            lanes: (0..LANE_COLOURS).map(|lane| token(&format!("--lane-{lane}"))).collect(),
            font: token("--numbers"),
        }
    }

    /// A lane's colour: the same wherever the lane is shown.
    pub fn lane(&self, context: Context) -> &str {
        match context {
            Context::Page | Context::Loop => &self.page,
            Context::Thread(index) | Context::Process(index) => &self.lanes[(index % LANE_COLOURS) as usize],
        }
    }

    /// A lane's pattern, if it has one.
    pub fn pattern(&self, context: Context) -> Option<&CanvasPattern> {
        match context {
            Context::Page | Context::Loop => None,
            Context::Thread(index) | Context::Process(index) => self.patterns[(index % LANE_COLOURS) as usize].as_ref(),
        }
    }

    /// The font of labels on canvases, at this size in pixels.
    pub fn font(&self, size: u32) -> String {
        format!("{size}px {}", self.font)
    }
}

/// Sizes the canvas' pixels to its place on the page and clears it; its context then takes CSS pixels.
/// Returns the context and the width.
pub fn prepare(canvas: &HtmlCanvasElement, height: f64) -> Option<(CanvasRenderingContext2d, f64)> {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    let width = f64::from(canvas.client_width());
    let (across, down) = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    if canvas.width() != across || canvas.height() != down {
        canvas.set_width(across);
        canvas.set_height(down);
    }
    let context = brush(canvas)?;
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
    context.clear_rect(0.0, 0.0, width, height);
    Some((context, width))
}

/// A canvas' context, as it was left.
pub fn brush(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// The pattern that tells a lane from its neighbours without colour: none for the first, then strokes of different
/// slopes. Drawn over the lane's colour, in the surface's.
fn pattern(index: u32, surface: &str) -> Option<CanvasPattern> {
    let strokes: &[[f64; 4]] = match index {
        0 => return None,
        1 => &[[0.0, 8.0, 8.0, 0.0]],
        2 => &[[0.0, 0.0, 8.0, 8.0]],
        3 => &[[4.0, 0.0, 4.0, 8.0]],
        4 => &[[0.0, 4.0, 8.0, 4.0]],
        5 => &[[0.0, 8.0, 8.0, 0.0], [0.0, 0.0, 8.0, 8.0]],
        6 => &[[4.0, 0.0, 4.0, 8.0], [0.0, 4.0, 8.0, 4.0]],
        _ => &[[0.0, 4.0, 4.0, 0.0], [4.0, 8.0, 8.0, 4.0]],
    };
    let tile: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    tile.set_width(8);
    tile.set_height(8);
    let brush = brush(&tile)?;
    brush.set_stroke_style_str(surface);
    brush.set_global_alpha(0.55);
    brush.set_line_width(1.4);
    brush.begin_path();
    for [x, y, to_x, to_y] in strokes {
        brush.move_to(*x, *y);
        brush.line_to(*to_x, *to_y);
    }
    brush.stroke();
    brush.create_pattern_with_html_canvas_element(&tile, "repeat").ok().flatten()
}
