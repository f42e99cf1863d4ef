//! Tasks on a pool of threads that share one memory: rayon steals work, the operating system places it on cores.
//!
//! Must be called where blocking is legal: the run worker, or a native test. Called from a page's own thread rayon
//! would spin and take a core away from its own pool.

use rayon::prelude::*;

use super::*;

/// Runs tasks on rayon's pool.
pub struct Threads;

static META: Meta = Meta {
    id: "threads",
    name: "threads",
    line: "A pool of threads shares one memory; whoever is idle steals a task. The page's thread stays free.",
    scheduling: Scheduling::Preemptive,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    equivalents: Equivalents {
        python: "ThreadPoolExecutor().map(…), in parallel only without the GIL",
        rust: "tasks.into_par_iter().map(…) with rayon",
        go: "a goroutine each",
        javascript: "Workers over a SharedArrayBuffer",
    },
};

impl Strategy for Threads {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move { in_pool(stage.lanes.len(), || steal(batch, stage)) })
    }
}

/// One task at a time is the unit of stealing: tasks are few and coarse enough, and uneven.
fn steal(batch: &Batch<'_>, stage: &Stage<'_>) -> Result<(), Failure> {
    (0..batch.board.len()).into_par_iter().with_max_len(1).try_for_each(|index| {
        let lane = rayon::current_thread_index().expect("tasks run in the pool");
        let answer = stage.finish(lane, batch.board.task(index), &mut *batch.task(index))?;
        batch.board.put(index, lane, answer);
        Ok(())
    })
}

/// In the browser the pool is global and was started, with its time limit, before the run.
#[cfg(target_arch = "wasm32")]
fn in_pool<T: Send>(workers: usize, work: impl FnOnce() -> T + Send) -> T {
    debug_assert_eq!(workers, rayon::current_num_threads());
    rayon::scope(|_| work())
}

/// Natively a pool of the right size is made for the call.
#[cfg(not(target_arch = "wasm32"))]
fn in_pool<T: Send>(workers: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build();
    pool.expect("the operating system gives a few threads").install(work)
}
