//! The same work, cut into as many tasks as one likes: from a single one to a hundred thousand; and before them, if one
//! likes, a part that is not cut.
//!
//! What it shows: too few tasks cannot be shared out, and with too many, handing them out costs more than doing them.
//! Where that begins differs a thousandfold between threads and processes. The part that is not cut is for one worker,
//! however many there are, and limits what all others can bring (Amdahl, 1967).
//! Invariant: the tasks cover the places 1 to `work` of SplitMix64 (Steele, Lea and Flood, 2014) exactly once. A sum
//! does not depend on the order, so the answer is the same however finely the work is cut.
//! Phases: the part that is not cut, if there is one, as one task; then all other tasks. An answer is the sum of the
//! numbers at a task's places, without carry out of 64 bits; eight bytes, low byte first. The first of the other tasks
//! goes on from the sum of the part that is not cut, so that the last answers contain all of it.

use std::ops::Range;
use std::time::Duration;

use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, Workload};

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
        Param { key: "serial", label: "Serial part", unit: "%", max: 100, ..Param::NUMBER },
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
        let cut = params.get("size") as usize;
        if params.get("serial") == 0 { vec![cut] } else { vec![1, cut] }
    }

    /// The sum of the part that is not cut, for the task that goes on from it.
    fn input(
        &self,
        _params: &Params,
        _seed: u64,
        _phase: usize,
        index: usize,
        previous: &[SharedBytes],
    ) -> Vec<SharedBytes> {
        if index == 0 { previous.to_vec() } else { Vec::new() }
    }

    fn task(&self, params: &Params, seed: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task> {
        let numbers = u64::from(params.get("work")) * MILLION;
        let whole = numbers * u64::from(params.get("serial")) / 100;
        let last_of_all = phase + 1 == self.phases(params).len();
        let left = if last_of_all {
            let tasks = u64::from(params.get("size"));
            let bound = |index: u64| whole + (numbers - whole) * index / tasks + 1;
            bound(index as u64)..bound(index as u64 + 1)
        } else {
            1..whole + 1
        };
        Box::new(Sum { left, seed, sum: sums(input).fold(0, u64::wrapping_add) })
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        Summary::new(format!("{:016x}", sums(last).fold(0, u64::wrapping_add)))
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

/// The sums in parts.
fn sums(parts: &[SharedBytes]) -> impl Iterator<Item = u64> {
    parts.iter().filter_map(|sum| sum.as_slice().try_into().ok()).map(u64::from_le_bytes)
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

/// The `place`-th number, from 1, of SplitMix64 when it begins at `seed`.
fn number(seed: u64, place: u64) -> u64 {
    let state = seed.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(size: u32, serial: u32) -> Params {
        let mut params = Params::of(INFO.params);
        for (key, value) in [("size", size), ("work", 1), ("serial", serial)] {
            params.set(key, value).expect("legal");
        }
        params
    }

    /// The answer, and how many steps each phase took.
    fn done(params: &Params) -> (Summary, Vec<usize>) {
        let (mut answers, mut steps) = (Vec::new(), Vec::new());
        for (phase, tasks) in Grain.phases(params).into_iter().enumerate() {
            let mut took = 0;
            let mut finish = |index| {
                let mut task = Grain.task(params, 1, phase, index, &Grain.input(params, 1, phase, index, &answers));
                loop {
                    took += 1;
                    if let Step::Done(answer) = task.step(Duration::ZERO) {
                        break SharedBytes::new(answer);
                    }
                }
            };
            answers = (0..tasks).map(&mut finish).collect();
            steps.push(took);
        }
        (Grain.answer(params, &answers), steps)
    }

    #[test]
    fn the_answer_is_the_same_however_the_work_is_cut() {
        let (whole, _) = done(&params(1, 0));
        for (size, serial) in [(7, 0), (240, 5), (3, 50), (1, 99), (4, 100)] {
            assert_eq!(done(&params(size, serial)).0, whole, "{size} tasks, {serial} %");
        }
    }

    #[test]
    fn so_much_is_not_cut() {
        assert_eq!(Grain.phases(&params(7, 0)), [7]);
        assert_eq!(Grain.phases(&params(7, 30)), [1, 7]);
        // 300,000 numbers at 70,000 a step, then 700,000 in seven tasks
        assert_eq!(done(&params(7, 30)).1, [5, 14]);
    }
}
