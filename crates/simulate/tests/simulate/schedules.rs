//! Exactly which task ran when, with 1, 2 and 64 cores.

use std::collections::BTreeMap;
use std::future::pending;
use std::time::Duration;

use simulate::{SimulatedMachine, SimulatedSample};
use strategies::trace::{Cause, Context};
use strategies::{ALL, Batch, Failure, Host, Loss, Meta, Parallelism, Pending, SampleContext, Strategy, params};
use workloads::Params;

use crate::{computing, ideal, ideal_with, rows};
use testkit::made::{Act, Act::*, Made};
use testkit::{NEVER, Setup, set, strategy, variants};

/// `tasks` equal tasks of `ms` milliseconds, in steps of a millisecond.
fn equal(tasks: usize, ms: usize) -> Vec<Vec<Act>> {
    vec![vec![Work(1); ms]; tasks]
}

/// The talk's three generators.
fn talk() -> &'static Made {
    Made::tasks(vec![vec![Work(1); 3], vec![Work(1); 4], vec![Work(1); 2]])
}

#[test]
fn blocking_finishes_a_task_before_it_starts_the_next() {
    let made = talk();
    let simulation = Setup::new(made.job()).simulate("blocking", &SimulatedMachine::ideal(2)).expect("nobody cancels");
    assert_eq!(made.letters(), "A1 A2 A3 B1 B2 B3 B4 C1 C2");
    assert_eq!(computing(&simulation), ["A0-3 B3-7 C7-9"]);
    assert_eq!(simulation.trace.lanes[0].context, Context::Page);
    assert_eq!((simulation.makespan_ms, simulation.trace.makespan), (9.0, 9000));
}

#[test]
fn the_event_loop_gives_each_task_a_step_in_turn() {
    let made = talk();
    let simulation =
        Setup::new(made.job()).simulate("event-loop", &SimulatedMachine::ideal(2)).expect("nobody cancels");
    assert_eq!(made.letters(), "A1 B1 C1 A2 B2 C2 A3 B3 B4");
    assert_eq!(computing(&simulation), ["A0-1 B1-2 C2-3 A3-4 B4-5 C5-6 A6-7 B7-9"]);
}

#[test]
fn the_event_loop_gives_way_after_each_slice_of_its_own_work() {
    let mut machine = SimulatedMachine::ideal(1);
    machine.costs.yield_us = 100_000.0; // the page has much to do meanwhile, and that does not count as the loop's work
    for (slice, expected) in [(5, "A0-5 A105-110 A210-212"), (6, "A0-6 A106-112"), (100, "A0-12")] {
        let made = Made::tasks(equal(1, 12));
        let setup = Setup { strategy_params: set("slice", slice), ..Setup::new(made.job()) };
        assert_eq!(computing(&setup.simulate("event-loop", &machine).expect("nobody cancels")), [expected]);
    }
}

#[test]
fn waits_overlap_on_the_event_loop_and_add_up_when_blocking() {
    let requests = || vec![vec![Wait(40), Work(0)]; 50];
    let (overlapped, blocked) = (ideal("event-loop", 1, 1, requests()), ideal("blocking", 1, 1, requests()));
    assert_eq!((overlapped.makespan_ms, blocked.makespan_ms), (40.0, 50.0 * 40.0));
    assert_eq!(rows(&overlapped, Cause::Wait), [""], "an overlapped wait leaves the lane free");
    assert!(rows(&blocked, Cause::Wait)[0].starts_with("A0-40 B40-80 C80-120"));
}

#[test]
fn the_event_loop_works_while_others_wait_and_wakes_whoever_is_due_first() {
    let tasks = [30, 10, 20].map(|wait| vec![Wait(wait), Work(1)]).to_vec();
    assert_eq!(computing(&ideal("event-loop", 1, 1, tasks)), ["B10-11 C20-21 A30-31"]);
    let tasks = vec![vec![Wait(10), Work(1)], vec![Work(1); 15]];
    assert_eq!(computing(&ideal("event-loop", 1, 1, tasks)), ["B0-11 A11-12 B12-16"], "B had lined up first");
}

/// B has a turn only once A is done, though it was due long before; threads need no such permission.
#[test]
fn who_keeps_control_keeps_everybody_on_the_loop_waiting() {
    let tasks = || vec![vec![Keep(5), Block(10), Keep(5)], vec![Until(3), Keep(1), Keep(1)]];
    for id in ["event-loop", "async-pool", "offload", "offload-gil"] {
        let simulation = ideal(id, 1, 2, tasks());
        assert_eq!(computing(&simulation)[0], "A0-5 A15-20 B20-22", "{id}");
        assert_eq!(rows(&simulation, Cause::Wait)[0], "A5-15", "{id}");
    }
    let threads = ideal("threads", 2, 2, tasks());
    assert_eq!(computing(&threads), ["A0-5 A15-20", "B3-5"]);
    let processes = ideal("offload-processes", 1, 2, vec![tasks()[0].clone(), vec![Keep(1); 2], vec![Work(1); 3]]);
    assert_eq!(computing(&processes), ["A0-5 A15-20 B20-22", "C0-3"]);
}

