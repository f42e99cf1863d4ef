//! A workload's picture under one strategy: tiles as they arrive, each edged in the colour of the lane that made it.
//!
//! The pixels are painted once in a run (every sample computes the same), the edges follow the sample that is shown.

use js_sys::Uint8ClampedArray;
use lab::experiment::Experiment;
use strategies::trace::{Cause, Context, Lane};
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};
use workloads::{Params, Picture};

use super::palette::{Palette, brush};
use crate::browser::FoundAnswer;

#[wasm_bindgen]
extern "C" {
    /// As in web-sys, but `data` gives the browser's own pixels, where web-sys gives a copy.
    type Image;
    #[wasm_bindgen(method, getter)]
    fn data(this: &Image) -> Uint8ClampedArray;
}

/// The greatest width at which the style sheet shows a picture, in CSS pixels.
const SHOWN_AT: f64 = 320.0;

/// The greatest width and height of the canvas, in pixels: enough for two to a CSS pixel.
const MOST: f64 = 700.0;

/// The canvas of a picture, and what is on it.
pub struct PictureCanvas {
    canvas: HtmlCanvasElement,
    subject: Option<Subject>,
}

struct Subject {
    picture: &'static dyn Picture,
    params: Params,
    /// The pixels of each tile that has arrived, as the canvas shows them; edges are drawn over them, more than once.
    tiles: Vec<Option<ImageData>>,
    /// Tiles that arrived when there was no room for their pixels.
    waiting: Vec<FoundAnswer>,
    /// Which lane each tile's edge shows.
    edges: Vec<Option<Context>>,
    /// The number of the last phase's first task.
    first: usize,
    /// Canvas pixels for each pixel of the picture, at most 1: no more are drawn than can be seen.
    scale: f64,
    /// Width of an edge in the canvas' pixels: more than one on the page, where the canvas is shown smaller.
    edge: f64,
}

impl PictureCanvas {
    /// The canvas for the picture of the experiment that runs or has run, if there is one.
    pub fn new(canvas: HtmlCanvasElement, experiment: Option<&Experiment>) -> Self {
        let mut new = Self { canvas, subject: None };
        experiment.into_iter().for_each(|experiment| new.begin(experiment));
        new
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.subject = None;
        self.canvas.set_width(self.canvas.width());
    }

    /// Prepares it for an experiment's picture.
    pub fn begin(&mut self, experiment: &Experiment) {
        let Some(picture) = experiment.workload.picture() else { return self.clear() };
        let (width, height) = picture.size(&experiment.params);
        let scale = (MOST / f64::from(width.max(height))).min(1.0);
        self.canvas.set_width((f64::from(width) * scale) as u32);
        self.canvas.set_height((f64::from(height) * scale) as u32);
        let phases = experiment.workload.phases(&experiment.params);
        let (last, all) = (phases.last().copied().unwrap_or(0), phases.iter().sum::<usize>());
        self.subject = Some(Subject {
            picture,
            params: experiment.params.clone(),
            tiles: vec![None; last],
            waiting: Vec::new(),
            edges: vec![None; last],
            first: all - last,
            scale,
            edge: (f64::from(width) * scale / SHOWN_AT * 1.5).ceil(),
        });
    }

    /// Adds tiles that have arrived, and those that wait for room.
    pub fn add(&mut self, arrived: Vec<FoundAnswer>, lanes: &[Lane], palette: &Palette) {
        let (Some(subject), Some(context)) = (&mut self.subject, brush(&self.canvas)) else { return };
        for tile in std::mem::take(&mut subject.waiting).into_iter().chain(arrived) {
            let Some(at) = tile.task.checked_sub(subject.first).filter(|at| *at < subject.tiles.len()) else {
                continue;
            };
            if subject.tiles[at].is_none() {
                subject.tiles[at] = subject.pixels(at, &tile.answer);
            }
            if subject.tiles[at].is_none() {
                subject.waiting.push(tile);
            } else if let Some(lane) = lanes.get(tile.lane) {
                subject.draw(&context, at, lane.context, palette);
            }
        }
    }

    /// Forgets which edges are drawn, because their colours have changed.
    pub fn forget_edges(&mut self) {
        self.subject.iter_mut().for_each(|subject| subject.edges.fill(None));
    }

    /// Draws all edges again, as these lanes computed them.
    pub fn edge(&mut self, lanes: &[Lane], palette: &Palette) {
        self.add(Vec::new(), lanes, palette);
        let (Some(subject), Some(context)) = (&mut self.subject, brush(&self.canvas)) else { return };
        for lane in lanes {
            for span in lane.spans.iter().filter(|span| span.cause == Cause::Compute) {
                let at = (span.task as usize).checked_sub(subject.first);
                if let Some(at) = at.filter(|at| *at < subject.tiles.len()) {
                    subject.draw(&context, at, lane.context, palette);
                }
            }
        }
    }
}

impl Subject {
    /// A tile's pixels at the canvas' scale: each is the nearest pixel that was computed. `None` where the browser has
    /// no room for them now, which now and then happens in WebKit although there is memory.
    fn pixels(&self, at: usize, answer: &[u8]) -> Option<ImageData> {
        let tile = self.picture.tile(&self.params, at);
        let [left, top, width, height] = self.place(at);
        let mut wanted = (top..top + height).flat_map(|y| {
            let row = self.nearest(y, tile.y, tile.height) * tile.width;
            (left..left + width).map(move |x| (row + self.nearest(x, tile.x, tile.width)) as usize)
        });
        let shown = self.picture.paint(&self.params, answer, &mut wanted);
        let image = ImageData::new_with_sw(width, height).ok()?;
        image.unchecked_ref::<Image>().data().copy_from(&shown);
        Some(image)
    }

    /// The pixel of a tile, along one axis, that is nearest to a pixel of the canvas.
    fn nearest(&self, shown: u32, start: u32, length: u32) -> u32 {
        let computed = ((f64::from(shown) + 0.5) / self.scale) as u32;
        computed.saturating_sub(start).min(length - 1)
    }

    /// Where a tile lies on the canvas: left, top, width, height; neighbours meet without a seam.
    fn place(&self, at: usize) -> [u32; 4] {
        let tile = self.picture.tile(&self.params, at);
        let [left, top, right, bottom] = [tile.x, tile.y, tile.x + tile.width, tile.y + tile.height]
            .map(|edge| (f64::from(edge) * self.scale) as u32);
        [left, top, right - left, bottom - top]
    }

    /// Draws a tile that has arrived with the edge of the lane that made it.
    fn draw(&mut self, context: &CanvasRenderingContext2d, at: usize, who: Context, palette: &Palette) {
        if self.edges[at] == Some(who) {
            return;
        }
        let Some(pixels) = &self.tiles[at] else { return };
        let [x, y, width, height] = self.place(at).map(f64::from);
        context.put_image_data(pixels, x, y).ok();
        context.set_stroke_style_str(palette.lane(who));
        context.set_line_width(self.edge);
        context.stroke_rect(x + self.edge / 2.0, y + self.edge / 2.0, width - self.edge, height - self.edge);
        self.edges[at] = Some(who);
    }
}
