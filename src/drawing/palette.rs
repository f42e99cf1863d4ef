//! Drawing on canvases: sizes in CSS pixels, colours from the style sheet's tokens, a pattern of its own for each lane.

use pictures::LANE_COLOURS;
use strategies::trace::Context;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasPattern, CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement, HtmlElement};

/// The style sheet's tokens, as the page's theme has them now.
pub struct Palette {
    /// Less prominent text, and marks.
    pub faint: String,
    /// Hair lines.
    pub line: String,
    /// Freezes of the page, and nothing else.
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
        let probe = Probe::place();
        let colour = |token: &str| probe.as_ref().map_or_else(String::new, |probe| probe.value("color", token));
        let surface = colour("--surface");
        Self {
            patterns: (0..LANE_COLOURS).map(|lane| pattern(lane, &surface)).collect(),
            faint: colour("--faint"),
            line: colour("--line"),
            frozen: colour("--frozen"),
            on_frozen: colour("--on-frozen"),
            beat: colour("--beat"),
            page: colour("--lane-page"),
            lanes: (0..LANE_COLOURS).map(|lane| colour(&format!("--lane-{lane}"))).collect(),
            font: probe.as_ref().map_or_else(String::new, |probe| probe.value("font-family", "--numbers")),
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
    pub fn font(&self, size: f64) -> String {
        format!("{size}px {}", self.font)
    }
}

/// An invisible element from which the browser's value of a token is read. Tokens alone are texts, and where the
/// visitor has chosen the colours (`forced-colors`), they name the system's.
struct Probe {
    element: HtmlElement,
    style: CssStyleDeclaration,
}

impl Probe {
    fn place() -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let element: HtmlElement = document.create_element("span").ok()?.dyn_into().ok()?;
        element.set_class_name("probe");
        document.body()?.append_child(&element).ok()?;
        let style = window.get_computed_style(&element).ok().flatten()?;
        Some(Self { element, style })
    }

    /// The computed value of `property` when it is set to `token`.
    fn value(&self, property: &str, token: &str) -> String {
        self.element.style().set_property(property, &format!("var({token})")).ok();
        self.style.get_property_value(property).unwrap_or_default()
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.element.remove();
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

/// A canvas' 2D context, in the state in which it was left.
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
