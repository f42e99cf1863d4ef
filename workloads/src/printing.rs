//! Tasks that print: A three lines, B four, C two, and so on; between two lines each gives control back, or does not.
//!
//! What it shows: who decides when another task gets its turn. On an event loop the order of lines follows from the
//! tasks alone: tasks that give way after each line take turns, and tasks that do not print all of their lines in a
//! row.
//! Invariant: the order is never part of an answer, because with threads it may be any; the lanes show when a line was
//! printed. A line is a little computing, as the blurb says, and nothing is written anywhere.
//! An answer is the CRC-32 of what was computed, four bytes, low byte first.

use std::time::Duration;

use crate::body::{Body, STEP_NUMBERS};
use crate::checksum::Checksum;
use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, Workload};

/// How many lines the first three tasks print, as in the talk; the next tasks repeat these numbers.
const LINES: [u32; 3] = [3, 4, 2];
/// Steps in a millisecond of a line.
const STEPS: u32 = 10;

static INFO: Info = Info {
    id: "printing",
    title: "Printing tasks",
    blurb: "Tasks print lines, each a little computing, and give way after every line, or never: the order shows who decides.",
    nature: Nature::Compute,
    params: &[
        Param { key: "size", label: "Tasks", unit: "", min: 1, max: 26, default: 3, demo: 3, ..Param::NUMBER },
        Param::choice("gives", "Gives way after a line", &["yes", "no"]),
        Param {
            key: "line",
            label: "A line takes about",
            unit: "ms",
            min: 1,
            max: 200,
            default: 1,
            demo: 1,
            ..Param::NUMBER
        },
        Param { key: "sleep", label: "Waits after a line", unit: "ms", max: 100, ..Param::NUMBER },
    ],
    modelled: None,
    answer: "{lines} lines by {tasks} {tasks?task:tasks}; checksum {digest}",
    unit: None,
    one_memory: None,
};

/// The workload.
pub struct Printing;

impl Workload for Printing {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![params.get("size") as usize]
    }

    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[("strategies", "blocking,event-loop,threads")]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        Box::new(Writer {
            body: Body::new(seed, index),
            line: line_steps(params),
            steps: lines(index) * line_steps(params),
            after: after_a_line(params),
        })
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        let all: u32 = (0..last.len()).map(lines).sum();
        Summary::new(format!("{checksum:08x}")).with("tasks", last.len()).with("lines", all)
    }

    fn waits(&self, params: &Params) -> Duration {
        let between: u32 = (0..params.get("size") as usize).map(|index| lines(index) - 1).sum();
        Duration::from_millis(params.get("sleep").into()) * between
    }

    fn keeps_control(&self, params: &Params) -> bool {
        after_a_line(params) == Step::Keep
    }

    fn prints(&self, index: usize) -> Option<u32> {
        Some(lines(index))
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 2)],
            seed: 1,
            digest: "be4a5550",
            facts: &[("tasks", 2), ("lines", 7)],
            source: "SplitMix64 and zlib.crc32, in Python",
        }
    }
}

/// What a task does between two lines.
fn after_a_line(params: &Params) -> Step {
    match (params.get("sleep"), params.get("gives")) {
        (0, 0) => Step::Progress,
        (0, _) => Step::Keep,
        (sleep, _) => Step::Wait(Duration::from_millis(sleep.into())),
    }
}

/// How many steps a line takes.
fn line_steps(params: &Params) -> u32 {
    params.get("line") * STEPS
}

fn lines(index: usize) -> u32 {
    LINES[index % LINES.len()]
}

/// The task: how many steps are left, and what it does after each line.
struct Writer {
    body: Body,
    steps: u32,
    /// The steps of one line.
    line: u32,
    after: Step,
}

impl Task for Writer {
    fn step(&mut self, _now: Duration) -> Step {
        self.body.go_on(STEP_NUMBERS);
        self.steps -= 1;
        match self.steps {
            0 => Step::Done(self.body.checked().to_vec()),
            left if left.is_multiple_of(self.line) => self.after.clone(),
            _ => Step::Keep, // in the middle of a line
        }
    }
}
