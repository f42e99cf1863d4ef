//! How to run it: each strategy is one file here and one line in the registry below.
//!
//! A strategy schedules the tasks of one phase onto lanes; [`perform`] drives the phases and is the same for all.
//! Invariant: a strategy decides who steps which task when, and nothing else: tasks come from the workload, times,
//! contexts and cancelling from the [`Stage`], timers and processes from the [`Host`]. Strategies cannot tell the real
//! world from a simulated one, so the same code serves both.

mod actors;
mod blocking;
mod event_loop;
mod failure;
mod gil;
mod host;
mod meta;
mod monitor;
mod offload;
mod parts;
mod perform;
mod probe;
mod processes;
mod server;
mod sizes;
mod stage;
mod threads;
mod waiting;
mod world;

pub use failure::Failure;
use host::together;
pub use host::{Host, Mode, Order, Pending, Process, Reply};
pub use meta::{Equivalent, Memory, Meta, Place, Scheduling};
pub use parts::Tell;
pub use perform::{Performance, perform};
pub use probe::{probe, probe_memory};
pub use server::Server;
pub use sizes::sizes;
pub use stage::{Batch, Job, Stage, settings};
#[cfg(target_arch = "wasm32")]
pub use threads::on_every_thread;
pub use world::{Body, Simulated, World};

use std::sync::LazyLock;

use workloads::{Param, Params};

/// One way to schedule tasks onto execution contexts.
pub trait Strategy: Sync {
    /// What it says of itself.
    fn meta(&self) -> &'static Meta;

    /// The strategy that these settings make of it, if they make it another one.
    fn variant(&self, settings: &Params) -> Option<&'static dyn Strategy> {
        let _ = settings;
        None
    }

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
    gil::Gil,
    actors::Actors,
    offload::Offload,
}

/// The strategy with this id.
pub fn find(id: &str) -> Option<&'static dyn Strategy> {
    ALL.iter().copied().find(|strategy| strategy.meta().id == id)
}

/// The strategy with this id, as these settings make it.
pub fn find_as(id: &str, settings: &Params) -> Option<&'static dyn Strategy> {
    find(id).map(|strategy| strategy.variant(settings).unwrap_or(strategy))
}

/// The parameters of all strategies.
pub fn params() -> &'static [Param] {
    static PARAMS: LazyLock<Vec<Param>> =
        LazyLock::new(|| ALL.iter().flat_map(|strategy| strategy.meta().params).copied().collect());
    &PARAMS
}

/// Why this work cannot be done this way, if it cannot: a clause that can follow a colon.
pub fn unsuited(strategy: &dyn Strategy, workload: &dyn workloads::Workload, params: &Params) -> Option<&'static str> {
    let isolated = strategy.meta().memory == Memory::Isolated;
    workload.needs_shared_memory(params).filter(|_| isolated)
}
