//! Tasks interleaved on a pool of threads: who takes which turn, whom a wait holds, and who wakes up for it.

use simulate::{Costs, Machine};
use strategies::trace::{Cause, Span};
use testkit::Setup;

use crate::{computing, ideal, rows};
use testkit::made::{Act::*, Made};

#[test]
fn each_task_has_a_step_in_turn_on_whichever_thread_is_free() {
    let tasks = || [3, 4, 2].map(|steps| vec![Work(1); steps]).to_vec();
    // at 1 B lines up before A, since its thread is not the first to be woken; at 3 nobody but B is left to take turns
    let two = ideal("async-pool", 2, 2, tasks());
    assert_eq!(two.makespan_ms, 5.0);
    let one = ideal("async-pool", 1, 2, tasks());
    assert_eq!(computing(&one), ["A0-1 B1-2 C2-3 A3-4 B4-5 C5-6 A6-7 B7-9"], "as on an event loop");
}

#[test]
fn a_task_alone_stays_where_it_is() {
    let simulation = ideal("async-pool", 4, 4, vec![vec![Work(1); 10]]);
    assert_eq!(computing(&simulation), ["A0-10", "", "", ""]);
    let as_many = ideal("async-pool", 2, 2, vec![vec![Work(1); 10]; 2]);
    assert_eq!(computing(&as_many), ["A0-10", "B0-10"], "nobody else is ready");
    assert!(rows(&as_many, Cause::Transfer).iter().all(String::is_empty));
}

#[test]
fn a_task_may_be_stepped_by_several_threads() {
    let made = Made::tasks(vec![vec![Work(1); 4], vec![Work(2); 4], vec![Work(3); 4]]);
    let setup = Setup { workers: 2, ..Setup::new(made.job()) };
    let simulation = setup.simulate("async-pool", &Machine::ideal(2)).expect("nobody cancels");
    let lanes = || (0..).zip(&simulation.trace.lanes);
    let on = |task| lanes().filter(move |(_, lane)| lane.spans.iter().any(|span| computes(span, task))).count();
    assert_eq!([0, 1, 2].map(on), [2; 3], "{:?}", computing(&simulation));
    let moved: Vec<(u32, &Span)> =
        lanes().flat_map(|(at, lane)| lane.spans.iter().map(move |span| (at, span))).collect();
    let moved: Vec<_> = moved.into_iter().filter(|(_, span)| span.cause == Cause::Transfer).collect();
    assert!(!moved.is_empty() && moved.iter().all(|(lane, span)| span.peer == Some(1 - lane)), "{moved:?}");
}

fn computes(span: &Span, task: u32) -> bool {
    span.cause == Cause::Compute && span.task == task && span.length() > 0
}

#[test]
fn any_number_of_waits_takes_one_wait_whatever_the_workers() {
    for workers in [1, 2, 8] {
        let requests = ideal("async-pool", workers, 2, vec![vec![Wait(40), Work(0)]; 50]);
        assert_eq!(requests.makespan_ms, 40.0, "{workers} workers");
        assert!(rows(&requests, Cause::Wait).iter().all(String::is_empty), "a wait leaves the thread free");
    }
}

#[test]
fn whoever_is_idle_wakes_for_the_first_that_is_due() {
    let tasks = || [30, 10, 20].map(|wait| vec![Wait(wait), Work(1)]).to_vec();
    assert_eq!(computing(&ideal("async-pool", 1, 1, tasks())), ["B10-11 C20-21 A30-31"]);
    assert_eq!(ideal("async-pool", 3, 3, tasks()).makespan_ms, 31.0);
    // longer than anybody sleeps without looking up
    let long = ideal("async-pool", 2, 2, vec![vec![Wait(120), Work(1)], vec![Wait(121), Work(30)]]);
    assert_eq!(long.makespan_ms, 151.0);
}

/// All wait until 10; then B's wait, which its thread does not stay to see the end of, is over before A and C are done.
#[test]
fn a_wait_that_nobody_watched_yet_calls_an_idle_thread() {
    let tasks = vec![vec![Wait(10), Work(20)], vec![Wait(10), Wait(5), Work(1)], vec![Wait(10), Work(20)]];
    let simulation = ideal("async-pool", 3, 3, tasks);
    assert!(computing(&simulation).concat().contains("B15-16"), "{:?}", computing(&simulation));
    assert_eq!(simulation.makespan_ms, 30.0);
}

#[test]
fn threads_that_compute_look_after_the_waits_between_two_steps() {
    let tasks = vec![vec![Wait(10), Work(1)], vec![Work(1); 15], vec![Work(1); 15]];
    let simulation = ideal("async-pool", 2, 2, tasks);
    let rows = computing(&simulation).concat();
    assert!(rows.contains("A11-12") || rows.contains("A10-11"), "{rows}");
    assert_eq!(simulation.makespan_ms, 16.0);
}

#[test]
fn computing_is_spread_over_all_threads() {
    let made = |tasks| vec![vec![Work(1); 12]; tasks];
    for (workers, tasks, makespan) in [(2, 4, 24.0), (4, 4, 12.0), (4, 8, 24.0), (4, 5, 15.0)] {
        let simulation = ideal("async-pool", workers, 8, made(tasks));
        assert_eq!(simulation.makespan_ms, makespan, "{tasks} tasks, {workers} workers");
    }
}

#[test]
fn calling_a_thread_takes_what_the_machine_says() {
    let machine = Machine { costs: Costs { handover_us: 500.0, ..Costs::NONE }, ..Machine::ideal(2) };
    let made = Made::tasks(vec![vec![Wait(10), Work(4)]; 2]);
    let setup = Setup { workers: 2, ..Setup::new(made.job()) };
    let simulation = setup.simulate("async-pool", &machine).expect("nobody cancels");
    // one keeps watch, and calls the other; that all is done is a call, too
    assert_eq!(computing(&simulation), ["A10-14", "B10.5-14.5"]);
    assert_eq!(simulation.makespan_ms, 15.0);
}
