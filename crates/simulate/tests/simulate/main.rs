//! Strategies on simulated machines: exactly which task runs when, whatever this computer is like.
//!
//! Schedules are written as rows, one for each lane: `A0-4 B4-8` is task A's computing from 0 to 4 ms, then B's.

mod async_pool;
mod bounds;
mod costs;
mod gil;
mod measured;
mod memory;
mod offload_gil;
mod replay;
mod schedules;

use simulate::{SimulatedMachine, Simulation};
use strategies::params;
use strategies::trace::{Cause, Lane};
use testkit::Setup;
use testkit::made::{Act, Made};
use workloads::Params;

/// Simulates these tasks under this strategy with this number of workers, where nothing but the work costs anything.
fn ideal(id: &str, workers: usize, cores: usize, tasks: Vec<Vec<Act>>) -> Simulation {
    ideal_with(Params::of(params()), id, workers, cores, tasks)
}

/// The same with these parameters of strategies.
fn ideal_with(strategy_params: Params, id: &str, workers: usize, cores: usize, tasks: Vec<Vec<Act>>) -> Simulation {
    let setup = Setup { strategy_params, workers, ..Setup::new(Made::tasks(tasks).job()) };
    setup.simulate(id, &SimulatedMachine::ideal(cores)).expect("nobody cancels")
}

/// What each lane computed, and when.
fn computing(simulation: &Simulation) -> Vec<String> {
    rows(simulation, Cause::Compute)
}

/// What each lane did for this cause, without spans of no length.
fn rows(simulation: &Simulation, cause: Cause) -> Vec<String> {
    simulation.trace.lanes.iter().map(|lane| row(lane, cause)).collect()
}

fn row(lane: &Lane, cause: Cause) -> String {
    let ms = |micros: u32| f64::from(micros) / 1000.0;
    let spans = lane.spans.iter().filter(|span| span.cause == cause && span.length() > 0);
    let word = |task: u32, start, end| format!("{}{}-{}", (b'A' + task as u8) as char, ms(start), ms(end));
    spans.map(|span| word(span.task, span.start, span.end)).collect::<Vec<_>>().join(" ")
}
