//! Many arrays in files: the same long series of operations on each, then the sum of all in one array.
//!
//! What it shows: the arrays need nothing of each other, so every core can help; but threads pass an array on by its
//! address, and processes by copying it, there and back, and once more to the one that adds them all up. The fewer the
//! operations, the more the copying matters.
//! The operation is the logistic map, r x (1 - x), on every number of the array: the numbers stay between 0 and 1, and
//! one wrong rounding changes them beyond recognition after some fifty operations. Each array has an r of its own,
//! drawn from the seed, because some begin from the same file.
//! Invariant: array i is file i mod 4, whole, so that handing it on copies nothing here; every result is rounded to
//! `f32`; and the arrays are added up in order, so that every engine and language gets the same bits.
//! An answer is an array: its numbers, `f32`, four bytes each, low byte first. So is a file.

use std::time::Duration;

use crate::checksum::Checksum;
use crate::noise::Noise;
use crate::{
    Answer, Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, USUAL_STEP, Volume, Workload,
};

/// Made by `tests/arrays.rs`, which says how: noise between 0 and 1.
const FILES: [&str; 4] = ["arrays/0.f32", "arrays/1.f32", "arrays/2.f32", "arrays/3.f32"];

/// Numbers in a file, and so in an array.
const NUMBERS: u32 = 65_536;

/// Operations on an array that make a step of about 0.1 ms.
const STEP_PASSES: u32 = 12;

/// Arrays added up that make a step of about 0.1 ms.
const STEP_ARRAYS: usize = 4;

static INFO: Info = Info {
    id: "arrays",
    title: "Arrays from files",
    blurb: "Works on arrays from files, each on its own, then adds them up: threads share an array, processes copy it.",
    nature: Nature::Compute,
    params: &[
        Param { key: "size", label: "Arrays", unit: "", min: 1, max: 256, default: 32, demo: 32, ..Param::NUMBER },
        Param {
            key: "operations",
            label: "Operations on each",
            unit: "",
            min: 1,
            max: 10_000,
            default: 500,
            demo: 500,
            ..Param::NUMBER
        },
    ],
    modelled: None,
    answer: "{arrays} arrays added up; checksum {digest}",
    unit: Some("GB"),
    one_memory: None,
};

/// The workload.
pub struct Arrays;

impl Workload for Arrays {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![params.get("size") as usize, 1]
    }

    fn files(&self, _params: &Params) -> Vec<&'static str> {
        FILES.to_vec()
    }

    fn input(
        &self,
        _params: &Params,
        _seed: u64,
        phase: usize,
        index: usize,
        previous: &[SharedBytes],
    ) -> Vec<SharedBytes> {
        if phase == 0 { vec![previous[index % FILES.len()].clone()] } else { previous.to_vec() }
    }

    fn task(&self, params: &Params, seed: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task> {
        if phase > 0 {
            return Box::new(TotalTask { arrays: input.to_vec(), next: 0, sum: Answer::new() });
        }
        let left = params.get("operations");
        Box::new(ArrayTask { file: input[0].clone(), rate: rate(seed, index), left, array: Answer::new() })
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        Summary::new(format!("{checksum:08x}")).with("arrays", params.get("size"))
    }

    fn computes(&self, params: &Params) -> Duration {
        USUAL_STEP * (params.get("size") * params.get("operations") / STEP_PASSES)
    }

    /// An array counts once for each operation on it.
    fn volume(&self, params: &Params) -> Option<Volume> {
        let arrays = f64::from(params.get("size")) * f64::from(params.get("operations"));
        Some(Volume { amount: arrays * f64::from(4 * NUMBERS) / 1e9 })
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 5), ("operations", 120)],
            seed: 1,
            digest: "f796be14",
            facts: &[("arrays", 5)],
            source: "the files and the logistic map, rounded to f32 by struct, and zlib.crc32, in Python",
        }
    }
}

/// The factor r of array `index`: from 3.75 to just below 4, where the map is chaotic. Exact in `f32`.
fn rate(seed: u64, index: usize) -> f32 {
    3.75 + (Noise::new(seed, index).number() >> 56) as f32 / 1024.0
}

/// The numbers of an array, as bytes that may be changed.
fn numbers(array: &mut Answer) -> &mut [[u8; 4]] {
    array.as_chunks_mut().0
}

/// The task of the first phase: one array, operation by operation.
struct ArrayTask {
    file: SharedBytes,
    rate: f32,
    /// Operations left.
    left: u32,
    /// Empty until the first step.
    array: Answer,
}

impl Task for ArrayTask {
    fn step(&mut self, _now: Duration) -> Step {
        if self.array.is_empty() {
            self.array = self.file.to_vec();
        }
        let now = self.left.min(STEP_PASSES);
        for _ in 0..now {
            operate(numbers(&mut self.array), self.rate);
        }
        self.left -= now;
        if self.left > 0 { Step::Progress } else { Step::Done(std::mem::take(&mut self.array)) }
    }
}

/// One operation on a whole array, as numpy does it: number by number, and nothing else meanwhile.
fn operate(array: &mut [[u8; 4]], rate: f32) {
    for number in array {
        let x = f32::from_le_bytes(*number);
        *number = (rate * x * (1.0 - x)).to_le_bytes();
    }
}

/// The task of the last phase: adds array after array.
struct TotalTask {
    arrays: Vec<SharedBytes>,
    /// The array to be added next.
    next: usize,
    /// Empty until the first step.
    sum: Answer,
}

impl Task for TotalTask {
    fn step(&mut self, _now: Duration) -> Step {
        if self.next == 0 {
            self.sum = vec![0; self.arrays[0].len()];
        }
        let end = self.arrays.len().min(self.next + STEP_ARRAYS);
        for array in &self.arrays[self.next..end] {
            add(numbers(&mut self.sum), array.as_chunks().0);
        }
        self.next = end;
        if end < self.arrays.len() { Step::Progress } else { Step::Done(std::mem::take(&mut self.sum)) }
    }
}

fn add(sum: &mut [[u8; 4]], array: &[[u8; 4]]) {
    for (sum, number) in sum.iter_mut().zip(array) {
        *sum = (f32::from_le_bytes(*sum) + f32::from_le_bytes(*number)).to_le_bytes();
    }
}
