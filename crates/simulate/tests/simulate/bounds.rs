//! What holds for every schedule, whatever the tasks, the workers and the cores.

use proptest::collection::vec;
use proptest::prelude::*;
use simulate::{MachineCosts, SimulatedMachine, Simulation};
use strategies::Parallelism;
use strategies::trace::{Cause, Span};
use workloads::Summary;

use testkit::made::{Act, Act::*, Did, Made};
use testkit::{Setup, strategy, variants};

/// Some acts of some milliseconds each; the last is work.
fn task() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![3 => (0..9u64).prop_map(Work), 1 => (0..15u64).prop_map(Wait)];
    vec(act, 0..6).prop_map(|mut acts| {
        acts.push(Work(1));
        acts
    })
}

fn any_costs() -> impl Strategy<Value = MachineCosts> {
    let odd =
        (0.0..900.0, 0.0..900.0, 0.0..900.0, 0.0..90.0, 0.0..90.0).prop_map(|(message, copy, give, over, task)| {
            let costs = MachineCosts {
                message_us: message,
                copy_us_per_mb: copy * 1000.0,
                yield_us: give,
                ..MachineCosts::NONE
            };
            MachineCosts { handover_us: over, task_us: task, ..costs }
        });
    prop_oneof![Just(MachineCosts::NONE), odd]
}

/// The milliseconds of work and of waits.
fn lengths<'a>(acts: impl IntoIterator<Item = &'a Act>) -> [u64; 2] {
    acts.into_iter().fold([0, 0], |[work, wait], act| match act {
        Work(ms) => [work + ms, wait],
        Wait(ms) => [work, wait + ms],
        _ => unreachable!("nothing really takes time here"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_schedule_is_possible_and_wastes_nothing(
        phases in vec(vec(task(), 1..9), 1..3),
        (workers, cores, quantum) in (1..6usize, 1..5usize, 1..9u32),
        which in any::<prop::sample::Index>(),
        costs in any_costs(),
    ) {
        let all = variants();
        let (id, strategy_params) = which.get(&all);
        let made = Made::bulky(1000, phases.clone());
        let machine = SimulatedMachine { cores, quantum_ms: quantum.into(), costs };
        let setup = Setup { strategy_params: strategy_params.clone(), workers, ..Setup::new(made.job()) };
        let simulation = setup.simulate(id, &machine).expect("nobody cancels");

        prop_assert_eq!(&simulation.answer, &answer(&phases));
        prop_assert_eq!(made.did().len(), phases.iter().flatten().flatten().count());
        prop_assert!(in_order(&made.did()), "each task's steps in order, each phase after the one before");

        let [work, wait] = lengths(phases.iter().flatten().flatten());
        let longest = |phase: &Vec<Vec<Act>>| phase.iter().map(|acts| lengths(acts).iter().sum::<u64>()).max();
        let least = phases.iter().filter_map(longest).sum::<u64>().max(work.div_ceil(cores as u64));
        let most = (work + wait) as f64 + spare(&costs, &made.did(), workers);
        let makespan = simulation.makespan_ms;
        prop_assert!((least as f64..=most).contains(&makespan), "{id}: {least} <= {makespan} <= {most}");

        lanes_are_possible(&simulation, if alone(id, strategy_params) { 1 } else { cores }, work);
        let again = setup.simulate(id, &machine).expect("nobody cancels");
        prop_assert_eq!(again, simulation, "equal samples have equal traces");
    }
}

/// Whether no two lanes of this strategy may compute at once.
fn alone(id: &str, strategy_params: &workloads::Params) -> bool {
    strategy(id).parallelism(strategy_params) == Parallelism::None
}

/// An upper bound of all costs together, in milliseconds: a few of each cost for every step and worker.
fn spare(costs: &MachineCosts, did: &[Did], workers: usize) -> f64 {
    let each = costs.message_us + costs.copy_us_per_mb / 100.0 + costs.yield_us + costs.handover_us + costs.task_us;
    10.0 * each * (did.len() + workers) as f64 / 1000.0
}

/// The answer of made-up tasks.
fn answer(phases: &[Vec<Vec<Act>>]) -> Summary {
    let sum = |previous, phase: &Vec<Vec<Act>>| (1..=phase.len() as u32).map(|index| previous + index).sum();
    Summary::new(phases.iter().fold(0, sum).to_string())
}

fn in_order(did: &[Did]) -> bool {
    let mut sorted = did.to_vec();
    sorted.sort_by_key(|did| (did.phase, did.task)); // stable
    sorted.is_sorted() && did.is_sorted_by_key(|did| did.phase)
}

/// Each lane does one thing at a time, at most `at_once` lanes compute at once, and all of the work is done.
fn lanes_are_possible(simulation: &Simulation, at_once: usize, work_ms: u64) {
    let mut edges = Vec::new();
    for lane in &simulation.trace.lanes {
        assert_eq!(lane.lost, 0);
        assert!(lane.spans.is_sorted_by(|one, next| one.end <= next.start), "{:?} overlaps itself", lane.context);
        let computing = |span: &&Span| span.cause == Cause::Compute && span.length() > 0;
        edges.extend(lane.spans.iter().filter(computing).flat_map(|span| [(span.start, 1), (span.end, -1)]));
    }
    edges.sort();
    let mut now = 0;
    for (time, change) in &edges {
        now += change;
        assert!(now <= at_once as i64, "{now} at once at {time}");
    }
    let micros: i64 = edges.iter().map(|(time, change)| -change * i64::from(*time)).sum();
    let rounding = edges.len() as i64; // a span's ends are whole microseconds
    assert!((micros - work_ms as i64 * 1000).abs() <= rounding, "{micros} µs computed of {work_ms} ms");
}