#[test]
fn four_equal_tasks_for_two_workers_on_two_cores() {
    for id in ["threads", "processes", "offload", "offload-processes"] {
        let simulation = ideal(id, 2, 2, equal(4, 10));
        let rows = computing(&simulation);
        assert_eq!(rows[rows.len() - 2..], ["A0-10 C10-20", "B0-10 D10-20"], "{id}");
        assert_eq!(simulation.makespan_ms, 20.0, "{id}");
    }
    let pool = ideal("async-pool", 2, 2, equal(4, 2));
    assert_eq!(computing(&pool), ["A0-1 C1-2 A2-3 C3-4", "B0-1 D1-2 B2-3 D3-4"]);
    let actors = ideal("actors", 2, 2, equal(4, 2));
    assert_eq!(computing(&actors), ["A0-1 C1-2 A2-3 C3-4", "B0-1 D1-2 B2-3 D3-4"]);
}

#[test]
fn four_threads_on_one_core_take_turns_of_a_quantum() {
    for (id, strategy_params) in [("threads", Params::of(params())), ("gil", set("release", 100))] {
        let simulation = ideal_with(strategy_params, id, 4, 1, equal(4, 10));
        let expected = ["A0-4 A16-20 A32-34", "B4-8 B20-24 B34-36", "C8-12 C24-28 C36-38", "D12-16 D28-32 D38-40"];
        assert_eq!(computing(&simulation), expected, "{id}");
    }
    let two = ["A0-4 A8-12 A16-18", "B0-4 B8-12 B16-18", "C4-8 C12-16 C18-20", "D4-8 D12-16 D18-20"];
    assert_eq!(computing(&ideal("threads", 4, 2, equal(4, 10))), two);
}

#[test]
fn a_core_is_taken_away_in_the_middle_of_a_step_but_only_if_somebody_waits() {
    let simulation = ideal("threads", 2, 1, vec![vec![Work(10)], vec![Work(3)]]);
    assert_eq!(computing(&simulation), ["A0-4 A7-13", "B4-7"]);
    let simulation = ideal("threads", 2, 1, vec![vec![Wait(6), Work(3)], vec![Work(10)]]);
    assert_eq!(computing(&simulation), ["A6-9", "B0-6 B9-13"], "nobody wanted B's core at 4");
}

#[test]
fn whoever_waits_leaves_its_core_to_others() {
    let tasks = vec![vec![Work(2), Wait(10), Work(1)], vec![Work(1); 6]];
    assert_eq!(computing(&ideal("threads", 2, 1, tasks)), ["A0-2 A12-13", "B2-8"]);
}

#[test]
fn sixty_four_tasks_need_the_time_of_those_that_share_a_core() {
    let parallel =
        variants().into_iter().filter(|(id, strategy_params)| match strategy(id).parallelism(strategy_params) {
            Parallelism::None => false,
            Parallelism::OutsideLock => strategy_params.get("release") == 100,
            Parallelism::Full => true,
        });
    let mut count = 0;
    for (id, strategy_params) in parallel {
        for (cores, makespan) in [(1, 640.0), (2, 320.0), (64, 10.0)] {
            let simulation = ideal_with(strategy_params.clone(), id, 64, cores, equal(64, 10));
            assert_eq!(simulation.makespan_ms, makespan, "{id} with {cores} cores");
        }
        count += 1;
    }
    assert!(count >= 8, "threads, processes, actors, a pool, loops with each, and two with a GIL that is never taken");
}

#[test]
fn what_has_no_workers_or_one_lock_needs_the_time_of_all_whatever_the_cores() {
    for id in ["blocking", "event-loop", "gil", "offload-gil"] {
        for cores in [1, 2, 64] {
            assert_eq!(ideal(id, 64, cores, equal(64, 10)).makespan_ms, 640.0, "{id} with {cores} cores");
        }
    }
}

#[test]
fn one_worker_is_no_faster_than_blocking() {
    for (id, strategy_params) in variants() {
        assert_eq!(ideal_with(strategy_params, id, 1, 64, equal(4, 10)).makespan_ms, 40.0, "{id}");
    }
}

#[test]
fn idle_workers_take_what_is_left() {
    let uneven = || [10, 2, 2, 2, 2].map(|ms| vec![Work(1); ms]).to_vec();
    assert_eq!(computing(&ideal("threads", 2, 2, uneven())), ["A0-10", "B0-2 C2-4 D4-6 E6-8"]);
    // an order waits at each process, so C goes to the process that has A
    assert_eq!(computing(&ideal("processes", 2, 2, uneven())), ["A0-10 C10-12", "B0-2 D2-4 E4-6"]);
    // actors get their tasks dealt out and do not take them
    let dealt = ideal("actors", 2, 2, uneven());
    assert_eq!(dealt.makespan_ms, 14.0);
    assert_eq!(computing(&dealt)[1], "B0-1 D1-2 B2-3 D3-4");
}

