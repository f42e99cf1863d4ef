//! A merge sort in chunks: eight are sorted, then merged in pairs until there is one.
//!
//! What it shows: fork and join. Eight workers can sort, four can merge, then two, then one: however many there are,
//! the last merge runs alone, and no speed-up gets past it (Amdahl, 1967).
//! Invariant: chunk i makes up its numbers from the seed and i, so that nothing is copied before the work begins; a
//! merge gets the answers of two tasks of the phase before, which threads share and processes copy.
//! Why not the library's sort: it cannot be cut into steps, and in a page built for size it is another algorithm.
//! An answer is a sorted piece: its numbers, `u32`, four bytes each, low byte first.

use std::time::Duration;

use crate::checksum::Checksum;
use crate::noise::Noise;
use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, Volume, Workload};

/// Chunks that are sorted at first: 2^3.
const CHUNKS: usize = 8;

/// Length of the runs that are sorted by insertion before merging begins.
const RUN: usize = 16;

/// Numbers made up and sorted into runs that make a step of about 0.1 ms.
const STEP_NUMBERS: usize = 6 * 1024;

/// Numbers merged that make a step of about 0.1 ms.
const STEP_MERGED: usize = 30_000;

/// A number, as it stands in an answer: low byte first.
type NumberBytes = [u8; 4];

static INFO: Info = Info {
    id: "sort",
    title: "Merge sort",
    blurb: "Sorts eight chunks, then merges them in pairs: each round has half the tasks, and the last is work for one.",
    nature: Nature::Compute,
    params: &[Param {
        key: "size",
        label: "Numbers",
        unit: "thousand",
        min: 1,
        max: 10_000,
        default: 2_000,
        demo: 2_000,
        ..Param::NUMBER
    }],
    modelled: None,
    answer: "{numbers} numbers sorted; checksum {digest}",
    unit: Some("million numbers"),
    one_memory: None,
};

/// The workload.
pub struct Sort;

impl Workload for Sort {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _params: &Params) -> Vec<usize> {
        vec![CHUNKS, 4, 2, 1]
    }

    fn input(
        &self,
        _params: &Params,
        _seed: u64,
        phase: usize,
        index: usize,
        previous: &[SharedBytes],
    ) -> Vec<SharedBytes> {
        if phase == 0 { Vec::new() } else { previous[2 * index..][..2].to_vec() }
    }

    fn task(&self, params: &Params, seed: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task> {
        if let [left, right] = input {
            return Box::new(Join {
                left: left.clone(),
                right: right.clone(),
                merge: Merge::default(),
                out: Vec::new(),
            });
        }
        debug_assert_eq!(phase, 0, "only chunks begin from nothing");
        Box::new(Chunk::new(Noise::new(seed, index), params.get("size") as usize * 1_000 / CHUNKS))
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        let count: usize = last.iter().map(|part| part.len() / size_of::<NumberBytes>()).sum();
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        Summary::new(format!("{checksum:08x}")).with("numbers", count)
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        Some(Volume { amount: f64::from(params.get("size")) / 1_000.0 })
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 5)],
            seed: 1,
            digest: "25fee6a7",
            facts: &[("numbers", 5_000)],
            source: "SplitMix64, sorted() and zlib.crc32, in Python",
        }
    }
}

/// The task of the first phase: makes up a chunk in short sorted runs, then merges them to longer and longer ones.
struct Chunk {
    noise: Noise,
    length: usize,
    /// Sorted in runs of `run` numbers.
    numbers: Vec<NumberBytes>,
    run: usize,
    /// Where the next merge begins.
    start: usize,
    merge: Merge,
    /// The runs merged so far, each twice as long.
    merged: Vec<NumberBytes>,
}

impl Chunk {
    fn new(noise: Noise, length: usize) -> Self {
        let [numbers, merged] = [(); 2].map(|()| Vec::with_capacity(length));
        Self { noise, length, numbers, run: RUN, start: 0, merge: Merge::default(), merged }
    }

    /// Makes up some more numbers, in sorted runs.
    fn make(&mut self) {
        let (start, end) = (self.numbers.len(), self.length.min(self.numbers.len() + STEP_NUMBERS));
        self.numbers.extend((start..end).map(|_| (self.noise.number() as u32).to_le_bytes()));
        self.numbers[start..].chunks_mut(RUN).for_each(insertion_sort);
        self.merged.resize(end, NumberBytes::default());
    }

