//! The Mandelbrot set: heavy arithmetic in square tiles that need nothing of each other.
//!
//! What it shows: more workers finish independent work sooner, if the tiles are small enough to share out evenly (those
//! inside the set cost a hundred times those far from it).
//! Invariant: pixel (x, y) is the point (-2 + 3 x / size, -1.5 + 3 y / size), the classic view, and its count is that
//! of the naive loop (see `escape`). The seed changes nothing.
//! An answer holds the tile's escape counts, row by row, two bytes each, low byte first.

mod escape;
mod palette;

use std::time::Duration;

use crate::checksum::Checksum;
use crate::tiles::Tiles;
use crate::{Answer, Info, Known, Nature, Param, Params, Picture, SharedBytes, Step, Summary, Task, Tile, Workload};
use escape::{ACROSS, DOWN, LANES, escapes};

/// Left, top and extent of the view.
const LEFT: f64 = -2.0;
const TOP: f64 = -1.5;
const EXTENT: f64 = 3.0;

/// A tile's greatest edge: entirely inside the set it takes about 1 ms at the default iterations.
const MAX_EDGE: u32 = 54;
/// A tile's least edge; below, its border costs more than its middle.
const MIN_EDGE: u32 = 12;
/// Tiles wanted in a row even when the picture is small, so that eight workers find enough to share.
const TILES_ACROSS: u32 = 13;

/// Iterations, times lanes, that make a step: about 0.08 ms on a fast processor, 0.1 ms and more on others.
const STEP_WORK: u32 = 320_000;

static INFO: Info = Info {
    id: "mandelbrot",
    title: "Mandelbrot set",
    blurb: "Counts how soon each point escapes: pure arithmetic in separate tiles, so every core can help.",
    nature: Nature::Compute,
    params: &[
        Param {
            key: "size",
            label: "Side",
            unit: "px",
            min: 64,
            max: 2048,
            default: 700,
            demo: 1_200,
            ..Param::NUMBER
        },
        Param {
            key: "iterations",
            label: "Iterations",
            unit: "",
            min: 50,
            max: 5000,
            default: 1000,
            demo: 1000,
            ..Param::NUMBER
        },
    ],
    modelled: None,
    answer: "{points} points stayed inside; checksum {digest}",
    unit: None,
    one_memory: None,
};

/// The workload.
pub struct Mandelbrot;

impl Workload for Mandelbrot {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![tiles(params).count()]
    }

    fn task(&self, params: &Params, _seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        let pitch = EXTENT / f64::from(params.get("size"));
        Box::new(Escape::new(tiles(params).tile(index), pitch, limit(params)))
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        let limit = limit(params);
        let inside: usize = last.iter().map(|tile| counts(tile).filter(|&count| count == limit).count()).sum();
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        Summary::new(format!("{checksum:08x}")).with("points", inside)
    }

    fn picture(&self) -> Option<&dyn Picture> {
        Some(self)
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 64), ("iterations", 50)],
            seed: 1,
            digest: "404cf323",
            facts: &[("points", 737)],
            source: "the naive loop and zlib.crc32, in Python",
        }
    }
}

impl Picture for Mandelbrot {
    fn size(&self, params: &Params) -> (u32, u32) {
        let side = params.get("size");
        (side, side)
    }

    fn tile(&self, params: &Params, index: usize) -> Tile {
        tiles(params).tile(index)
    }

    fn paint(&self, params: &Params, answer: &[u8], pixels: &mut dyn Iterator<Item = usize>) -> Vec<u8> {
        let (limit, counts) = (limit(params), answer.as_chunks().0);
        let counts = pixels.map_while(|at| counts.get(at)).map(|&count| u16::from_le_bytes(count));
        counts.flat_map(|count| palette::colour(count, limit)).collect()
    }
}

/// The greatest number of iterations.
fn limit(params: &Params) -> u16 {
    u16::try_from(params.get("iterations")).expect("the parameter's maximum fits")
}

/// The escape counts in an answer.
fn counts(answer: &[u8]) -> impl Iterator<Item = u16> {
    answer.as_chunks().0.iter().map(|&bytes| u16::from_le_bytes(bytes))
}

fn tiles(params: &Params) -> Tiles {
    let size = params.get("size");
    Tiles::new(size, size.div_ceil(TILES_ACROSS).next_multiple_of(ACROSS).clamp(MIN_EDGE, MAX_EDGE))
}

/// The task: one tile, group by group of points.
struct Escape {
    tile: Tile,
    /// From one pixel to the next, in the plane.
    pitch: f64,
    limit: u16,
    /// Where the next group lies in the tile.
    next: (u32, u32),
    answer: Answer,
}

impl Escape {
    fn new(tile: Tile, pitch: f64, limit: u16) -> Self {
        let bytes = 2 * tile.width as usize * tile.height as usize;
        Self { tile, pitch, limit, next: (0, 0), answer: vec![0; bytes] }
    }

    /// Iterates the next group, and returns what it cost.
    fn group(&mut self) -> u32 {
        let (mut re, mut im) = ([0.0; LANES], [0.0; LANES]);
        for lane in 0..LANES {
            let (x, y) = self.pixel(lane);
            // Beyond the tile's edge a lane repeats the edge: it is computed, as vectors are, and thrown away.
            re[lane] = LEFT + f64::from(self.tile.x + x.min(self.tile.width - 1)) * self.pitch;
            im[lane] = TOP + f64::from(self.tile.y + y.min(self.tile.height - 1)) * self.pitch;
        }
        let escapes = escapes(&re, &im, self.limit);
        self.keep(&escapes.counts);
        self.advance();
        escapes.work
    }

    /// Where a lane of the group lies in the tile.
    fn pixel(&self, lane: usize) -> (u32, u32) {
        (self.next.0 + lane as u32 % ACROSS, self.next.1 + lane as u32 / ACROSS)
    }

    fn keep(&mut self, counts: &[u16; LANES]) {
        for (lane, count) in counts.iter().enumerate() {
            let (x, y) = self.pixel(lane);
            if x < self.tile.width && y < self.tile.height {
                let at = 2 * (y * self.tile.width + x) as usize;
                self.answer[at..at + 2].copy_from_slice(&count.to_le_bytes());
            }
        }
    }

    fn advance(&mut self) {
        self.next.0 += ACROSS;
        if self.next.0 >= self.tile.width {
            self.next = (0, self.next.1 + DOWN);
        }
    }
}

impl Task for Escape {
    fn step(&mut self, _now: Duration) -> Step {
        let mut work = 0;
        while self.next.1 < self.tile.height {
            if work >= STEP_WORK {
                return Step::Progress;
            }
            work += self.group();
        }
        Step::Done(std::mem::take(&mut self.answer))
    }
}
