//! The pool of threads that every strategy with threads shares; the only file that names rayon.
//!
//! The pool must be used where blocking is legal: the run worker, or a native test. Called from a page's own thread
//! rayon would spin and take a core away from its own pool.

use std::sync::Mutex;

use rayon::prelude::*;

use crate::world::at_once;
use crate::{Failure, Pending, SampleContext, ThreadBody, World};

/// Lets the pool's threads carry out `tasks` tasks, calling `work` with the lane for each. One task at a time is the
/// unit of stealing: tasks are few and coarse enough, and uneven. Which task it is, `work` decides: rayon deals places
/// out by halves, and what arrives first is to be begun first.
///
/// # Errors
/// The first failure of a task; tasks that were not begun by then are left undone.
pub(crate) fn steal(
    workers: usize,
    tasks: usize,
    work: impl Fn(usize) -> Result<(), Failure> + Sync,
) -> Result<(), Failure> {
    in_pool(workers, || {
        (0..tasks)
            .into_par_iter()
            .with_max_len(1)
            .try_for_each(|_| work(rayon::current_thread_index().expect("tasks run in the pool")))
    })
}

/// Lets `body` run on every thread of the pool at the same time, each with its lane (those of a loop in front come
/// first), and `front` on the calling thread, until all are done.
pub(crate) async fn on_all_threads<'a>(
    sample: &'a SampleContext<'_>,
    body: &'a ThreadBody<'a>,
    front: Pending<'a, Result<(), Failure>>,
) -> Result<(), Failure> {
    let first = sample.lanes.len() - sample.workers;
    if let World::Simulated(world) = sample.world {
        return world.on_all_threads(first..sample.lanes.len(), body, front).await;
    }
    let failed = Mutex::new(Ok(()));
    let work = |lane: usize| {
        if let Err(failure) = at_once(body(lane)) {
            *failed.lock().expect("nobody panics while holding it") = Err(failure);
        }
    };
    let front = with_pool(sample.workers, |pool| {
        pool.in_place_scope(|scope| {
            scope.spawn_broadcast(|_, context| work(first + context.index()));
            at_once(front)
        })
    });
    front.and(failed.into_inner().expect("nobody panicked while holding it"))
}

/// Sends `tasks` tasks that do nothing through the global pool.
pub(crate) fn through_pool(tasks: usize) {
    (0..tasks).into_par_iter().with_max_len(1).for_each(|task| {
        std::hint::black_box(task);
    });
}

/// How many threads the global pool has.
pub(crate) fn pool_size() -> usize {
    rayon::current_num_threads()
}

/// Lets `threads` threads of the global pool call `work` at the same time, each with its number.
pub(crate) fn crowd(threads: usize, work: &(dyn Fn(usize) + Sync)) {
    rayon::broadcast(|context| {
        if context.index() < threads {
            work(context.index())
        }
    });
}

/// Calls `work` once on each thread of the global pool, which must have been started, with the thread's number. Returns
/// the results in the order of the threads' numbers.
pub fn on_every_thread<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    rayon::broadcast(|context| work(context.index()))
}

/// The browser's pool is global and was started, with its time limit, before the run.
#[cfg(target_arch = "wasm32")]
mod threads {
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
        // All wake at once: rayon wakes one, which wakes the next, and a system may keep the next waiting behind the
        // one that woke it, though a core is free (see docs/decisions).
        rayon::spawn_broadcast(|_| {});
        rayon::scope(|_| work())
    }
}

/// Natively a pool of the right size is made for the call.
#[cfg(not(target_arch = "wasm32"))]
mod threads {
    use rayon::{ThreadPool, ThreadPoolBuilder};

    pub fn with_pool<T>(workers: usize, work: impl FnOnce(&ThreadPool) -> T) -> T {
        let pool = ThreadPoolBuilder::new().num_threads(workers).build();
        work(&pool.expect("the operating system gives a few threads"))
    }

    pub fn in_pool<T: Send>(workers: usize, work: impl FnOnce() -> T + Send) -> T {
        with_pool(workers, |pool| pool.install(work))
    }
}

use threads::{in_pool, with_pool};
