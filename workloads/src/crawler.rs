//! A crawler: fetch a page, do something slow with it, store the result.
//!
//! What it shows: waiting and computing in turns. One thread can wait for many pages at once, but it can read only one
//! at a time; several workers read several, but each that waits for its page leaves a core idle, unless there are more
//! workers than cores or something else for them to do meanwhile.
//! Invariant: a page is a wait, then work, then a short wait, done; its answer depends on the seed, its index and the
//! length, not on how long it waited.
//! The network is modelled (a page may not open connections to wherever it likes): each wait is a timer of the length
//! asked for, and the text is made up. The work is real: the edit distance between the page and its previous version,
//! by the textbook's table (Wagner and Fischer, 1974), which takes time in proportion to the square of the length.
//! An answer is that distance, four bytes, low byte first.

use std::time::Duration;

use crate::checksum::Checksum;
use crate::noise::Noise;
use crate::{
    Info, Known, Nature, Param, Params, SharedBytes, Step, StepKind, Summary, Task, USUAL_STEP, Volume, Workload,
};

/// Storing a result takes this long: a database nearby.
const STORE: Duration = Duration::from_millis(5);

/// Cells of the table that make a step of about 0.1 ms.
const STEP_CELLS: usize = 60_000;

/// About one letter in this many was different in the previous version.
const CHANGED: u64 = 8;

static INFO: Info = Info {
    id: "crawler",
    title: "Web crawler",
    blurb: "Waits for each page, then reads it slowly: waiting wants many pages open at once, reading wants more cores.",
    nature: Nature::Mixed,
    params: &[
        Param { key: "size", label: "Pages", unit: "", min: 1, max: 2_000, default: 40, demo: 20, ..Param::NUMBER },
        Param {
            key: "wait",
            label: "Wait for each",
            unit: "ms",
            min: 1,
            max: 500,
            default: 40,
            demo: 40,
            ..Param::NUMBER
        },
        // Work grows with the square: 2,500 letters take about 10 ms.
        Param {
            key: "length",
            label: "Length",
            unit: "letters",
            min: 100,
            max: 10_000,
            default: 2_500,
            demo: 2_500,
            ..Param::NUMBER
        },
    ],
    modelled: Some(
        "The network is modelled: each wait is a timer, the last 5 ms of a page being for storing its result.",
    ),
    answer: "{pages} pages with {changes} changes; checksum {digest}",
    unit: Some("pages"),
    one_memory: None,
};

/// The workload.
pub struct Crawler;

impl Workload for Crawler {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![params.get("size") as usize]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        Box::new(Visit {
            noise: Noise::new(seed, index),
            wait: Duration::from_millis(params.get("wait").into()),
            length: params.get("length") as usize,
            stage: Stage::Fetch,
        })
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        let distances = last.iter().flat_map(|part| part.as_chunks().0).map(|&bytes| u32::from_le_bytes(bytes));
        let changes: u32 = distances.sum();
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        Summary::new(format!("{checksum:08x}")).with("pages", last.len()).with("changes", changes)
    }

    fn waits(&self, params: &Params) -> Duration {
        (Duration::from_millis(params.get("wait").into()) + STORE) * params.get("size")
    }

    fn computes(&self, params: &Params) -> Duration {
        let [pages, length] = ["size", "length"].map(|key| u64::from(params.get(key)));
        USUAL_STEP * (pages * length * length / STEP_CELLS as u64) as u32
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        Some(Volume { amount: params.get("size").into() })
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 3), ("wait", 1), ("length", 200)],
            seed: 1,
            digest: "d2a2b4b1",
            facts: &[("pages", 3), ("changes", 70)],
            source: "SplitMix64, the whole table and zlib.crc32, in Python",
        }
    }
}

/// The task: one page.
struct Visit {
    noise: Noise,
    wait: Duration,
    length: usize,
    stage: Stage,
}

/// What is to be done next.
enum Stage {
    Fetch,
    Arrive,
    Read(DistanceTable),
    Finish(u32),
}

impl Task for Visit {
    fn step(&mut self, _now: Duration) -> Step {
        match &mut self.stage {
            Stage::Fetch => {
                self.stage = Stage::Arrive;
                return Step::Wait(self.wait);
            }
            Stage::Arrive => self.stage = Stage::Read(DistanceTable::new(&mut self.noise, self.length)),
            Stage::Read(table) => {
                if let Some(distance) = table.fill() {
                    self.stage = Stage::Finish(distance);
                    return Step::Wait(STORE);
                }
            }
            Stage::Finish(distance) => return Step::Done(distance.to_le_bytes().to_vec()),
        }
        Step::Progress
    }

    fn next(&self) -> StepKind {
        if matches!(self.stage, Stage::Read(_)) { StepKind::Heavy } else { StepKind::Light }
    }
}

/// The table of Wagner and Fischer: cell (i, j) is the distance between the first i letters of the page and the first j
/// of the version before. Only one row is kept.
struct DistanceTable {
    page: Vec<u8>,
    before: Vec<u8>,
    row: Vec<u32>,
    /// Rows done.
    done: usize,
}

impl DistanceTable {
    /// Makes up a page and the version before, letter by letter.
    fn new(noise: &mut Noise, length: usize) -> Self {
        let (mut page, mut before) = (Vec::new(), Vec::new());
        for _ in 0..length {
            let number = noise.number();
            let [new, old] = [number, number >> 8].map(|number| number as u8 % 26);
            page.push(new);
            before.push(if (number >> 16).is_multiple_of(CHANGED) { old } else { new });
        }
        Self { page, before, row: (0..=length as u32).collect(), done: 0 }
    }

    /// Fills some more rows; returns the distance once the last is filled.
    fn fill(&mut self) -> Option<u32> {
        let rows = self.page[self.done..].iter().take(STEP_CELLS.div_ceil(self.before.len()));
        for letter in rows {
            self.done += 1;
            next_row(&mut self.row, *letter, &self.before, self.done as u32);
        }
        if self.done == self.page.len() { self.row.last().copied() } else { None }
    }
}

/// Turns a row into the next, the one of `letter`, whose first cell is `first`.
fn next_row(row: &mut [u32], letter: u8, before: &[u8], first: u32) {
    let (mut left, mut diagonal) = (first, row[0]);
    row[0] = first;
    for (cell, other) in row[1..].iter_mut().zip(before) {
        let replaced = diagonal + u32::from(letter != *other);
        diagonal = *cell;
        left = replaced.min(1 + left.min(diagonal));
        *cell = left;
    }
}
