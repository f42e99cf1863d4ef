//! The same strategies on a simulated machine: any number of cores, any costs, and a clock of its own.
//!
//! Tests use it to check exactly which task runs when, and the page to show what N cores would do. It is a
//! deterministic discrete-event simulation: everything happens on one thread, the clock jumps from one event to the
//! next, and of two events at the same time the one that was scheduled first comes first. So equal samples have equal
//! traces, to the nanosecond.
//!
//! ```text
//! strategy's futures --- ask for ---> engine: signals, agenda of events, cores
//!        ^                                          |
//!        +--------------- wakes, one at a time -----+   and the clock jumps
//! ```
//! What is modelled: contexts that compute share the cores, first come first served, for a quantum at a time; timers
//! and messages take their time; what the machine's [`MachineCosts`] name costs what they say; contexts that stream
//! through memory share its bandwidth. All else takes no time and needs no core: choosing a task, looking at a lock,
//! noting an answer. Caches, clock rates that fall when all cores are busy and hyperthreads are not modelled, so many
//! simulated cores look better than real ones are.

mod agenda;
mod charge;
mod context;
mod cores;
mod engine;
mod host;
mod machine;
mod mailbox;
mod on_core;
mod process;
mod replay;
mod replay_task;
mod sample;
mod signal;

mod task_profile;
mod unit;
mod what_if;
mod world;

pub use charge::{charge, shift};
pub use machine::{MachineCosts, SimulatedMachine};
pub use replay::Replay;
pub use sample::{Outline, SimulatedSample, Simulation};
pub use task_profile::Bytes;
pub use unit::{UnitPart, WorkUnit};
pub use what_if::{outline, perform};
