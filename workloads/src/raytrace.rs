//! A picture by ray tracing: what each pixel shows is found by following its light backwards.
//!
//! What it shows: every tile is work of its own, but what it costs shows only in the doing: a ray into the sky is done
//! at once, and one into glass branches on and on. Who deals tiles out beforehand waits for the dear ones.
//! Invariant: a pixel depends on its place, the parameters and the seed (which says where in a pixel its rays go), and
//! all is added, multiplied, divided and rooted in one order, which every machine rounds alike: equal bytes everywhere.
//! An answer holds the tile's pixels, row by row: red, green and blue, one byte each.

mod eye;
mod light;
mod scene;
mod shade;
mod vector;

use crate::checksum::Checksum;
use crate::{Answer, Info, Known, Nature, Param, Params, Part, Picture, Step, Task, Tile, Volume, Workload};
use eye::Eye;
use light::Light;
use vector::BLACK;

/// Tiles wanted in a row, so that eight workers find enough to share.
const TILES_ACROSS: u32 = 12;
/// A tile's greatest edge.
const MAX_EDGE: u32 = 48;

/// Looks at all spheres that make a step of about 1 ms.
const STEP_LOOKS: u32 = 10_000;

static INFO: Info = Info {
    id: "raytrace",
    title: "Ray tracing",
    blurb: "Follows light backwards through a scene of glass and gold: each tile is work of its own, and some cost far more.",
    nature: Nature::Compute,
    params: &[
        Param { key: "size", label: "Side", unit: "px", min: 48, max: 1024, default: 320, demo: 480, ..Param::NUMBER },
        Param { key: "rays", label: "Rays for each pixel", unit: "", min: 1, max: 64, default: 4, demo: 4, ..Param::NUMBER },
    ],
    modelled: None,
};

/// The workload.
pub struct Raytrace;

impl Workload for Raytrace {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        let across = Grid::new(params).across as usize;
        vec![across * across]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[Part]) -> Box<dyn Task> {
        let tile = Grid::new(params).tile(index);
        let eye = Eye::new(params.get("size"), params.get("rays"), seed);
        Box::new(Trace { tile, eye, next: 0, answer: Vec::new() })
    }

    fn answer(&self, params: &Params, last: &[Part]) -> String {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        format!("{0} x {0} pixels; checksum {checksum:08x}", params.get("size"))
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        let [side, rays] = ["size", "rays"].map(|key| f64::from(params.get(key)));
        Some(Volume { amount: side * side * rays / 1e6, unit: "million rays" })
    }

    fn picture(&self) -> Option<&dyn Picture> {
        Some(self)
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 48), ("rays", 2)],
            seed: 1,
            answer: "48 x 48 pixels; checksum 7c5e0a6c",
            source: "the same formulas in Python, each result rounded to f32 by struct, and zlib.crc32",
        }
    }
}

impl Picture for Raytrace {
    fn size(&self, params: &Params) -> (u32, u32) {
        let side = params.get("size");
        (side, side)
    }

    fn tile(&self, params: &Params, index: usize) -> Tile {
        Grid::new(params).tile(index)
    }

    fn paint(&self, _params: &Params, answer: &[u8], pixels: &mut dyn Iterator<Item = usize>) -> Vec<u8> {
        let colours = answer.as_chunks().0;
        pixels.map_while(|at| colours.get(at)).flat_map(|&[red, green, blue]| [red, green, blue, 255]).collect()
    }
}

/// How the picture is cut: square tiles row by row, the last of a row or column clipped.
struct Grid {
    size: u32,
    edge: u32,
    across: u32,
}

impl Grid {
    fn new(params: &Params) -> Self {
        let size = params.get("size");
        let edge = size.div_ceil(TILES_ACROSS).min(MAX_EDGE);
        Self { size, edge, across: size.div_ceil(edge) }
    }

    fn tile(&self, index: usize) -> Tile {
        let index = u32::try_from(index).expect("a picture has at most some hundred tiles");
        let (x, y) = (index % self.across * self.edge, index / self.across * self.edge);
        Tile { x, y, width: self.edge.min(self.size - x), height: self.edge.min(self.size - y) }
    }
}

/// The task: one tile, pixel by pixel.
struct Trace {
    tile: Tile,
    eye: Eye,
    /// The pixel to come, counted row by row.
    next: u32,
    answer: Answer,
}

impl Trace {
    /// Adds the next pixel to the answer, and says how often that took a look at all spheres.
    fn pixel(&mut self) -> u32 {
        let (x, y) = (self.tile.x + self.next % self.tile.width, self.tile.y + self.next / self.tile.width);
        let mut light = Light::default();
        let sum = self.eye.rays(x, y).fold(BLACK, |sum, ray| sum + light::film(light.along(ray, 1.0)));
        self.answer.extend((sum * self.eye.share()).bytes());
        self.next += 1;
        light.looks
    }
}

impl Task for Trace {
    fn step(&mut self) -> Step {
        let mut looks = 0;
        while self.next < self.tile.width * self.tile.height {
            if looks >= STEP_LOOKS {
                return Step::Progress;
            }
            looks += self.pixel();
        }
        Step::Done(std::mem::take(&mut self.answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However the seed lays the rays, no pixel costs so much that a step with it would be long.
    #[test]
    fn every_tree_ends_soon() {
        for seed in 0..8 {
            let eye = Eye::new(300, 1, seed);
            for at in 0..300 * 300 {
                let mut light = Light::default();
                let seen = eye.rays(at % 300, at / 300).fold(BLACK, |sum, ray| sum + light.along(ray, 1.0));
                assert!(light.looks < 500 && seen.dot(seen).is_finite(), "pixel {at}: {} looks", light.looks);
            }
        }
    }
}
