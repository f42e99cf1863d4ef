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
    line: "Workers with memories of their own, each an event loop: tasks are dealt out, and take turns where they land.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    parallel: true,
    front: false,
    opening: false,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "an asyncio loop in each process", file: "actors.py" },
        Equivalent { language: "Rust", name: "a thread each with its own loop, and channels", file: "actors.rs" },
        Equivalent { language: "Go", name: "goroutines that own their data, and channels", file: "actors.go" },
        Equivalent { language: "JavaScript", name: "async Workers and postMessage", file: "actors.js" },
    ],
};

impl Strategy for Actors {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let actors = host.processes();
            let busy = (0..actors.len()).filter(|lane| *lane < batch.board.len());
            let order = |lane: usize| -> Pending<'_, _> {
                Box::pin(async move {
                    stage.check()?;
                    let order = batch.order(Mode::Interleaved, (lane..batch.board.len()).step_by(actors.len()), stage);
                    actors[lane].carry_out(order).await?.take_in(lane, batch, stage);
                    stage.check()
                })
            };
            together(busy.map(order).collect()).await
        })
    }
}
