//! The lanes of one strategy, the page's heartbeat on top, and the axis that all strategies share: drawing only.

use lab::measure::freezes;
use pictures::time_axis::{Bar, TimeAxis, bars, label};
use strategies::trace::{Cause, Lane, Span, Trace};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use words::{en, exact_duration};

use super::palette::{Palette, brush, prepare};
use super::strip::{Extent, Strip};

/// Up to this many lanes each have a name and a height of their own; if there are more, they share the space that these
/// would have.
pub const FEW: usize = 8;
/// Beyond this many lanes they share a larger space, set by the style sheet, so that 128 of them have whole pixels.
pub const CROWD: usize = 88;
/// Room at the right edge for the last label of the axis.
const MARGIN: f64 = 2.0;
/// Lanes lower than this show causes by shade alone: there is no room for shapes and patterns.
const LOW: f64 = 6.0;
/// Starting is dashed: the lengths of a dash and of the gap after it.
const DASH: [f64; 2] = [4.0, 3.0];
/// Off its core is dotted: a dot's size, and from one dot to the next.
const DOT: f64 = 2.0;
const DOTS_APART: f64 = 4.0;
/// The size of letters on the heartbeat, as a share of its height.
const HEARTBEAT_LETTERS: f64 = 0.6875;
/// Room on the axis above its letters, and below them, as in the style sheet.
const AXIS_ABOVE: f64 = 8.0;
const AXIS_BELOW: f64 = 4.0;
/// The distance between the axis' marks, as a multiple of the height of its letters.
const MARK_GAP: f64 = 7.0;

/// The time axis that all strategies share, and the size of its letters.
#[derive(Clone, Copy)]
pub struct RowsAxis {
    /// Its length in microseconds.
    pub micros: f64,
    /// The height of its letters in CSS pixels.
    pub letters: f64,
}

impl RowsAxis {
    /// The height of letters on this canvas in CSS pixels: as much as the browser's layout of its row leaves for them.
    pub fn letters_on(canvas: &HtmlCanvasElement) -> f64 {
        (f64::from(canvas.client_height()) - AXIS_ABOVE - AXIS_BELOW).max(1.0)
    }

    fn scale(self, width: f64) -> TimeAxis {
        TimeAxis { micros: self.micros, width: width - MARGIN }
    }

    /// Where marks are, in microseconds.
    fn marks(self, scale: TimeAxis) -> Vec<f64> {
        scale.marks(self.letters * MARK_GAP)
    }
}

/// Draws a strategy's heartbeat and lanes, or what an empty row looks like.
pub fn draw_row(strip: &Strip, trace: Option<&Trace>, axis: RowsAxis, palette: &Palette) {
    // the canvas is as high as its labels, which the style sheet lays out
    let height = f64::from(strip.canvas.client_height());
    let Some((context, width)) = prepare(&strip.canvas, height) else { return };
    strip.measure();
    let scale = axis.scale(width);
    for at in axis.marks(scale) {
        let x = scale.x(at as u32).round() + 0.5;
        stroke(&context, &palette.line, 1.0, [x, 0.0, x, height]);
    }
    let Some(trace) = trace else { return };
    heartbeat(&context, trace, scale, strip.heartbeat(), palette);
    context.set_fill_style_str(&palette.line);
    for lane in 0..trace.lanes.len() {
        let [top, height] = strip.lane(lane, trace.lanes.len());
        context.fill_rect(0.0, (top + height / 2.0).round(), scale.width, 1.0);
    }
    draw_lanes(&context, strip, &trace.lanes, scale, palette);
    if trace.makespan > 0 {
        let end = scale.x(trace.makespan).round() - 0.5;
        let [top, beat] = strip.heartbeat();
        stroke(&context, &palette.faint, 1.0, [end, top + beat + 2.0, end, height]);
    }
}

/// Draws what is new on a strategy's lanes over what was drawn, on the same axis.
pub fn draw_news(strip: &Strip, news: &[Lane], axis: RowsAxis, palette: &Palette) {
    if let Some(context) = brush(&strip.canvas) {
        let width = f64::from(strip.canvas.client_width());
        draw_lanes(&context, strip, news, axis.scale(width), palette);
    }
}

/// A mark for each beat of the page; red where the page was frozen.
fn heartbeat(context: &CanvasRenderingContext2d, trace: &Trace, scale: TimeAxis, place: Extent, palette: &Palette) {
    let [top, height] = place;
    context.set_fill_style_str(&palette.beat);
    let arrived = |beat: &&Span| beat.end > 0 && beat.end <= trace.makespan;
    for beat in trace.heartbeat.iter().filter(|beat| beat.cause == Cause::Message).filter(arrived) {
        context.fill_rect(scale.x(beat.end) - 0.5, top + height / 4.0, 1.0, height / 2.0);
    }
    for beat in trace.heartbeat.iter().filter(|beat| beat.cause == Cause::Frame).filter(arrived) {
        context.fill_rect(scale.x(beat.end) - 1.0, top, 2.0, height);
    }
    for (start, end) in freezes(trace) {
        let (x, width) = (scale.x(start), scale.x(end) - scale.x(start));
        context.set_fill_style_str(&palette.frozen);
        context.fill_rect(x, top, width, height);
        context.set_fill_style_str(&palette.on_frozen);
        let time = exact_duration(f64::from(end - start) / 1000.0);
        text(context, palette, &en::FROZEN_FOR.with(&[("time", time.into())]), [x, width], place);
    }
}

