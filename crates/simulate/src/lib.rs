//! The same strategies on a machine that is made up: any number of cores, any costs, and a clock of its own.
//!
//! Tests use it to tell exactly who runs when, and the page to tell what N cores would do. A deterministic simulation of
//! discrete events: everything happens on one thread, the clock jumps from one event to the next, and of two at the
//! same time the one that was foreseen first comes first. So equal samples have equal traces, to the nanosecond.
//!
//! ```text
//! strategy's futures --- ask for ---> engine: signals, agenda of events, cores
//!        ^                                          |
//!        +--------------- wakes, one at a time -----+   and the clock jumps
//! ```
//! What is modelled: contexts that compute share the cores, first come first served, for a quantum at a time; timers and
//! messages take their time; what the machine's [`MachineCosts`] name costs what they say; who streams through memory shares the
//! way there with all others who do. All else takes no time and needs no core: choosing a task, looking at a lock, noting
//! an answer. Caches, clock rates that fall when all cores are busy and
//! hyperthreads are not modelled, so that many simulated cores look better than real ones are.

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
