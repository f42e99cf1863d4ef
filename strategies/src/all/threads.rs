//! Tasks on a pool of threads that share one memory: rayon steals work, the operating system places it on cores.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::*;

/// Runs tasks on rayon's pool.
pub struct Threads;

static META: Meta = Meta {
    id: "threads",
    name: "threads",
    plain: "threads",
    plural: true,
    team: "{n} {n?thread:threads}",
    line: "A pool of threads shares one memory; an idle thread steals a task. The page's thread stays free.",
    scheduling: Scheduling::Preemptive,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: true,
    front: false,
    opening: true,
    contrast: false,
    without_sharing: None,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "ThreadPoolExecutor on a free-threaded build" },
        Equivalent { language: "Rust", name: "rayon, or std::thread::scope" },
        Equivalent { language: "Go", name: "goroutines" },
        Equivalent { language: "JavaScript", name: "Workers over a SharedArrayBuffer" },
    ],
    samples: true,
};

impl Strategy for Threads {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        match sample.world {
            World::Real { .. } => Box::pin(async move {
                let next = AtomicUsize::new(0);
                let work = |lane| at_once(work_off(batch, sample, lane, next.fetch_add(1, Relaxed)));
                steal(sample.workers, batch.answers.len(), work)
            }),
            World::Simulated(world) => Box::pin(take_turns(batch, sample, world)),
        }
    }
}

/// In a simulated world stealing is an idle thread taking the next task.
async fn take_turns(batch: &Batch<'_>, sample: &SampleContext<'_>, world: &dyn SimulatedWorld) -> Result<(), Failure> {
    let next = AtomicUsize::new(0);
    let body = |lane| -> Pending<'_, _> {
        let next = &next;
        Box::pin(async move {
            loop {
                let index = next.fetch_add(1, Relaxed);
                if index >= batch.answers.len() {
                    return Ok(());
                }
                world.fetch().await;
                work_off(batch, sample, lane, index).await?;
            }
        })
    };
    on_all_threads(sample, &body, Box::pin(async { Ok(()) })).await
}

async fn work_off(batch: &Batch<'_>, sample: &SampleContext<'_>, lane: usize, index: usize) -> Result<(), Failure> {
    batch.answers.put(index, lane, sample.finish(lane, batch.task(index)).await?);
    Ok(())
}
