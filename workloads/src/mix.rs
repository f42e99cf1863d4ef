//! A mix: units of up to four parts, each of which waits, computes or moves memory, as long or as much as the
//! parameters say.
//!
//! What it shows: whether work that somebody described, by a median and a 95th percentile for each part, runs as a
//! model of it predicts.
//! Invariant: a unit arrives, does its parts in order, and is done. Amounts are those of [`spread`](crate::spread), so
//! that a model can have exactly the same; which unit gets which depends on the seed and the part alone.
//! Waits are timers. The work is real, but stands for other work: interpreted and compiled code alike make up a body
//! and check it, and differ only in whether a lock is released; a part that moves memory does triads as `stream` does.
//! A unit keeps control while it computes.
//! An answer is the CRC-32 of what was computed and of how much was taken, four bytes, low byte first, repeated until
//! the answer has its length.

mod memory;
mod part;
mod unit;

use std::time::Duration;

use part::{KINDS, STEP_TRAFFIC, TaskPart};
use unit::{STEP_BYTES, UnitTask};

use crate::body::Body;
use crate::checksum::Checksum;
use crate::{Info, Known, Nature, Param, Params, SharedBytes, Summary, Task, USUAL_STEP, Volume, Workload, zeros};

/// Bytes in a kilobyte.
const KILO: usize = 1000;

/// The most kilobytes that all units together take, and the most that they give: all of these are in the page's memory
/// at once, which ends at 512 MiB, together with copies of them. Where more is asked for, each unit has its share of
/// this.
const MOST_DATA: u32 = 128_000;

static INFO: Info = Info {
    id: "mix",
    title: "Mix of parts",
    blurb: "Units of work whose parts wait, compute or move memory for as long as you say: see whether they run as predicted.",
    nature: Nature::Mixed,
    params: &[
        Param { key: "size", label: "Units", unit: "", min: 1, max: 2_000, default: 40, demo: 40, ..Param::NUMBER },
        // 0: all at once. 2,000 of them: 67 minutes, and a trace holds 71
        Param { key: "every", label: "One arrives every", unit: "ms", max: 2_000, ..Param::NUMBER },
        kind("part1", "Part 1", 1),
        amount("amount1", "Part 1: µs, or kB that it moves", 10_000),
        tail("tail1", "Part 1: 95th percentile, of the median", 200),
        kind("part2", "Part 2", 2),
        amount("amount2", "Part 2: µs, or kB that it moves", 3_000),
        tail("tail2", "Part 2: 95th percentile, of the median", 200),
        kind("part3", "Part 3", 3),
        amount("amount3", "Part 3: µs, or kB that it moves", 2_000),
        tail("tail3", "Part 3: 95th percentile, of the median", 100),
        kind("part4", "Part 4", 0),
        amount("amount4", "Part 4: µs, or kB that it moves", 0),
        tail("tail4", "Part 4: 95th percentile, of the median", 100),
        Param { key: "in", label: "Data that each takes", unit: "kB", max: 65_536, ..Param::NUMBER },
        Param { key: "out", label: "Data that each gives", unit: "kB", max: 65_536, ..Param::NUMBER },
    ],
    modelled: Some(
        "Network and disk are modelled: each wait is a timer. So is the interpreter: what is to be interpreted is compiled \
         code that stands for it, and takes as long.",
    ),
    answer: "{units} {units?unit:units} took {taken} kB and gave {given} kB; checksum {digest}",
    unit: Some("units"),
    one_memory: None,
};

/// The parameter for what a part is; the default is the one of [`KINDS`] at `usual`.
const fn kind(key: &'static str, label: &'static str, usual: u32) -> Param {
    Param { default: usual, demo: usual, ..Param::choice(key, label, KINDS) }
}

/// The parameter for the median amount of a part.
const fn amount(key: &'static str, label: &'static str, usual: u32) -> Param {
    Param { key, label, max: 5_000_000, default: usual, demo: usual, ..Param::NUMBER }
}

