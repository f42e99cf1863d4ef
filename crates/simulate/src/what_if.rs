//! What if there were N cores? Measured work, done again on a simulated machine.

use std::cell::RefCell;
use std::sync::atomic::AtomicU32;

use workloads::{Info, Known, Nature, Params, SharedBytes, Summary, Task, Workload, zeros};

use super::machine::SimulatedMachine;
use super::replay::Replay;
use super::replay_task::ReplayTask;
use super::sample::{Outline, SimulatedSample, Simulation};
use strategies::{Failure, Job, Strategy};

/// The cancel flag of a simulation: never set, because a simulation takes milliseconds.
static NEVER: AtomicU32 = AtomicU32::new(0);

/// Does the work again, on `machine`, under this strategy with `workers` workers.
///
/// # Errors
/// When the strategy fails.
pub fn perform(
    machine: &SimulatedMachine,
    strategy: &dyn Strategy,
    strategy_params: &Params,
    workers: usize,
    replay: &Replay,
) -> Result<Simulation, Failure> {
    again(strategy, strategy_params, workers, replay, |sample| sample.on(machine))
}

/// The same, but reports only the times and not the lanes: for many simulations, quickly.
///
/// # Errors
/// When the strategy fails.
pub fn outline(
    machine: &SimulatedMachine,
    strategy: &dyn Strategy,
    strategy_params: &Params,
    workers: usize,
    replay: &Replay,
) -> Result<Outline, Failure> {
    again(strategy, strategy_params, workers, replay, |sample| sample.outline(machine))
}

fn again<T>(
    strategy: &dyn Strategy,
    strategy_params: &Params,
    workers: usize,
    replay: &Replay,
    simulate: impl FnOnce(SimulatedSample<'_>) -> T,
) -> T {
    let job = Job { workload: &Replayed, params: Params::of(&[]), seed: 0, files: Vec::new() };
    REPLAY.set(Some(replay.clone()));
    let outcome = simulate(SimulatedSample { strategy, job: &job, strategy_params, workers, cancel: &NEVER });
    REPLAY.set(None);
    outcome
}

thread_local! {
    /// The work that [`Replayed`] stands for. Jobs hold on to their workload for ever; a simulation needs it only while
    /// it runs, on this one thread, and a page may ask for many.
    static REPLAY: RefCell<Option<Replay>> = const { RefCell::new(None) };
}

/// The replay that is being simulated on this thread, as a workload.
struct Replayed;

static INFO: Info = Info {
    id: "replay",
    title: "Replay",
    blurb: "Does again what was measured.",
    nature: Nature::Compute,
    params: &[],
    modelled: None,
    answer: "",
    unit: None,
    one_memory: None,
};

fn with_replay<T>(look: impl FnOnce(&Replay) -> T) -> T {
    REPLAY.with_borrow(|replay| look(replay.as_ref().expect("set while it is performed")))
}

impl Workload for Replayed {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _: &Params) -> Vec<usize> {
        with_replay(|replay| replay.phases.iter().map(Vec::len).collect())
    }

    fn input(&self, _: &Params, _: u64, phase: usize, index: usize, _: &[SharedBytes]) -> Vec<SharedBytes> {
        zeros(with_replay(|replay| replay.phases[phase][index].bytes.input))
    }

    fn task(&self, _: &Params, _: u64, phase: usize, index: usize, _: &[SharedBytes]) -> Box<dyn Task> {
        with_replay(|replay| Box::new(ReplayTask::new(&replay.phases[phase][index], replay)))
    }

    fn answer(&self, _: &Params, _: &[SharedBytes]) -> Summary {
        Summary::default()
    }

    fn known(&self) -> Known {
        unreachable!("it is not registered")
    }
}
