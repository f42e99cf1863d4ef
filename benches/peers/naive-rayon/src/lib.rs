//! What one would write first: a pool of threads, and a plain `par_iter` called right where the button was pressed.
//!
//! The page's own thread must not sleep, so rayon has it spin until the pool is done: it takes away a core from its own
//! pool. Twice: with the loop that one writes first (`Rows`), and, to see what the place of the call costs by itself,
//! with Lanes' own tasks and kernel (`Tiles`). The pool is as large as that of Lanes' `threads`; how many rows or tiles
//! a thread takes at once is left to rayon, as one does at first, and Lanes has it take one.

use std::time::Duration;

use rayon::prelude::*;
use wasm_bindgen::prelude::*;
use workloads::{Params, SharedBytes, Step, Workload};

pub use wasm_bindgen_rayon::init_thread_pool;

/// A picture in rows, by the usual loop.
#[wasm_bindgen]
pub struct Rows {
    limit: u32,
    rows: Vec<Vec<u32>>,
}

#[wasm_bindgen]
impl Rows {
    /// Computes `size` rows of as many points, at most `limit` iterations each, on the pool; called on the page's own
    /// thread.
    #[wasm_bindgen(constructor)]
    pub fn new(size: u32, limit: u32) -> Self {
        let pitch = 3.0 / f64::from(size);
        let at = |column: u32, row: u32| escape(-2.0 + f64::from(column) * pitch, -1.5 + f64::from(row) * pitch, limit);
        let row = |row| (0..size).map(|column| at(column, row)).collect();
        Self { limit, rows: (0..size).into_par_iter().map(row).collect() }
    }

    /// How Lanes' answer begins. Apart, because Lanes, too, stops its clock before it says the answer.
    pub fn answer(&self) -> String {
        let inside = self.rows.iter().flatten().filter(|&&count| count == self.limit).count();
        format!("{inside} points stayed inside")
    }
}

/// How many iterations of z -> z^2 + c a point takes to escape.
fn escape(re: f64, im: f64, limit: u32) -> u32 {
    let (mut x, mut y, mut n) = (0.0, 0.0, 0);
    while n < limit && x * x + y * y <= 4.0 {
        (x, y) = (x * x - y * y + re, 2.0 * x * y + im);
        n += 1;
    }
    n
}

/// A picture in Lanes' own tiles, by its own kernel.
#[wasm_bindgen]
pub struct Tiles {
    params: Params,
    tiles: Vec<SharedBytes>,
}

#[wasm_bindgen]
impl Tiles {
    /// Computes it on the pool; called on the page's own thread.
    ///
    /// # Panics
    /// When a parameter is out of its range.
    #[wasm_bindgen(constructor)]
    pub fn new(size: u32, iterations: u32) -> Self {
        let mut params = Params::defaults(mandelbrot().info());
        params.set("size", size).expect("a legal size");
        params.set("iterations", iterations).expect("a legal number of iterations");
        let count = mandelbrot().phases(&params)[0];
        let tiles = (0..count).into_par_iter().map(|index| tile(&params, index)).collect();
        Self { params, tiles }
    }

    /// How Lanes' answer begins.
    pub fn answer(&self) -> String {
        let answer = mandelbrot().answer(&self.params, &self.tiles);
        let inside = answer.facts.iter().find(|(name, _)| name == "points").expect("it says how many stayed inside");
        format!("{} points stayed inside; checksum {}", inside.1, answer.digest)
    }
}

fn mandelbrot() -> &'static dyn Workload {
    workloads::find("mandelbrot").expect("it is registered")
}

fn tile(params: &Params, index: usize) -> SharedBytes {
    let mut task = mandelbrot().task(params, 0, 0, index, &[]);
    loop {
        if let Step::Done(answer) = task.step(Duration::ZERO) {
            return answer.into();
        }
    }
}
