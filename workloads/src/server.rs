//! A web service: requests arrive whether or not it is ready for them, and a few of them compute for long.
//!
//! What it shows: what a handler that computes does to all the others. On an event loop it keeps control until it is
//! done, so every request that arrives meanwhile waits; sent to a thread or a process, it delays no other.
//! Invariant: arrivals are open-loop: when a request arrives depends on the seed and its index, never on how earlier
//! requests fared. A quick request begins with the wait for its arrival, so its latency counts from its arrival. A
//! request that computes for long announces itself beforehand, so that latencies are those of all the others: it takes
//! long by itself.
//! The network is modelled: a request arrives when a timer ends. The work is real: the checksum of made-up bodies.
//! An answer is the CRC-32 of the request's bodies, four bytes, low byte first.

use std::time::Duration;

use crate::body::{Body, STEP_NUMBERS};
use crate::checksum::Checksum;
use crate::noise::Noise;
use crate::{
    Info, Known, Nature, Param, Params, SharedBytes, Step, StepKind, Summary, Task, USUAL_STEP, Volume, Workload,
};

/// How requests may arrive.
const RATES: &[&str] = &["steady", "random"];
/// The place of `random` among them.
const RANDOM: u32 = 1;
/// No gap is longer than this many usual gaps.
const LONGEST_GAP: f64 = 5.0;

static INFO: Info = Info {
    id: "server",
    title: "Web service",
    blurb: "Requests keep arriving, and a few compute for a long time: what counts is how long all the others wait.",
    nature: Nature::Mixed,
    params: &[
        Param { key: "size", label: "Requests", unit: "", min: 1, max: 2_000, default: 100, demo: 60, ..Param::NUMBER },
        Param {
            key: "every",
            label: "One arrives every",
            unit: "ms",
            min: 1,
            max: 400,
            default: 10,
            demo: 10,
            ..Param::NUMBER
        },
        Param::choice("rate", "They arrive", RATES),
        Param { key: "long", label: "Long ones", unit: "%", min: 0, max: 100, default: 5, demo: 5, ..Param::NUMBER },
        Param {
            key: "compute",
            label: "A long one computes for about",
            unit: "ms",
            min: 1,
            max: 1_000,
            default: 80,
            demo: 80,
            ..Param::NUMBER
        },
    ],
    modelled: Some(
        "The network is modelled: a request arrives when a timer ends. What a request computes is computed.",
    ),
    answer: "{requests} requests, {long} of them long; checksum {digest}",
    unit: Some("requests"),
    one_memory: None,
};

/// The workload.
pub struct Server;

impl Workload for Server {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![params.get("size") as usize]
    }

    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[("strategies", "event-loop,offload,offload-processes"), ("samples", "3")]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        let long = is_long(params, index);
        Box::new(Request {
            body: Body::new(seed, index),
            arrives: arrival(params, seed, index),
            stage: if long { Stage::Announce } else { Stage::Arrive },
            heavy: if long { heavy_steps(params) } else { 0 },
        })
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        let long = (0..last.len()).filter(|index| is_long(params, *index)).count();
        Summary::new(format!("{checksum:08x}")).with("requests", last.len()).with("long", long)
    }

    fn waits(&self, params: &Params) -> Duration {
        every(params) * (params.get("size") - 1)
    }

    fn computes(&self, params: &Params) -> Duration {
        let long = (0..params.get("size") as usize).filter(|index| is_long(params, *index)).count();
        USUAL_STEP * (long as u32 * heavy_steps(params) + params.get("size"))
    }

    fn keeps_control(&self, _params: &Params) -> bool {
        true
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        Some(Volume { amount: params.get("size").into() })
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 4), ("every", 1), ("long", 50), ("compute", 1)],
            seed: 1,
            digest: "cb1f4034",
            facts: &[("requests", 4), ("long", 2)],
            source: "SplitMix64 and zlib.crc32, in Python",
        }
    }
}

fn every(params: &Params) -> Duration {
    Duration::from_millis(params.get("every").into())
}

/// Usual steps in a long request.
fn heavy_steps(params: &Params) -> u32 {
    params.get("compute") * (Duration::from_millis(1).as_nanos() / USUAL_STEP.as_nanos()) as u32
}

/// Whether request `index` is long: the given percentage of them is, evenly spread.
fn is_long(params: &Params, index: usize) -> bool {
    let before = |count: usize| count * params.get("long") as usize / 100;
    before(index + 1) > before(index)
}

/// When a request arrives, counted from the beginning of the sample: at equal gaps, or at gaps as between independent
/// callers (exponential, by the inverse of their distribution), cut off at [`LONGEST_GAP`].
fn arrival(params: &Params, seed: u64, index: usize) -> Duration {
    if params.get("rate") != RANDOM {
        return every(params) * index as u32;
    }
    let gap = |at: usize| {
        // 53 bits make a fraction; 0 has no logarithm
        let share = ((Noise::new(seed, at).number() >> 11) + 1) as f64 / (1_u64 << 53) as f64;
        every(params).mul_f64((-share.ln()).min(LONGEST_GAP))
    };
    (0..index).map(gap).sum()
}

/// The task: one request.
struct Request {
    body: Body,
    arrives: Duration,
    stage: Stage,
    /// Heavy steps that are left.
    heavy: u32,
}

/// What is to be done next.
enum Stage {
    /// Announcing itself, so that its latency does not count.
    Announce,
    /// Waiting for its arrival.
    Arrive,
    /// Computing.
    Handle,
    /// Answering.
    Answer,
}

impl Task for Request {
    fn step(&mut self, _now: Duration) -> Step {
        match self.stage {
            Stage::Announce => {
                self.stage = Stage::Arrive;
                Step::Progress
            }
            Stage::Arrive => {
                self.stage = if self.heavy > 0 { Stage::Handle } else { Stage::Answer };
                Step::WaitUntil(self.arrives)
            }
            Stage::Handle => {
                self.body.go_on(STEP_NUMBERS);
                self.heavy -= 1;
                if self.heavy == 0 {
                    self.stage = Stage::Answer;
                }
                Step::Keep // the handler has no await here
            }
            Stage::Answer => {
                self.body.go_on(STEP_NUMBERS);
                Step::Done(self.body.checked().to_vec())
            }
        }
    }

    fn next(&self) -> StepKind {
        if let Stage::Handle = self.stage { StepKind::Heavy } else { StepKind::Light }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(pairs: &[(&str, u32)]) -> Params {
        let mut params = Params::defaults(&INFO);
        pairs.iter().for_each(|(key, value)| params.set(key, *value).expect("legal"));
        params
    }

    #[test]
    fn so_many_of_a_hundred_are_long() {
        for percent in [0, 1, 5, 33, 50, 100] {
            let params = params(&[("long", percent)]);
            assert_eq!((0..1_000).filter(|index| is_long(&params, *index)).count(), percent as usize * 10);
        }
    }

    #[test]
    fn arrivals_are_in_order_and_on_average_as_asked() {
        for rate in 0..RATES.len() as u32 {
            let params = params(&[("rate", rate), ("every", 10), ("size", 2_000)]);
            let all: Vec<_> = (0..1_000).map(|index| arrival(&params, 7, index)).collect();
            assert!(all.is_sorted());
            let mean = all[999].as_secs_f64() / 999.0 * 1000.0;
            assert!((9.0..11.0).contains(&mean), "{}: {mean} ms", RATES[rate as usize]);
        }
    }
}
