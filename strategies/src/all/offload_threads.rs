//! An event loop in front that waits for everything and computes next to nothing. It does light steps itself; each
//! stretch of heavy steps goes to a pool of threads (`asyncio.to_thread`, `spawn_blocking`).

use super::*;

/// A loop in front of a pool of threads.
pub struct OffloadThreads;

static META: Meta = Meta {
    id: "offload",
    name: "loop + threads",
    plain: "the loop with its threads",
    plural: false,
    team: "a loop with {n} {n?thread:threads}",
    line: "An event loop waits for everything and sends what must be computed to a pool of threads.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: true,
    front: true,
    opening: false,
    contrast: false,
    without_sharing: Some("offload-processes"),
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "asyncio.to_thread" },
        Equivalent { language: "Rust", name: "tokio::task::spawn_blocking" },
        Equivalent { language: "Go", name: "a goroutine and a pool behind a channel" },
        Equivalent { language: "JavaScript", name: "async functions that await a Worker pool" },
    ],
    samples: true,
};

impl Strategy for OffloadThreads {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(loop_and_threads(batch, sample, |lane| Stepper::free(lane, sample)))
    }
}
