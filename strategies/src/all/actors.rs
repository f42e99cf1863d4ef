//! A few workers with memories of their own, each an event loop that interleaves its share of the tasks.
//!
//! Cooperative within a worker, isolated between workers: the fourth field of the matrix. The tasks are dealt out once,
//! like cards, because what an actor has begun lives in its memory and cannot be taken over.

use super::*;

/// Deals the tasks to event loops in memories of their own.
pub struct Actors;

static META: Meta = Meta {
    id: "actors",
    name: "actors",
    plain: "actors",
    plural: true,
    team: "{n} {n?actor:actors}",
    line: "Workers with memories of their own, each an event loop: tasks are dealt out, and take turns where they land.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    parallel: true,
    front: false,
    opening: false,
    contrast: false,
    without_sharing: None,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "an asyncio loop in each process" },
        Equivalent { language: "Rust", name: "a thread each with its own loop, and channels" },
        Equivalent { language: "Go", name: "goroutines that own their data, and channels" },
        Equivalent { language: "JavaScript", name: "async Workers and postMessage" },
    ],
    samples: true,
};

impl Strategy for Actors {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let actors = host.processes();
            let busy = (0..actors.len()).filter(|lane| *lane < batch.answers.len());
            let order = |lane: usize| -> Pending<'_, _> {
                Box::pin(async move {
                    sample.check()?;
                    let order =
                        batch.order(Mode::Interleaved, (lane..batch.answers.len()).step_by(actors.len()), sample);
                    actors[lane].carry_out(order).await?.take_in(lane, batch, sample);
                    sample.check()
                })
            };
            together(busy.map(order).collect()).await
        })
    }
}