/// Writes in the middle of a rectangle, if the words fit.
fn text(
    context: &CanvasRenderingContext2d,
    palette: &Palette,
    words: &str,
    [x, width]: [f64; 2],
    [top, height]: Extent,
) {
    context.set_font(&palette.font(height * HEARTBEAT_LETTERS));
    context.set_text_baseline("middle");
    let needed = context.measure_text(words).map_or(f64::INFINITY, |size| size.width());
    if needed + 8.0 <= width {
        context.fill_text(words, x + (width - needed) / 2.0, top + height / 2.0 + 0.5).ok();
    }
}

fn draw_lanes(context: &CanvasRenderingContext2d, strip: &Strip, lanes: &[Lane], scale: TimeAxis, palette: &Palette) {
    let mut colour = "";
    for at in by_colour(lanes, palette) {
        let lane = &lanes[at];
        let [top, height] = strip.lane(at, lanes.len());
        let bars = bars(&lane.spans, scale);
        if palette.lane(lane.context) != colour || height >= LOW {
            colour = palette.lane(lane.context);
            context.set_fill_style_str(colour);
        }
        for bar in &bars {
            draw_bar(context, bar, colour, top, height, palette);
        }
        let Some(pattern) = palette.pattern(lane.context).filter(|_| height >= LOW) else { continue };
        context.set_fill_style_canvas_pattern(pattern);
        for bar in bars.iter().filter(|bar| bar.cause == Cause::Compute) {
            context.fill_rect(bar.x, top, bar.width, height);
        }
    }
}

/// The lanes that have something on them, one colour after the other: setting a colour costs more than filling with it.
fn by_colour(lanes: &[Lane], palette: &Palette) -> Vec<usize> {
    let mut busy: Vec<_> = (0..lanes.len()).filter(|at| !lanes[*at].spans.is_empty()).collect();
    busy.sort_by_key(|at| palette.lane(lanes[*at].context));
    busy
}

/// Computing is solid, waiting a tint with a floor, waiting for a lock two rails with nothing between them, off its
/// core a dotted line; copying is thinner, and starting is as thin, in grey dashes.
fn draw_bar(context: &CanvasRenderingContext2d, bar: &Bar, colour: &str, top: f64, height: f64, palette: &Palette) {
    let gap = if bar.width > 3.0 { 0.5 } else { 0.0 }; // neighbours stay distinguishable
    let (x, width) = (bar.x, bar.width - gap);
    let tint = |strength| {
        context.set_global_alpha(strength);
        context.fill_rect(x, top, width, height);
        context.set_global_alpha(1.0);
    };
    match bar.cause {
        Cause::Compute => context.fill_rect(x, top, width, height),
        Cause::Wait => {
            tint(0.25);
            if height >= LOW {
                context.fill_rect(x, top + height - 2.0, width, 2.0);
            }
        }
        Cause::LockWait if height < LOW => tint(0.45),
        Cause::LockWait => {
            context.fill_rect(x, top, width, 2.0);
            context.fill_rect(x, top + height - 2.0, width, 2.0);
        }
        Cause::OffCore if height < LOW => tint(0.15),
        Cause::OffCore => {
            let middle = (top + height / 2.0).round() - DOT / 2.0;
            for dot in 0..=((width - DOT).max(0.0) / DOTS_APART) as u32 {
                context.fill_rect(x + f64::from(dot) * DOTS_APART, middle, DOT.min(width), DOT);
            }
        }
        Cause::Transfer => context.fill_rect(x, top + height * 0.3, width, height * 0.4),
        Cause::Spawn => {
            context.set_fill_style_str(&palette.faint);
            let [dash, gap] = DASH;
            for at in 0..(width / (dash + gap)).ceil() as u32 {
                let from = f64::from(at) * (dash + gap);
                context.fill_rect(x + from, top + height * 0.3, dash.min(width - from), height * 0.4);
            }
            context.set_fill_style_str(colour);
        }
        Cause::Frame | Cause::Message => {}
    }
}

fn stroke(context: &CanvasRenderingContext2d, colour: &str, width: f64, [x, y, to_x, to_y]: [f64; 4]) {
    context.set_stroke_style_str(colour);
    context.set_line_width(width);
    context.begin_path();
    context.move_to(x, y);
    context.line_to(to_x, to_y);
    context.stroke();
}

/// Draws the shared axis: marks with their times.
pub fn draw_axis(canvas: &HtmlCanvasElement, axis: RowsAxis, palette: &Palette) {
    let height = f64::from(canvas.client_height());
    let Some((context, width)) = prepare(canvas, height) else { return };
    let scale = axis.scale(width);
    stroke(&context, &palette.faint, 1.0, [0.0, 0.5, width, 0.5]);
    if axis.micros <= 0.0 {
        return;
    }
    context.set_font(&palette.font(axis.letters));
    context.set_text_baseline("top");
    for at in axis.marks(scale) {
        let x = scale.x(at as u32).round() + 0.5;
        stroke(&context, &palette.faint, 1.0, [x, 0.0, x, 5.0]);
        let words = label(at, axis.micros);
        let room = context.measure_text(&words).map_or(0.0, |size| size.width());
        context.set_fill_style_str(&palette.faint);
        context.fill_text(&words, (x - room / 2.0).min(width - room).max(0.0), AXIS_ABOVE).ok();
    }
}
