//! How work is run: each strategy is one file in `all/` and one line in its registry.
//!
//! A strategy schedules the tasks of one phase onto lanes; [`perform`] drives the phases and is the same for all.
//! Invariant: a strategy decides which lane steps which task when, and nothing else. Tasks come from the workload;
//! times, contexts and cancelling from the [`SampleContext`]; timers and processes from the [`Host`]. Strategies cannot
//! tell the real world from a simulated one, so the same code serves both.
//!
//! ```text
//! strategy, host, world, sample, running, failure, perform   the contract
//! all/        one strategy each
//! tools/      what several of them share: the pool of threads, a lock, timers, feeding processes
//! process/    what a process is told, does and replies
//! trace/      what happened, recorded while it happens
//! costs       what things cost on a machine
//! chase       how soon its caches and its memory answer
//! ```

mod all;
pub mod chase;
pub mod costs;
mod failure;
mod host;
mod isolation;
mod perform;
mod process;
mod running;
mod sample;
mod sizes;
mod strategy;
mod tools;
pub mod trace;
mod world;

pub use all::ALL;
pub use failure::{Failure, Loss, WhyUnavailable, WrongAnswer};
pub use host::{Host, Pending, Process};
pub use isolation::Isolation;
pub use perform::{Performance, perform};
pub use process::{Mode, Order, OrderServer, Reply, Tell};
pub use running::{Account, Finished, Running};
pub use sample::{Batch, Job, SampleContext, named_params};
pub use sizes::sizes;
pub use strategy::{
    Equivalent, Memory, Meta, Parallelism, Place, Scheduling, Strategy, find, params, unavailable, unsuited,
};
pub use tools::on_every_thread;
pub use world::{SimulatedWorld, ThreadBody, World, since};