    /// Goes on with the pair of runs at `start`. Returns how many numbers that moved, at most `most`.
    fn pair(&mut self, most: usize) -> usize {
        let end = self.length.min(self.start + 2 * self.run);
        let (left, right) = self.numbers[self.start..end].split_at(self.run.min(end - self.start));
        let moved = most.min(end - self.start - self.merge.done());
        self.merge.advance(left, right, &mut self.merged[self.start..][..self.merge.done() + moved]);
        if self.start + self.merge.done() == end {
            (self.start, self.merge) = (end, Merge::default());
        }
        moved
    }
}

impl Task for Chunk {
    fn step(&mut self, _now: Duration) -> Step {
        if self.numbers.len() < self.length {
            self.make();
            return Step::Progress;
        }
        let mut left = STEP_MERGED;
        while self.run < self.length {
            if left == 0 {
                return Step::Progress;
            }
            left -= self.pair(left);
            if self.start == self.length {
                std::mem::swap(&mut self.numbers, &mut self.merged);
                (self.run, self.start) = (2 * self.run, 0);
            }
        }
        self.merged = Vec::new();
        Step::Done(std::mem::take(&mut self.numbers).into_flattened())
    }
}

/// The task of the later phases: merges two sorted pieces.
struct Join {
    left: SharedBytes,
    right: SharedBytes,
    merge: Merge,
    out: Vec<NumberBytes>,
}

impl Task for Join {
    fn step(&mut self, _now: Duration) -> Step {
        let (left, right) = (self.left.as_chunks().0, self.right.as_chunks().0);
        let length = left.len() + right.len();
        self.out.reserve_exact(length - self.out.len());
        self.out.resize(length.min(self.out.len() + STEP_MERGED), NumberBytes::default());
        self.merge.advance(left, right, &mut self.out);
        if self.out.len() < length {
            Step::Progress
        } else {
            Step::Done(std::mem::take(&mut self.out).into_flattened())
        }
    }
}

/// How far two sorted pieces have been merged: numbers taken from each.
#[derive(Default)]
struct Merge {
    left: usize,
    right: usize,
}

impl Merge {
    fn done(&self) -> usize {
        self.left + self.right
    }

    /// Goes on until `out` is full; what was done before stands at its beginning.
    fn advance(&mut self, left: &[NumberBytes], right: &[NumberBytes], out: &mut [NumberBytes]) {
        while self.done() < out.len() {
            let out = &mut out[self.done()..];
            let (left, right) = (&left[self.left..], &right[self.right..]);
            let (from_left, from_right) = match left.len().min(right.len()).min(out.len()) {
                0 => rest(left, right, out),
                sure => take(left, right, &mut out[..sure]),
            };
            self.left += from_left;
            self.right += from_right;
        }
    }
}

/// Fills `out`, which is no longer than either piece, so that neither can run out meanwhile. Nearly all the time is
/// spent here.
fn take(left: &[NumberBytes], right: &[NumberBytes], out: &mut [NumberBytes]) -> (usize, usize) {
    let (mut from_left, mut from_right) = (0, 0);
    for number in out {
        let (l, r) = (left[from_left], right[from_right]);
        let right_first = u32::from_le_bytes(r) < u32::from_le_bytes(l);
        *number = if right_first { r } else { l };
        from_left += usize::from(!right_first);
        from_right += usize::from(right_first);
    }
    (from_left, from_right)
}

/// Fills `out` from the one piece that is left.
fn rest(left: &[NumberBytes], right: &[NumberBytes], out: &mut [NumberBytes]) -> (usize, usize) {
    let from = if left.is_empty() { right } else { left };
    out.copy_from_slice(&from[..out.len()]);
    if left.is_empty() { (0, out.len()) } else { (out.len(), 0) }
}

fn insertion_sort(run: &mut [NumberBytes]) {
    for end in 1..run.len() {
        let number = run[end];
        let mut hole = end;
        while hole > 0 && u32::from_le_bytes(number) < u32::from_le_bytes(run[hole - 1]) {
            run[hole] = run[hole - 1];
            hole -= 1;
        }
        run[hole] = number;
    }
}
