//! A picture by path tracing: what each pixel shows is found by following its light backwards, many times, and each
//! time chance says where a surface sends it.
//!
//! What it shows: every tile is work of its own, but what it costs shows only when it is done: a path into the sky ends
//! at once, and one between spheres goes on and on. Where tiles are dealt out beforehand, all workers wait for the
//! expensive ones.
//! Invariant: a pixel depends on its place, the parameters and the seed (which is all that chance depends on). All
//! sums, products, quotients and roots are computed in one order, which every machine rounds alike: equal bytes
//! everywhere.
//! An answer holds the tile's pixels, row by row: red, green and blue, one byte each.

mod chance;
mod eye;
mod light;
mod scene;
mod vector;

use std::time::Duration;

use crate::checksum::Checksum;
use crate::tiles::Tiles;
use crate::{
    Answer, Info, Known, Nature, Param, Params, Picture, SharedBytes, Step, Summary, Task, Tile, USUAL_STEP, Volume,
    Workload,
};
use chance::Chance;
use eye::Eye;
use vector::{BLACK, Vector};

/// Tiles wanted in a row, so that eight workers find enough to share.
const TILES_ACROSS: u32 = 12;
/// A tile's greatest edge.
const MAX_EDGE: u32 = 48;

/// Looks at all spheres that make a step of about 0.1 ms.
const STEP_LOOKS: u32 = 1_000;

/// Looks that a path takes on average in this scene.
const LOOKS: u64 = 3;

static INFO: Info = Info {
    id: "raytrace",
    title: "Path tracing",
    blurb: "Follows light backwards through a scene of glass and gold: each tile is work of its own, and some cost far more.",
    nature: Nature::Compute,
    params: &[
        Param { key: "size", label: "Side", unit: "px", min: 48, max: 1024, default: 320, demo: 400, ..Param::NUMBER },
        Param {
            key: "paths",
            label: "Paths for each pixel",
            unit: "",
            min: 1,
            max: 256,
            default: 16,
            demo: 16,
            ..Param::NUMBER
        },
    ],
    modelled: None,
    answer: "{side} x {side} pixels; checksum {digest}",
    unit: Some("million paths"),
    one_memory: None,
};

/// The workload.
pub struct Raytrace;

impl Workload for Raytrace {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![tiles(params).count()]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        let tile = tiles(params).tile(index);
        let (size, paths) = (params.get("size"), params.get("paths"));
        Box::new(PathTask {
            tile,
            eye: Eye::new(size),
            size,
            paths,
            seed,
            next: 0,
            sum: BLACK,
            path: 0,
            answer: Vec::new(),
        })
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        Summary::new(format!("{checksum:08x}")).with("side", params.get("size"))
    }

    fn computes(&self, params: &Params) -> Duration {
        let [side, paths] = ["size", "paths"].map(|key| u64::from(params.get(key)));
        USUAL_STEP * (side * side * paths * LOOKS / u64::from(STEP_LOOKS)) as u32
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        let [side, paths] = ["size", "paths"].map(|key| f64::from(params.get(key)));
        Some(Volume { amount: side * side * paths / 1e6 })
    }

    fn picture(&self) -> Option<&dyn Picture> {
        Some(self)
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 48), ("paths", 3)],
            seed: 1,
            digest: "bb69e3ff",
            facts: &[("side", 48)],
            source: "the same formulas in Python, by numpy's float32, and zlib.crc32",
        }
    }
}

impl Picture for Raytrace {
    fn size(&self, params: &Params) -> (u32, u32) {
        let side = params.get("size");
        (side, side)
    }

    fn tile(&self, params: &Params, index: usize) -> Tile {
        tiles(params).tile(index)
    }

    fn paint(&self, _params: &Params, answer: &[u8], pixels: &mut dyn Iterator<Item = usize>) -> Vec<u8> {
        let colours = answer.as_chunks().0;
        pixels.map_while(|at| colours.get(at)).flat_map(|&[red, green, blue]| [red, green, blue, 255]).collect()
    }
}

fn tiles(params: &Params) -> Tiles {
    let size = params.get("size");
    Tiles::new(size, size.div_ceil(TILES_ACROSS).min(MAX_EDGE))
}

/// The task: one tile, pixel by pixel, path by path.
struct PathTask {
    tile: Tile,
    eye: Eye,
    size: u32,
    paths: u32,
    seed: u64,
    /// The pixel to come, counted row by row, and which of its paths.
    next: u32,
    path: u32,
    /// The light of this pixel's paths so far, as the film records it.
    sum: Vector,
    answer: Answer,
}

impl PathTask {
    /// Follows the next path, and returns how often that took a look at all spheres.
    fn follow(&mut self) -> u32 {
        let (x, y) = (self.tile.x + self.next % self.tile.width, self.tile.y + self.next / self.tile.width);
        let mut chance = Chance::new(self.seed, y * self.size + x, self.path);
        let (light, looks) = light::along(self.eye.ray(x, y, &mut chance), &mut chance);
        // exposed one by one: one very bright path does not outshine all others
        self.sum = self.sum + light::film(light);
        self.path += 1;
        if self.path == self.paths {
            self.answer.extend((self.sum * (1.0 / self.paths as f32)).bytes());
            (self.next, self.path, self.sum) = (self.next + 1, 0, BLACK);
        }
        looks
    }
}

impl Task for PathTask {
    fn step(&mut self, _now: Duration) -> Step {
        let mut looks = 0;
        while self.next < self.tile.width * self.tile.height {
            if looks >= STEP_LOOKS {
                return Step::Progress;
            }
            looks += self.follow();
        }
        Step::Done(std::mem::take(&mut self.answer))
    }
}