/// The parameter for its 95th percentile, in percent of the median; at 100, all amounts are the same.
const fn tail(key: &'static str, label: &'static str, usual: u32) -> Param {
    Param { key, label, unit: "%", min: 100, max: 2_000, default: usual, demo: usual, ..Param::NUMBER }
}

/// The workload.
pub struct Mix;

impl Workload for Mix {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![units(params)]
    }

    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[("strategies", "blocking,event-loop,offload,threads"), ("samples", "3")]
    }

    fn input(
        &self,
        params: &Params,
        _seed: u64,
        _phase: usize,
        _index: usize,
        _previous: &[SharedBytes],
    ) -> Vec<SharedBytes> {
        match each(params, "in") {
            0 => Vec::new(),
            kilobytes => zeros(kilobytes as usize * KILO),
        }
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task> {
        let draw = |part: TaskPart| (part, part.draw(units(params), index, seed));
        let arrives = (params.get("every") > 0).then(|| every(params) * index as u32);
        let (mut body, taken) = (Body::new(seed, index), input.iter().map(|part| part.len() as u64).sum::<u64>());
        body.check(&taken.to_le_bytes());
        let parts = TaskPart::all(params).into_iter().map(draw).collect();
        Box::new(UnitTask::new(arrives, parts, body, each(params, "out") as usize * KILO))
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        let [taken, given] = ["in", "out"].map(|key| each(params, key) * params.get("size"));
        Summary::new(format!("{checksum:08x}")).with("units", last.len()).with("taken", taken).with("given", given)
    }

    fn waits(&self, params: &Params) -> Duration {
        let (count, parts): (_, Duration) = (params.get("size"), sum(params, TaskPart::waits));
        // work that is done one unit after the other falls behind, or waits for the last unit to arrive
        parts.max(every(params) * (count - 1) + parts / count)
    }

    fn computes(&self, params: &Params) -> Duration {
        let given = f64::from(each(params, "out")) * units(params) as f64 * KILO as f64;
        sum::<Duration>(params, TaskPart::computes) + USUAL_STEP.mul_f64(given / STEP_BYTES as f64)
    }

    /// All that is moved, where that is most of the computing; otherwise 0, because it is not what takes the time.
    fn traffic(&self, params: &Params) -> f64 {
        let traffic: f64 = sum(params, TaskPart::traffic);
        let moving = USUAL_STEP.mul_f64(traffic / STEP_TRAFFIC);
        if moving * 2 > self.computes(params) { traffic } else { 0.0 }
    }

    fn keeps_control(&self, _params: &Params) -> bool {
        true
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        Some(Volume { amount: params.get("size").into() })
    }

    fn known(&self) -> Known {
        Known {
            params: &[
                ("size", 5),
                ("amount1", 300),
                ("amount2", 400),
                ("amount3", 250),
                ("part4", 4),
                ("amount4", 2_500),
                ("tail4", 300),
                ("in", 3),
                ("out", 2),
            ],
            seed: 1,
            digest: "237b264e",
            facts: &[("units", 5), ("taken", 15), ("given", 10)],
            source: "SplitMix64, statistics.NormalDist, triads of whole numbers and zlib.crc32, in Python",
        }
    }
}

fn units(params: &Params) -> usize {
    params.get("size") as usize
}

fn every(params: &Params) -> Duration {
    Duration::from_millis(params.get("every").into())
}

/// Kilobytes that each unit takes, or gives, depending on the key.
fn each(params: &Params, key: &str) -> u32 {
    params.get(key).min(MOST_DATA / params.get("size"))
}

/// The sum of `of` over all parts, for all units together.
fn sum<T: std::iter::Sum>(params: &Params, of: impl Fn(&TaskPart, usize) -> T) -> T {
    TaskPart::all(params).iter().map(|part| of(part, units(params))).sum()
}
