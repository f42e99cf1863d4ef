//! A stream through memory: a = b + 3 c over arrays that are too large for the caches.
//!
//! What it shows: all cores share the way to memory. Once a few of them fill it, more workers bring nothing,
//! although the tasks need nothing of each other.
//! The operation is the triad of STREAM (McCalpin, 1995). The three arrays change places after each pass, so that every
//! pass needs the one before and none can be left out.
//! Invariant: all numbers are whole and far below 2^53, so that every sum is exact in any order. At most 240 MB are in
//! use, when all tasks are alive at once, as on the event loop: the page's memory ends at 512 MiB.
//! An answer is the sum of the array written last, eight bytes, low byte first.

use std::ops::Range;
use std::time::Duration;

use crate::noise::Noise;
use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, Volume, Workload};

/// Tasks: one for each of up to four workers. More would each be small enough for a cache, since all together must fit
/// into the page's memory.
const TASKS: usize = 4;

/// Triads over the whole of the arrays.
const PASSES: u32 = 10;

/// STREAM's scalar.
const SCALAR: f64 = 3.0;

/// Bytes of an element: a number in each of the three arrays.
pub const ELEMENT: u32 = 24;

/// Elements that make a step of about 0.1 ms: 1 MB.
pub const STEP_ELEMENTS: usize = 40_000;

/// As [`STEP_ELEMENTS`], for filling the arrays, whose memory the operating system has to find first.
const STEP_FILLED: usize = 8_000;

static INFO: Info = Info {
    id: "stream",
    title: "Memory stream",
    blurb: "Streams large arrays through memory, again and again: a few cores can use up all that it delivers, and the rest wait.",
    nature: Nature::Compute,
    params: &[Param {
        key: "size",
        label: "Memory of each task",
        unit: "MB",
        min: 1,
        max: 60,
        default: 60,
        demo: 60,
        ..Param::NUMBER
    }],
    modelled: None,
    answer: "{tasks} times {numbers} numbers, sum {digest}",
    unit: Some("GB"),
    one_memory: None,
};

/// The workload.
pub struct Stream;

impl Workload for Stream {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _params: &Params) -> Vec<usize> {
        vec![TASKS]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        Box::new(Triads {
            key: Noise::new(seed, index).number() as u32,
            arrays: [const { Vec::new() }; 3],
            elements: elements(params),
            pass: 0,
            next: 0,
            sum: 0.0,
        })
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        let sums = last.iter().filter_map(|sum| sum.as_slice().try_into().ok()).map(u64::from_le_bytes);
        let sum = sums.fold(0, u64::wrapping_add);
        Summary::new(sum.to_string()).with("tasks", TASKS).with("numbers", elements(params))
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        Some(Volume { amount: self.traffic(params) / 1e9 })
    }

    /// Bytes read and written, as STREAM counts them: 24 an element for a triad and for filling the arrays, 8 for the
    /// sum. What a cache fetches before it writes is not counted.
    fn traffic(&self, params: &Params) -> f64 {
        let an_element = f64::from(ELEMENT * (1 + PASSES) + 8);
        (TASKS * elements(params)) as f64 * an_element
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 1)],
            seed: 1,
            digest: "13746685595365",
            facts: &[("tasks", 4), ("numbers", 41_666)],
            source: "SplitMix64 and whole numbers, in Python",
        }
    }
}

/// Elements in an array.
fn elements(params: &Params) -> usize {
    (params.get("size") * 1_000_000 / ELEMENT) as usize
}

/// The task: three arrays that are filled, run over and added up, stretch by stretch.
struct Triads {
    /// Where the made-up numbers begin.
    key: u32,
    /// Written, read, read.
    arrays: [Vec<f64>; 3],
    elements: usize,
    /// 0 fills, then come the triads, and last the sum.
    pass: u32,
    /// The element where the next step goes on.
    next: usize,
    sum: f64,
}

impl Task for Triads {
    fn step(&mut self, _now: Duration) -> Step {
        let most = if self.pass == 0 { STEP_FILLED } else { STEP_ELEMENTS };
        let stretch = self.next..self.elements.min(self.next + most);
        self.next = stretch.end;
        match self.pass {
            0 => self.fill(stretch),
            1..=PASSES => self.triad(stretch),
            _ => self.add_up(stretch.len()),
        }
        if self.next < self.elements {
            return Step::Progress;
        }
        if self.pass > PASSES {
            return Step::Done((self.sum as u64).to_le_bytes().to_vec());
        }
        if self.pass > 0 {
            self.arrays.rotate_left(1);
        }
        (self.pass, self.next) = (self.pass + 1, 0);
        Step::Progress
    }
}

impl Triads {
    /// Fills the arrays with the operands of a count that begins at the key.
    fn fill(&mut self, stretch: Range<usize>) {
        let [a, b, c] = &mut self.arrays;
        for array in [&mut *a, &mut *b, &mut *c] {
            array.reserve_exact(self.elements - array.len());
        }
        a.resize(stretch.end, 0.0);
        let operands = stretch.map(|element| operands(self.key.wrapping_add(element as u32)));
        b.extend(operands.clone().map(|[b, _]| b));
        c.extend(operands.map(|[_, c]| c));
    }

    fn triad(&mut self, stretch: Range<usize>) {
        let [a, b, c] = &mut self.arrays;
        triad(&mut a[stretch.clone()], &b[stretch.clone()], &c[stretch], SCALAR);
    }

    /// Adds up the last numbers and frees their memory: freeing all of it at once takes as long as many steps.
    fn add_up(&mut self, count: usize) {
        let [.., written] = &self.arrays;
        let left = written.len() - count;
        self.sum += sum(&written[left..]);
        for array in &mut self.arrays {
            array.truncate(left);
            array.shrink_to_fit();
        }
    }
}

/// The numbers in b and c at a count: whole numbers below 1024, from its lowest ten bits and from the next ten.
pub fn operands(count: u32) -> [f64; 2] {
    [count, count >> 10].map(|bits| f64::from(bits & 1023))
}

/// a = b + `scalar` c, over as many elements as the shortest of them has.
pub fn triad(a: &mut [f64], b: &[f64], c: &[f64], scalar: f64) {
    for ((a, b), c) in a.iter_mut().zip(b).zip(c) {
        *a = b + scalar * c;
    }
}

/// Adds up in eight sums side by side: a single sum would wait for itself, not for memory.
fn sum(numbers: &[f64]) -> f64 {
    let (eights, rest) = numbers.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        for (sum, number) in sums.iter_mut().zip(eight) {
            *sum += number;
        }
    }
    sums.iter().chain(rest).sum()
}