#[test]
fn actors_overlap_waits_and_processes_do_not() {
    let tasks = || vec![vec![Wait(40), Work(1)]; 8];
    assert_eq!(ideal("actors", 2, 2, tasks()).makespan_ms, 44.0, "four pieces of work after the wait, on each");
    assert_eq!(ideal("processes", 2, 2, tasks()).makespan_ms, 164.0);
    assert_eq!(ideal("threads", 2, 2, tasks()).makespan_ms, 164.0);
}

#[test]
fn a_loop_in_front_keeps_the_waits_while_its_pool_computes() {
    let tasks = || vec![vec![Work(1), Wait(10), Work(2)], vec![Work(3), Wait(20), Work(1)], vec![Work(12)]];
    let threads = ideal("offload", 2, 2, tasks());
    assert_eq!(computing(&threads), ["", "A0-1 C1-13 B23-24", "B0-3 A11-13"], "anybody goes on with what was begun");
    let processes = ideal("offload-processes", 2, 2, tasks());
    assert_eq!(computing(&processes), ["", "A0-1 C1-13 A13-15", "B0-3 B23-24"], "what was begun is in one memory");
    let requests = ideal("offload", 2, 2, vec![vec![Wait(40), Work(0)]; 50]);
    assert_eq!(requests.makespan_ms, 40.0, "fifty waits for two threads");
}

/// A has only light steps, of 0.1 ms each; between them the loop notices in time that a process is free.
#[test]
fn a_loop_that_is_busy_keeps_its_processes_busy() {
    let tasks = [vec![Light; 100]].into_iter().chain(equal(4, 2)).collect();
    let processes = ideal("offload-processes", 1, 2, tasks);
    assert_eq!(computing(&processes), ["A0-9.9", "B0-2 C2-4 D4-6 E6-8"]);
}

#[test]
fn every_lane_says_whose_it_is() {
    use Context::*;
    let contexts = |id: &str| {
        let simulation = ideal(id, 2, 2, equal(2, 1));
        simulation.trace.lanes.iter().map(|lane| lane.context).collect::<Vec<_>>()
    };
    for (id, expected) in [
        ("blocking", &[Page][..]),
        ("event-loop", &[Page]),
        ("threads", &[Thread(0), Thread(1)]),
        ("gil", &[Thread(0), Thread(1)]),
        ("processes", &[Process(0), Process(1)]),
        ("actors", &[Process(0), Process(1)]),
        ("async-pool", &[Thread(0), Thread(1)]),
        ("offload", &[Loop, Thread(0), Thread(1)]),
        ("offload-gil", &[Loop, Thread(0), Thread(1)]),
        ("offload-processes", &[Loop, Process(0), Process(1)]),
    ] {
        assert_eq!(contexts(id), expected, "{id}");
    }
}

/// A flag that is set from the start lets no step happen. One that is set in the middle lets each lane finish its
/// current step, and each process its current orders.
#[test]
fn every_strategy_stops_when_cancelled() {
    // guided shares of 40 tasks for 4 processes: the 8 orders that are under way at once hold 2 tasks each
    let most = BTreeMap::from([
        ("blocking", 5),
        ("event-loop", 5),
        ("threads", 5 + 3),
        ("processes", 16 * 50),
        ("gil", 5 + 3),
        ("actors", 40 * 50),
        ("async-pool", 5 + 3),
        ("offload", 5 + 3),
        ("offload-gil", 5 + 3),
        ("offload-processes", 8 * 50),
    ]);
    for (id, strategy_params) in variants() {
        let most = most.get(id).copied().unwrap_or(40 * 50);
        for (after, most) in [(0, 0), (5, most)] {
            let made = Made::cancelling(after, vec![equal(40, 50)]);
            let setup =
                Setup { strategy_params: strategy_params.clone(), cancel: made.cancel(), ..Setup::new(made.job()) };
            assert_eq!(setup.simulate(id, &SimulatedMachine::new(4)), Err(Failure::Cancelled), "{id}");
            let steps = made.did().len();
            assert!((after..=most).contains(&steps), "{id}: {steps} steps, cancelled after {after}");
        }
    }
}

/// A strategy that waits for something that never happens, looking up now and then or not.
struct Stuck {
    looks_up: bool,
}

impl Strategy for Stuck {
    fn meta(&self) -> &'static Meta {
        ALL[0].meta()
    }

    fn phase<'a>(
        &'a self,
        _: &'a Batch<'a>,
        _: &'a SampleContext<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async {
            if !self.looks_up {
                return pending().await;
            }
            loop {
                host.sleep(Duration::from_millis(50)).await;
            }
        })
    }
}

#[test]
fn a_strategy_that_waits_for_ever_is_found_out() {
    for looks_up in [false, true] {
        let (strategy, job, strategy_params) = (&Stuck { looks_up }, talk().job(), Params::of(params()));
        let sample =
            SimulatedSample { strategy, job: &job, strategy_params: &strategy_params, workers: 1, cancel: &NEVER };
        assert_eq!(sample.on(&SimulatedMachine::new(1)), Err(Failure::Lost(Loss::Deadlock)));
    }
}
