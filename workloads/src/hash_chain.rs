//! A chain of hashes: each is the SHA-256 of the one before, and so cannot begin before it.
//!
//! What it shows: work that depends on itself is one task, however many workers there are; more workers bring nothing.
//! Invariant: link 0 is the seed, eight bytes, low byte first; link n is the SHA-256 of link n - 1.
//! The answer is the last link, 32 bytes.

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, Workload};

/// Hashes that the parameter counts as one.
const THOUSAND: u32 = 1_000;

/// Hashes that make a step of about 0.1 ms: a value between those of a processor with instructions for it and of one
/// (or WebAssembly) without.
const STEP_HASHES: u32 = 900;

static INFO: Info = Info {
    id: "hash-chain",
    title: "Hash chain",
    blurb: "Hashes a hash, and that one again: each needs the one before, so a second worker has nothing to do.",
    nature: Nature::Compute,
    params: &[Param {
        key: "size",
        label: "Hashes",
        unit: "thousand",
        min: 1,
        max: 10_000,
        default: 500,
        demo: 500,
        ..Param::NUMBER
    }],
    modelled: None,
    answer: "last hash {digest}",
    unit: None,
    one_memory: None,
};

/// The workload.
pub struct HashChain;

impl Workload for HashChain {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _params: &Params) -> Vec<usize> {
        vec![1]
    }

    fn task(&self, params: &Params, seed: u64, _phase: usize, _index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        Box::new(Chain { link: seed.to_le_bytes().to_vec(), left: params.get("size") * THOUSAND })
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        Summary::new(last.iter().flat_map(|link| link.iter()).map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 1)],
            seed: 1,
            digest: "3a98dc30479b0e4f4f946529f740f9dff67aafe69f03b977863c089d7fe9fb9a",
            facts: &[],
            source: "hashlib.sha256, a thousand times, in Python",
        }
    }
}

/// The task: the link reached, and how many hashes are left.
struct Chain {
    link: Vec<u8>,
    left: u32,
}

impl Task for Chain {
    fn step(&mut self, _now: Duration) -> Step {
        let now = self.left.min(STEP_HASHES);
        for _ in 0..now {
            let hash = Sha256::digest(&self.link);
            self.link.resize(hash.len(), 0);
            self.link.copy_from_slice(&hash);
        }
        self.left -= now;
        if self.left > 0 { Step::Progress } else { Step::Done(std::mem::take(&mut self.link)) }
    }
}
