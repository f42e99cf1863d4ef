//! Counting primes by trial division: equal ranges that are far from equal work.
//!
//! What it shows: a number near n costs up to sqrt(n) divisions, so the last ranges take several times as long as the
//! first. A strategy that deals the ranges out beforehand waits for the unlucky worker; one that lets workers take what
//! is left does not.
//! Invariant: the ranges cover the numbers below `size` exactly once. The seed changes nothing.
//! An answer is the number of primes in the range, eight bytes, low byte first.

use std::ops::Range;
use std::time::Duration;

use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, Workload};

/// Ranges: some for each of up to eight workers, so that there is something to even out.
const RANGES: usize = 64;

/// Divisions that make a step of about 0.1 ms.
const STEP_DIVISIONS: u32 = 65_000;

static INFO: Info = Info {
    id: "primes",
    title: "Prime numbers",
    blurb: "Counts primes by trial division in equal ranges; the later ones take longer, so fair sharing matters.",
    nature: Nature::Compute,
    params: &[Param {
        key: "size",
        label: "Numbers below",
        unit: "",
        min: 1_000,
        max: 5_000_000,
        default: 1_000_000,
        demo: 1_000_000,
        ..Param::NUMBER
    }],
    modelled: None,
    answer: "{primes} primes below {below}",
    unit: None,
    one_memory: None,
};

/// The workload.
pub struct Primes;

impl Workload for Primes {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _params: &Params) -> Vec<usize> {
        vec![RANGES]
    }

    fn task(&self, params: &Params, _seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        Box::new(RangeTask { left: range(params.get("size"), index), found: 0 })
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        let found: u64 = last.iter().filter_map(|count| count.as_slice().try_into().ok()).map(u64::from_le_bytes).sum();
        Summary::default().with("primes", found).with("below", params.get("size"))
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 10_000)],
            seed: 1,
            digest: "",
            facts: &[("primes", 1_229), ("below", 10_000)],
            source: "pi(10^4), sequence A006880 of the On-Line Encyclopedia of Integer Sequences",
        }
    }
}

/// The range of task `index` when the numbers below `size` are shared out.
fn range(size: u32, index: usize) -> Range<u32> {
    let bound = |index: usize| (u64::from(size) * index as u64 / RANGES as u64) as u32;
    bound(index)..bound(index + 1)
}

/// The task: one range, number by number.
#[derive(Clone)]
struct RangeTask {
    left: Range<u32>,
    found: u64,
}

impl Task for RangeTask {
    fn step(&mut self, _now: Duration) -> Step {
        // counted apart from the task, whose bytes may share a cache line with those of a task on another core
        let Self { mut left, mut found } = self.clone();
        let mut divisions = 0;
        while divisions < STEP_DIVISIONS {
            let Some(number) = left.next() else {
                return Step::Done(found.to_le_bytes().to_vec());
            };
            let trial = Division::of(number);
            found += u64::from(trial.prime);
            divisions += trial.divisions;
        }
        *self = Self { left, found };
        Step::Progress
    }
}

/// The result of trial division for a number, and what it cost.
struct Division {
    prime: bool,
    divisions: u32,
}

impl Division {
    /// Divides by two and then by odd numbers up to the square root.
    fn of(number: u32) -> Self {
        if number < 4 || number.is_multiple_of(2) {
            return Self { prime: number == 2 || number == 3, divisions: 1 };
        }
        let mut divisor = 3;
        while divisor * divisor <= number {
            if number.is_multiple_of(divisor) {
                return Self { prime: false, divisions: divisor / 2 + 1 };
            }
            divisor += 2;
        }
        Self { prime: true, divisions: divisor / 2 }
    }
}
