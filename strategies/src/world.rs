//! What a lane's work takes time from: the real world, or a simulated one.
//!
//! Strategies are written once, as futures. In the real world a lane's future never has to wait for another's to be
//! polled (blocking blocks its thread), so it is polled once, on its own thread, and is then done. In a simulated one
//! all lanes take turns on one thread, and time passes where a lane says what it does.

use std::time::Duration;

use futures_util::FutureExt;
use workloads::{Step, Task};

use crate::trace::{Clock, Stamp};
use crate::{Failure, Pending};

/// What one of the threads does, given its lane.
pub type ThreadBody<'a> = dyn Fn(usize) -> Pending<'a, Result<(), Failure>> + Sync + 'a;

/// Where a sample is performed.
#[derive(Clone, Copy)]
pub enum World<'a> {
    /// On this machine.
    Real {
        /// What time it is.
        clock: &'a dyn Clock,
        /// How this context blocks: sleeps where it may, spins where it must not.
        block: fn(Duration),
    },
    /// On a machine that is made up.
    Simulated(&'a dyn SimulatedWorld),
}

/// A made-up machine. Its contexts are lanes; its clock stands still until all of them wait.
pub trait SimulatedWorld: Sync {
    /// Milliseconds on its clock.
    fn now(&self) -> Stamp;
    /// Carries out a step, whose time passes as the step says, on a core as soon as one is free. The task counts time
    /// from `begun`.
    fn compute<'a>(&'a self, task: &'a mut dyn Task, begun: Stamp) -> Pending<'a, Step>;
    /// Brings a task from the pool of threads to the caller, which takes as long as the machine says.
    fn fetch(&self) -> Pending<'_, ()>;
    /// Holds the caller for `duration`, without a core.
    fn block(&self, duration: Duration) -> Pending<'_, ()>;
    /// Lets the bodies of `lanes` run as contexts of their own, together with `front`, until all are done.
    fn on_all_threads<'a>(
        &'a self,
        lanes: std::ops::Range<usize>,
        body: &'a ThreadBody<'a>,
        front: Pending<'a, Result<(), Failure>>,
    ) -> Pending<'a, Result<(), Failure>>;
    /// A place in the queue of contexts that wait for a change; the first is woken first.
    fn line_up(&self) -> u64;
    /// Returns when something was changed that others may wait for, or at `deadline` on its clock. A context that has
    /// to wait for yet another change keeps its place.
    fn changed_or(&self, place: u64, deadline: Stamp) -> Pending<'_, ()>;
    /// Announces that something was changed that others may wait for.
    fn change(&self);
}

impl World<'_> {
    /// Milliseconds on the clock.
    pub fn now(&self) -> Stamp {
        match self {
            Self::Real { clock, .. } => clock.now(),
            Self::Simulated(world) => world.now(),
        }
    }

    /// Carries out one step of a task, which counts time from `begun`. In the real world the current time is `now`,
    /// which was read at the end of the step before.
    pub async fn compute(&self, task: &mut dyn Task, begun: Stamp, now: Stamp) -> Step {
        match self {
            Self::Real { .. } => task.step(since(begun, now)),
            Self::Simulated(world) => world.compute(task, begun).await,
        }
    }

    /// Brings a task from the pool of threads to the caller, where the time that this takes has to be simulated.
    pub async fn fetch(&self) {
        if let Self::Simulated(world) = self {
            world.fetch().await;
        }
    }

    /// Holds the calling context for `duration`, and lets nothing else happen on it.
    pub async fn block(&self, duration: Duration) {
        match self {
            Self::Real { block, .. } => block(duration),
            Self::Simulated(world) => world.block(duration).await,
        }
    }
}

/// The time from `begun` to `now`; zero if `now` is not later.
pub fn since(begun: Stamp, now: Stamp) -> Duration {
    Duration::from_nanos(((now - begun) * 1e6) as u64) // `as` makes 0 of what is negative
}

/// The outcome of a future that waits for nothing but its own thread.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("in the real world a lane blocks its thread instead of waiting")
}
