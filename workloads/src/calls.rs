//! What handlers call: six of them await, compute or block, each in its own way, one after the other, while a seventh
//! task only wants a turn every few milliseconds.
//!
//! ```text
//! slot      0        1        2        3
//! call      await    ready    compute  pieces    ...
//! the other | | | |  |      | |      | | | | |         no turn: somebody keeps the loop
//! ```
//! What it shows: what keeps an event loop from all other tasks, and what does not, however it is written.
//! Invariant: each call has a slot of time of its own. If the other task misses turns in a slot, that call is the
//! cause.
//! Network and disk are modelled: an answer is there when a timer ends. A call that blocks holds its thread until then.
//! An answer is the CRC-32 of what was computed, four bytes, low byte first.

use std::time::Duration;

use crate::body::{Body, STEP_NUMBERS};
use crate::checksum::Checksum;
use crate::{
    Info, Known, Nature, Param, Params, SharedBytes, Slots, Step, StepKind, Summary, Task, USUAL_STEP, Workload,
};

/// The words of the calls, in order of their slots.
const CALLS: [&str; 6] = ["await", "ready", "compute", "pieces", "block", "sent"];
/// The tasks of the calls, and the one that wants regular turns.
const TASKS: usize = CALLS.len() + 1;
/// How often the other task wants a turn.
const BEAT: Duration = Duration::from_millis(5);

static INFO: Info = Info {
    id: "calls",
    title: "Calls on a loop",
    blurb: "Six handlers await, compute or block, each in its own way, while another wants a turn every 5 ms: see which keep it waiting.",
    nature: Nature::Mixed,
    params: &[Param {
        key: "size",
        label: "Each call takes about",
        unit: "ms",
        min: 10,
        max: 400,
        default: 60,
        demo: 60,
        ..Param::NUMBER
    }],
    modelled: Some("Network and disk are modelled: an answer is there when a timer ends. Computing is computed."),
    answer: "{calls} calls; checksum {digest}",
    unit: None,
    one_memory: None,
};

/// The workload.
pub struct Calls;

impl Workload for Calls {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _params: &Params) -> Vec<usize> {
        vec![TASKS]
    }

    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[("strategies", "event-loop,offload"), ("samples", "3")]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        let body = Body::new(seed, index);
        match CALLS.get(index) {
            Some(call) => Box::new(Handler {
                call,
                begins: slot(params) * index as u32,
                takes: takes(params),
                stage: Stage::Announce,
                left: steps(params),
                body,
            }),
            None => Box::new(Other { announced: false, beats: beats(params), next: 0, body }),
        }
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        Summary::new(format!("{checksum:08x}")).with("calls", last.len().saturating_sub(1))
    }

    fn waits(&self, params: &Params) -> Duration {
        BEAT * (beats(params) - 1) // the last beat comes after every call
    }

    fn computes(&self, params: &Params) -> Duration {
        USUAL_STEP * (4 * steps(params) + beats(params))
    }

    fn slots(&self, params: &Params) -> Option<Slots> {
        Some(Slots { words: &CALLS, each: slot(params), beats: CALLS.len(), takes: takes(params) })
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 10)],
            seed: 1,
            digest: "cc627fe1",
            facts: &[("calls", 6)],
            source: "SplitMix64 and zlib.crc32, in Python",
        }
    }
}

fn takes(params: &Params) -> Duration {
    Duration::from_millis(params.get("size").into())
}

/// A call's slot: half as long again as the call, so that the next one finds the loop free.
fn slot(params: &Params) -> Duration {
    takes(params) * 3 / 2
}

/// Usual steps in a call that computes.
fn steps(params: &Params) -> u32 {
    (takes(params).as_nanos() / USUAL_STEP.as_nanos()) as u32
}

/// How many turns the other task wants: until the last slot ends.
fn beats(params: &Params) -> u32 {
    (slot(params) * CALLS.len() as u32).as_millis().div_ceil(BEAT.as_millis()) as u32
}

/// The task: a handler that makes one of the calls.
struct Handler {
    call: &'static str,
    begins: Duration,
    takes: Duration,
    stage: Stage,
    /// Steps that are left, if it computes.
    left: u32,
    body: Body,
}

/// What is to be done next.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// Announcing itself, so that no latency is reported of it.
    Announce,
    /// Waiting for its slot.
    Begin,
    /// Making its call.
    Call,
    /// Returning.
    Return,
}

impl Handler {
    /// Whether its call is to compute; else it is to wait.
    fn computes(&self) -> bool {
        !["await", "block"].contains(&self.call)
    }

    fn call(&mut self) -> Step {
        if self.computes() {
            self.body.go_on(STEP_NUMBERS);
            self.left -= 1;
        }
        if !self.computes() || self.left == 0 {
            self.stage = Stage::Return;
        }
        match self.call {
            "await" => Step::Wait(self.takes),
            "block" => Step::Block(self.takes),
            "pieces" | "sent" => Step::Progress,
            // awaiting something that is ready gives way as little as awaiting nothing
            _ => Step::Keep,
        }
    }
}

impl Task for Handler {
    fn step(&mut self, _now: Duration) -> Step {
        match self.stage {
            Stage::Announce => {
                self.stage = Stage::Begin;
                Step::Progress
            }
            Stage::Begin => {
                self.stage = Stage::Call;
                Step::WaitUntil(self.begins)
            }
            Stage::Call => self.call(),
            Stage::Return => Step::Done(self.body.checked().to_vec()),
        }
    }

    /// Only the call `sent` was written to be sent away, however long the others take.
    fn next(&self) -> StepKind {
        if self.call == "sent" && self.stage == Stage::Call { StepKind::Heavy } else { StepKind::Light }
    }
}

/// The task that wants a turn every few milliseconds.
struct Other {
    /// Whether it has announced itself, so that no latency is reported of it.
    announced: bool,
    beats: u32,
    /// The next beat.
    next: u32,
    body: Body,
}

impl Task for Other {
    fn step(&mut self, _now: Duration) -> Step {
        if !std::mem::replace(&mut self.announced, true) {
            return Step::Progress;
        }
        self.body.go_on(STEP_NUMBERS);
        self.next += 1;
        if self.next == self.beats {
            return Step::Done(self.body.checked().to_vec());
        }
        Step::WaitUntil(BEAT * self.next)
    }

    fn next(&self) -> StepKind {
        StepKind::Light
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beats_last_until_the_last_call_is_over() {
        for size in [10, 15, 60, 400] {
            let mut params = Params::defaults(&INFO);
            params.set("size", size).expect("legal");
            let end = slot(&params) * CALLS.len() as u32;
            assert!(BEAT * beats(&params) >= end && BEAT * (beats(&params) - 1) < end, "{size}");
        }
    }
}
