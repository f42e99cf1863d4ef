//! Futures that are polled by the very event that they waited for.
//!
//! Elsewhere a woken future is polled when the browser gets to it: with threads, waking takes a round trip through
//! `Atomics.waitAsync` and a lock that all threads of the browser's process share. A future that takes a sample with
//! processes is woken dozens of times, so it is spawned here instead: each callback that delivers something (a message,
//! a timer) calls [`delivered`], and every future that can go on does so at once.

use std::cell::{Cell, RefCell};

use futures_executor::{LocalPool, LocalSpawner};
use futures_util::task::LocalSpawnExt;

thread_local! {
    static POOL: RefCell<LocalPool> = RefCell::new(LocalPool::new());
    static SPAWNER: LocalSpawner = POOL.with_borrow(LocalPool::spawner);
    /// Whether anything was ever spawned here: most contexts have nothing to drive.
    static IN_USE: Cell<bool> = const { Cell::new(false) };
}

/// Runs this future from now on, beside the others.
pub fn drive(future: impl Future<Output = ()> + 'static) {
    IN_USE.set(true);
    SPAWNER.with(|spawner| spawner.spawn_local(future)).expect("the pool lives as long as its thread");
    delivered();
}

/// Polls the futures, because something was delivered that one of them may have waited for.
pub fn delivered() {
    if !IN_USE.get() {
        return;
    }
    POOL.with(|pool| {
        // a future that spawns another is being polled already
        if let Ok(mut pool) = pool.try_borrow_mut() {
            pool.run_until_stalled();
        }
    });
}
