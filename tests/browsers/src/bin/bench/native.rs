//! The same kernel without a browser: the same tasks on rayon, with as many threads, and with one.
//!
//! What two native threads gain over one is what this machine can give at the moment: a yardstick for the page.

use std::time::Instant;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use workloads::{Params, Step, Workload};

use crate::race::{ITERATIONS, SIZE};

/// A pool, and what it is to compute.
pub struct Native {
    pool: ThreadPool,
    workload: &'static dyn Workload,
    params: Params,
}

impl Native {
    /// Starts a pool of so many threads.
    pub fn new(threads: usize) -> Self {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("a few threads are to be had");
        let workload = workloads::find("mandelbrot").expect("it is registered");
        let mut params = Params::defaults(workload.info());
        params.set("size", SIZE).expect("a legal size");
        params.set("iterations", ITERATIONS).expect("a legal number of iterations");
        Self { pool, workload, params }
    }

    /// Milliseconds for the whole picture.
    ///
    /// # Panics
    /// When the answer is not the expected one.
    pub fn sample(&self, expected: &str) -> f64 {
        let count = self.workload.phases(&self.params)[0];
        let start = Instant::now();
        let tiles: Vec<_> =
            self.pool.install(|| (0..count).into_par_iter().with_max_len(1).map(|index| self.tile(index)).collect());
        let took = start.elapsed();
        assert_eq!(self.workload.answer(&self.params, &tiles), expected, "native");
        took.as_secs_f64() * 1000.0
    }

    fn tile(&self, index: usize) -> Vec<u8> {
        let mut task = self.workload.task(&self.params, 0, 0, index, &[]);
        loop {
            if let Step::Done(answer) = task.step() {
                return answer;
            }
        }
    }
}
