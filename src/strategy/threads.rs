//! Tasks on a pool of threads that share one memory: rayon steals work, the operating system places it on cores.
//!
//! The pool must be used where blocking is legal: the run worker, or a native test. Called from a page's own thread
//! rayon would spin and take a core away from its own pool. Other strategies that want threads share this one.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use rayon::prelude::*;

use super::world::at_once;
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
    parallel: true,
    front: false,
    opening: true,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "ThreadPoolExecutor on a free-threaded build", file: "threads.py" },
        Equivalent { language: "Rust", name: "rayon, or std::thread::scope", file: "threads.rs" },
        Equivalent { language: "Go", name: "goroutines", file: "threads.go" },
        Equivalent { language: "JavaScript", name: "Workers over a SharedArrayBuffer", file: "threads.js" },
    ],
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
        match stage.world {
            World::Real { .. } => Box::pin(async move { in_pool(stage.workers, || steal(batch, stage)) }),
            World::Simulated(world) => Box::pin(take_turns(batch, stage, world)),
        }
    }
}

/// One task at a time is the unit of stealing: tasks are few and coarse enough, and uneven.
fn steal(batch: &Batch<'_>, stage: &Stage<'_>) -> Result<(), Failure> {
    (0..batch.board.len()).into_par_iter().with_max_len(1).try_for_each(|index| {
        let lane = rayon::current_thread_index().expect("tasks run in the pool");
        at_once(work_off(batch, stage, lane, index))
    })
}

/// In a simulated world stealing is whoever is idle taking the next task.
async fn take_turns(batch: &Batch<'_>, stage: &Stage<'_>, world: &dyn Simulated) -> Result<(), Failure> {
    let next = AtomicUsize::new(0);
    let body = |lane| -> Pending<'_, _> {
        let next = &next;
        Box::pin(async move {
            loop {
                let index = next.fetch_add(1, Relaxed);
                if index >= batch.board.len() {
                    return Ok(());
                }
                world.fetch().await;
                work_off(batch, stage, lane, index).await?;
            }
        })
    };
    crew(stage, &body, Box::pin(async { Ok(()) })).await
}

async fn work_off(batch: &Batch<'_>, stage: &Stage<'_>, lane: usize, index: usize) -> Result<(), Failure> {
    let answer = stage.finish(lane, batch.board.task(index), &mut *batch.task(index)).await?;
    batch.board.put(index, lane, answer);
    Ok(())
}

/// Lets `body` run on every thread of the pool at the same time, each with its lane (those of a loop in front come
/// first), and `front` on the calling thread, until all are done.
pub(super) async fn crew<'a>(
    stage: &'a Stage<'_>,
    body: &'a Body<'a>,
    front: Pending<'a, Result<(), Failure>>,
) -> Result<(), Failure> {
    let first = stage.lanes.len() - stage.workers;
    if let World::Simulated(world) = stage.world {
        return world.crew(first..stage.lanes.len(), body, front).await;
    }
    let failed = Mutex::new(Ok(()));
    let work = |lane: usize| {
        if let Err(failure) = at_once(body(lane)) {
            *failed.lock().expect("nobody panics while holding it") = Err(failure);
        }
    };
    let front = with_pool(stage.workers, |pool| {
        pool.in_place_scope(|scope| {
            scope.spawn_broadcast(|_, context| work(first + context.index()));
            at_once(front)
        })
    });
    front.and(failed.into_inner().expect("nobody panicked while holding it"))
}

/// Sends so many tasks that do nothing through the global pool.
pub(super) fn through_pool(tasks: usize) {
    (0..tasks).into_par_iter().with_max_len(1).for_each(|task| {
        std::hint::black_box(task);
    });
}

/// How many threads the global pool has.
pub(super) fn pool_size() -> usize {
    rayon::current_num_threads()
}

/// Lets so many threads of the global pool do this at the same time, each given its number.
pub(super) fn crowd(threads: usize, work: &(dyn Fn(usize) + Sync)) {
    rayon::broadcast(|context| {
        if context.index() < threads {
            work(context.index())
        }
    });
}

/// Calls `work` once on each thread of the global pool, which must have been started.
#[cfg(target_arch = "wasm32")]
pub fn on_every_thread(work: fn()) {
    rayon::broadcast(|_| work());
}

/// The browser's pool is global and was started, with its time limit, before the run.
#[cfg(target_arch = "wasm32")]
mod pool {
    /// Stands for the global pool.
    pub struct Global;

    impl Global {
        pub fn in_place_scope<'s, T>(&self, work: impl FnOnce(&rayon::Scope<'s>) -> T) -> T {
            rayon::in_place_scope(work)
        }
    }

    pub fn with_pool<T>(workers: usize, work: impl FnOnce(&Global) -> T) -> T {
        debug_assert_eq!(workers, rayon::current_num_threads());
        work(&Global)
    }

    pub fn in_pool<T: Send>(workers: usize, work: impl FnOnce() -> T + Send) -> T {
        debug_assert_eq!(workers, rayon::current_num_threads());
        // All wake at once: rayon wakes one, which wakes the next, and a system may keep the next waiting behind the one
        // that woke it, though a core is free (see docs/decisions).
        rayon::spawn_broadcast(|_| {});
        rayon::scope(|_| work())
    }
}

/// Natively a pool of the right size is made for the call.
#[cfg(not(target_arch = "wasm32"))]
mod pool {
    use rayon::{ThreadPool, ThreadPoolBuilder};

    pub fn with_pool<T>(workers: usize, work: impl FnOnce(&ThreadPool) -> T) -> T {
        let pool = ThreadPoolBuilder::new().num_threads(workers).build();
        work(&pool.expect("the operating system gives a few threads"))
    }

    pub fn in_pool<T: Send>(workers: usize, work: impl FnOnce() -> T + Send) -> T {
        with_pool(workers, |pool| pool.install(work))
    }
}

use pool::{in_pool, with_pool};
