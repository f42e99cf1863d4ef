//! The same kernels without a browser: the same tasks on rayon, with a given number of threads.
//!
//! The gain of two native threads over one is what this machine can give at the moment: a yardstick for the page.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::{Value, json};
use workloads::{Params, SharedBytes, Step, Workload};

use crate::peers::root;

/// A workload with its parameters, for this machine and for the page; the seed is the page's default.
pub struct Work {
    workload: &'static dyn Workload,
    params: Params,
    files: Vec<SharedBytes>,
}

impl Work {
    /// A workload with its default parameters, except those in `settings`.
    ///
    /// # Panics
    /// When there is no such workload or parameter, or when a file that it begins with is missing.
    pub fn new(workload: &'static dyn Workload, settings: &[(&str, u32)]) -> Self {
        let mut params = Params::defaults(workload.info());
        settings.iter().for_each(|(key, value)| params.set(key, *value).expect("a legal value"));
        let folder = root().join("www");
        let read = |name: &str| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let files = workload.files(&params).into_iter().map(|name| Arc::new(read(name))).collect();
        Self { workload, params, files }
    }

    /// The workload's name.
    pub fn id(&self) -> &'static str {
        self.workload.info().id
    }

    /// The same work as an experiment for the page.
    pub fn experiment(&self, strategies: &[&str], workers: usize, samples: usize) -> Value {
        let mut experiment =
            json!({ "workload": self.id(), "strategies": strategies, "workers": workers, "samples": samples });
        for (param, value) in self.params.iter() {
            // a choice is given by its word, a number as a number
            experiment[param.key] = if param.words.is_empty() { value.into() } else { param.text(value).into() };
        }
        experiment
    }

    fn task(&self, phase: usize, index: usize, input: &[SharedBytes]) -> SharedBytes {
        let mut task = self.workload.task(&self.params, 0, phase, index, input);
        loop {
            if let Step::Done(answer) = task.step(Duration::ZERO) {
                return Arc::new(answer);
            }
        }
    }
}

/// A pool of native threads.
pub struct Native(ThreadPool);

impl Native {
    /// Starts `threads` threads.
    pub fn new(threads: usize) -> Self {
        let builder = ThreadPoolBuilder::new().num_threads(threads).start_handler(|_| clear_upper_halves());
        Self(builder.build().expect("a few threads are to be had"))
    }

    /// Milliseconds for the whole work, phase after phase, timed as Lanes times its own: until the last task is done.
    ///
    /// # Panics
    /// When the answer is not the expected one.
    pub fn sample(&self, work: &Work, expected: &str) -> f64 {
        let Work { workload, params, files, .. } = work;
        let start = Instant::now();
        let (mut previous, mut took) = (files.clone(), start.elapsed());
        for (phase, count) in workload.phases(params).into_iter().enumerate() {
            let inputs: Vec<_> = (0..count).map(|index| workload.input(params, 0, phase, index, &previous)).collect();
            let task = |index: usize| work.task(phase, index, &inputs[index]);
            self.0.spawn_broadcast(|_| {}); // all are woken at once, as Lanes does it
            previous = self.0.install(|| (0..count).into_par_iter().with_max_len(1).map(task).collect());
            took = start.elapsed();
        }
        let answer = words::answer(workload.info(), &workload.answer(params, &previous));
        assert_eq!(answer, expected, "{}, natively", work.id());
        took.as_secs_f64() * 1000.0
    }
}

/// A new thread inherits the vector registers of the thread that started it. If their upper halves were left in use
/// there, every vector instruction that preserves them (all of ours: two numbers at a time) waits for the previous
/// instruction that wrote the same register: `arrays` took 4.7 times as long, `raytrace` 2.2 times.
fn clear_upper_halves() {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx") {
        #[target_feature(enable = "avx")]
        fn clear() {
            std::arch::x86_64::_mm256_zeroupper();
        }
        // Safety: the processor has AVX, as checked above.
        unsafe { clear() }
    }
}
