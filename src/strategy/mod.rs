//! How to run it: each strategy is one file here and one line in the registry below.
//!
//! A strategy schedules the tasks of one phase onto lanes; [`perform`] drives the phases and is the same for all.
//! Invariant: a strategy decides who steps which task when, and nothing else: tasks come from the workload, times and
//! cancelling from the [`Stage`], timers and processes from the [`Host`].

mod blocking;
mod event_loop;
mod failure;
mod host;
mod meta;
mod perform;
mod processes;
mod stage;
mod threads;

pub use failure::Failure;
pub use host::{Host, Order, Pending, Process, Reply};
pub use meta::{Equivalents, Memory, Meta, Place, Scheduling};
pub use perform::{Performance, perform};
pub use processes::Server;
pub use stage::{Batch, Job, Stage};

/// One way to schedule tasks onto execution contexts.
pub trait Strategy: Sync {
    /// What it says of itself.
    fn meta(&self) -> &'static Meta;

    /// Runs all tasks of `batch` and puts each answer up on the batch's part of the board.
    ///
    /// # Errors
    /// When it was cancelled, or a worker was lost.
    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>>;
}

macro_rules! registry {
    ($($module:ident::$strategy:ident),* $(,)?) => {
        /// Every strategy, in the order in which the page shows them.
        pub static ALL: &[&dyn Strategy] = &[$(&$module::$strategy),*];
    };
}

registry! {
    blocking::Blocking,
    event_loop::EventLoop,
    threads::Threads,
    processes::Processes,
}

/// The strategy with this id.
pub fn find(id: &str) -> Option<&'static dyn Strategy> {
    ALL.iter().copied().find(|strategy| strategy.meta().id == id)
}
