//! The same work, cut into as many tasks as one likes: from a single one to a hundred thousand.
//!
//! What it shows: too few tasks cannot be shared out, and with too many, handing them out costs more than doing them.
//! Where that begins differs a thousandfold between threads and processes.
//! Invariant: the tasks cover the places 1 to `work` of SplitMix64 (Steele, Lea and Flood, 2014) exactly once. A sum
//! does not care in which order, so that the answer is the same however finely the work is cut.
//! An answer is the sum of the numbers at a task's places, without carry out of 64 bits; eight bytes, low byte first.

use std::ops::Range;
use std::time::Duration;

use crate::{Info, Known, Nature, Param, Params, Part, Step, Summary, Task, Workload};

/// Numbers that the parameter counts as one.
const MILLION: u64 = 1_000_000;

/// Numbers that make a step of about 0.1 ms.
const STEP_NUMBERS: u64 = 70_000;

static INFO: Info = Info {
    id: "grain",
    title: "Grain size",
    blurb: "Cuts the same work into few tasks or many: too few cannot be shared, and too many cost more to hand out than to do.",
    nature: Nature::Compute,
    params: &[
        Param {
            key: "size",
            label: "Tasks",
            unit: "",
            min: 1,
            max: 100_000,
            default: 1_000,
            demo: 10_000,
            ..Param::NUMBER
        },
        Param {
            key: "work",
            label: "Numbers in all",
            unit: "million",
            min: 1,
            max: 2_000,
            default: 100,
            demo: 100,
            ..Param::NUMBER
        },
    ],
    modelled: None,
    answer: "sum {digest}",
    unit: None,
    one_memory: None,
};

/// The workload.
pub struct Grain;

impl Workload for Grain {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![params.get("size") as usize]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[Part]) -> Box<dyn Task> {
        let (tasks, numbers) = (u64::from(params.get("size")), u64::from(params.get("work")) * MILLION);
        let bound = |index: u64| numbers * index / tasks + 1;
        Box::new(Sum { left: bound(index as u64)..bound(index as u64 + 1), seed, sum: 0 })
    }

    fn answer(&self, _params: &Params, last: &[Part]) -> Summary {
        let sums = last.iter().filter_map(|sum| sum.as_slice().try_into().ok()).map(u64::from_le_bytes);
        Summary::new(format!("{:016x}", sums.fold(0, u64::wrapping_add)))
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 7), ("work", 1)],
            seed: 1,
            digest: "0db80b8e902c25ed",
            facts: &[],
            source: "SplitMix64, a million times, in Python",
        }
    }
}

/// The task: which places are left, and the sum so far.
struct Sum {
    left: Range<u64>,
    seed: u64,
    sum: u64,
}

impl Task for Sum {
    fn step(&mut self, _now: Duration) -> Step {
        let end = self.left.end.min(self.left.start + STEP_NUMBERS);
        for place in self.left.start..end {
            self.sum = self.sum.wrapping_add(number(self.seed, place));
        }
        self.left.start = end;
        if self.left.is_empty() { Step::Done(self.sum.to_le_bytes().to_vec()) } else { Step::Progress }
    }
}

/// What SplitMix64 gives as its `place`-th number, from 1, when it begins at `seed`.
fn number(seed: u64, place: u64) -> u64 {
    let state = seed.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
