//! Counting the steps of Collatz: halve what is even, triple what is odd and add one, until one is left.
//!
//! What it shows: nothing but how a workload is added. The seed changes nothing.
//! An answer is the number of steps that the task's numbers take, eight bytes, low byte first.

use std::ops::Range;
use std::time::Duration;

use crate::{Info, Known, Nature, Param, Params, Part, Step, Summary, Task, Workload};

/// Ranges of equal length.
const RANGES: u32 = 16;

/// Steps of Collatz that make a step of about 0.1 ms.
const STEP_LENGTH: u64 = 30_000;

static INFO: Info = Info {
    id: "collatz",
    title: "Collatz",
    blurb: "Counts how long numbers take to become one, in equal ranges of nearly equal work.",
    nature: Nature::Compute,
    params: &[Param {
        key: "size",
        label: "Numbers below",
        unit: "",
        min: 1_000,
        max: 5_000_000,
        default: 500_000,
        demo: 500_000,
        ..Param::NUMBER
    }],
    modelled: None,
    answer: "{steps} steps",
    unit: None,
    one_memory: None,
};

/// The workload.
pub struct Collatz;

impl Workload for Collatz {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _params: &Params) -> Vec<usize> {
        vec![RANGES as usize]
    }

    fn task(&self, params: &Params, _seed: u64, _phase: usize, index: usize, _input: &[Part]) -> Box<dyn Task> {
        let bound = |index: usize| (params.get("size") as usize * index / RANGES as usize) as u64;
        Box::new(Count { left: bound(index).max(1)..bound(index + 1), steps: 0 })
    }

    fn answer(&self, _params: &Params, last: &[Part]) -> Summary {
        let steps: u64 = last.iter().filter_map(|count| count.as_slice().try_into().ok()).map(u64::from_le_bytes).sum();
        Summary::default().with("steps", steps)
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 10_000)],
            seed: 1,
            digest: "",
            facts: &[("steps", 849_637)],
            source: "the same loop in Python",
        }
    }
}

/// The task: one range, number by number.
struct Count {
    left: Range<u64>,
    steps: u64,
}

impl Task for Count {
    fn step(&mut self, _now: Duration) -> Step {
        let mut walked = 0;
        while walked < STEP_LENGTH {
            let Some(mut number) = self.left.next() else {
                return Step::Done((self.steps + walked).to_le_bytes().to_vec());
            };
            while number != 1 {
                number = if number.is_multiple_of(2) { number / 2 } else { 3 * number + 1 };
                walked += 1;
            }
        }
        self.steps += walked;
        Step::Progress
    }
}
