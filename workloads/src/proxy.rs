//! A proxy's requests: hardly any work, and a long wait for an answer.
//!
//! What it shows: waiting needs no processor, so one thread that keeps many requests open gets as far as many threads.
//! Invariant: a request arrives, is a little work, one wait, a little work, done; its answer depends on the seed and
//! its index, not on when it arrived or how long it waited.
//! The network is modelled (a page may not open connections to wherever it likes): each wait is a timer of the length
//! asked for. The work is real: the checksum of a made-up request, then of a made-up response.
//! An answer is the CRC-32 of both bodies, four bytes, low byte first.

use std::time::Duration;

use crate::body::Body;
use crate::checksum::Checksum;
use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, StepKind, Summary, Task, Volume, Workload};

/// Numbers of eight bytes in a body: about 0.05 ms to make and to check.
const BODY_NUMBERS: usize = 3_000;

static INFO: Info = Info {
    id: "proxy",
    title: "Proxy",
    blurb: "Passes requests on and waits for the answers: next to no work, so what counts is waiting for many at once.",
    nature: Nature::Wait,
    params: &[
        Param {
            key: "size",
            label: "Requests",
            unit: "",
            min: 1,
            max: 10_000,
            default: 200,
            demo: 25,
            ..Param::NUMBER
        },
        // San Francisco to New York, 40 ms: the table of latencies in Brendan Gregg, Systems Performance.
        Param {
            key: "wait",
            label: "Wait for each",
            unit: "ms",
            min: 1,
            max: 400, // 10,000 of them one after the other: 67 minutes, and a trace holds 71
            default: 40,
            demo: 40,
            ..Param::NUMBER
        },
        Param { key: "every", label: "One arrives every", unit: "ms", max: 400, ..Param::NUMBER }, // 0: all at once
    ],
    modelled: Some(
        "The network is modelled: each wait is a timer, 40 ms being San Francisco to New York. Blocking may not put the \
         page's thread to sleep, so it watches the clock instead.",
    ),
    answer: "{requests} requests answered; checksum {digest}",
    unit: Some("requests"),
    one_memory: None,
};

/// The workload.
pub struct Proxy;

impl Workload for Proxy {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![params.get("size") as usize]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        Box::new(ProxyTask {
            body: Body::new(seed, index),
            arrives: Some(every(params) * index as u32).filter(|moment| !moment.is_zero()),
            wait: wait(params),
            asked: false,
        })
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        let checksum = Checksum::of(last.iter().map(|part| part.as_slice()));
        Summary::new(format!("{checksum:08x}")).with("requests", last.len())
    }

    fn waits(&self, params: &Params) -> Duration {
        // waiting for one after the other falls behind, or waits for the last to arrive
        (wait(params) * params.get("size")).max(every(params) * (params.get("size") - 1) + wait(params))
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        Some(Volume { amount: params.get("size").into() })
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 3), ("wait", 1)],
            seed: 1,
            digest: "e43b0fb5",
            facts: &[("requests", 3)],
            source: "SplitMix64 and zlib.crc32, in Python",
        }
    }
}

fn wait(params: &Params) -> Duration {
    Duration::from_millis(params.get("wait").into())
}

fn every(params: &Params) -> Duration {
    Duration::from_millis(params.get("every").into())
}

/// The task: one request and its response.
struct ProxyTask {
    body: Body,
    /// When it arrives, until that wait has begun.
    arrives: Option<Duration>,
    wait: Duration,
    /// Whether the request is out.
    asked: bool,
}

impl Task for ProxyTask {
    fn step(&mut self, _now: Duration) -> Step {
        if let Some(moment) = self.arrives.take() {
            return Step::WaitUntil(moment);
        }
        self.body.go_on(BODY_NUMBERS);
        if self.asked {
            return Step::Done(self.body.checked().to_vec());
        }
        self.asked = true;
        Step::Wait(self.wait)
    }

    fn next(&self) -> StepKind {
        StepKind::Light
    }
}
