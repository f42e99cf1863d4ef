//! What one would write first: a pool of threads, and a plain `par_iter` called right where the button was pressed.
//!
//! The page's own thread must not sleep, so rayon has it spin until the pool is done: it takes away a core from its own
//! pool. Same tasks, same kernel, same pool size as Lanes' `threads`; but how many tasks a thread takes at once is left
//! to rayon, as one does at first, and Lanes has it take one.

use rayon::prelude::*;
use wasm_bindgen::prelude::*;
use workloads::{Params, Part, Step, Workload};

pub use wasm_bindgen_rayon::init_thread_pool;

/// A computed picture.
#[wasm_bindgen]
pub struct Picture {
    params: Params,
    tiles: Vec<Part>,
}

#[wasm_bindgen]
impl Picture {
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

    /// Its answer in words. Apart, because Lanes, too, stops its clock before it says the answer.
    pub fn answer(&self) -> String {
        mandelbrot().answer(&self.params, &self.tiles)
    }
}

fn mandelbrot() -> &'static dyn Workload {
    workloads::find("mandelbrot").expect("it is registered")
}

fn tile(params: &Params, index: usize) -> Part {
    let mut task = mandelbrot().task(params, 0, 0, index, &[]);
    loop {
        if let Step::Done(answer) = task.step() {
            return answer.into();
        }
    }
}
