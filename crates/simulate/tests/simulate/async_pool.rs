//! Tasks interleaved on a pool of threads: which thread takes which turn, which one a wait occupies, and which one
//! wakes up for it.

use proptest::collection::vec;
use proptest::prelude::*;
use simulate::{MachineCosts, SimulatedMachine};
use strategies::trace::{Cause, Span};
use testkit::Setup;

use crate::{computing, ideal, rows};
use testkit::made::{Act, Act::*, Made};

#[test]
fn each_task_has_a_step_in_turn_on_whichever_thread_is_free() {
    let tasks = || [3, 4, 2].map(|steps| vec![Work(1); steps]).to_vec();
    let two = ideal("async-pool", 2, 2, tasks());
    assert_eq!(computing(&two), ["A0-1 C1-2 B2-3 A3-4", "B0-1 A1-2 C2-3 B3-5"]);
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
    let simulation = setup.simulate("async-pool", &SimulatedMachine::ideal(2)).expect("nobody cancels");
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
    // longer than a thread sleeps without looking up
    let long = ideal("async-pool", 2, 2, vec![vec![Wait(120), Work(1)], vec![Wait(121), Work(30)]]);
    assert_eq!(long.makespan_ms, 151.0);
}

/// The thread that wakes up at 10 goes on with A, and the other has to wake up for B.
#[test]
fn who_keeps_watch_and_goes_off_calls_another_to_keep_it() {
    let simulation = ideal("async-pool", 2, 2, vec![vec![Wait(10), Work(20)], vec![Wait(12), Work(1)]]);
    assert_eq!(computing(&simulation), ["A10-30", "B12-13"]);
    // the next wait is over sooner than the one that a thread is waiting for
    let tasks = vec![vec![Wait(10), Wait(5), Work(1)], vec![Wait(40), Work(1)], vec![Wait(10), Work(20)]];
    let simulation = ideal("async-pool", 2, 2, tasks);
    assert!(computing(&simulation).concat().contains("A15-16"), "{:?}", computing(&simulation));
    assert_eq!(simulation.makespan_ms, 41.0);
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
    let machine = SimulatedMachine {
        costs: MachineCosts { handover_us: 500.0, ..MachineCosts::NONE },
        ..SimulatedMachine::ideal(2)
    };
    let made = Made::tasks(vec![vec![Wait(10), Work(4)]; 2]);
    let setup = Setup { workers: 2, ..Setup::new(made.job()) };
    let simulation = setup.simulate("async-pool", &machine).expect("nobody cancels");
    // one thread keeps watch, and calls the other; calling that all is done also takes 0.5 ms
    assert_eq!(computing(&simulation), ["A10-14", "B10.5-14.5"]);
    assert_eq!(simulation.makespan_ms, 15.0);
}

/// Some acts of some milliseconds each; the last is work.
fn any_task() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![(0..9u64).prop_map(Work), (0..70u64).prop_map(Wait)];
    vec(act, 0..8).prop_map(|acts| [acts, vec![Work(1)]].concat())
}

/// The milliseconds of work, and those of work and waits together.
fn lengths(acts: &[Act]) -> [u64; 2] {
    acts.iter().fold([0, 0], |[work, all], act| match act {
        Work(ms) => [work + ms, all + ms],
        Wait(ms) => [work, all + ms],
        _ => unreachable!("there is nothing else"),
    })
}

proptest! {
    /// While a thread is idle, every task is being worked on or waits; while none is, all work is done at full speed
    /// (Graham, 1966). This fails if a thread sleeps while a task could go on.
    #[test]
    fn no_thread_sleeps_while_there_is_work_for_it(tasks in vec(any_task(), 1..12), workers in 1..9usize) {
        let lengths: Vec<_> = tasks.iter().map(|acts| lengths(acts)).collect();
        let work: u64 = lengths.iter().map(|[work, _]| work).sum();
        let longest = lengths.iter().map(|[_, all]| *all).max().unwrap_or(0);
        let makespan = ideal("async-pool", workers, 8, tasks).makespan_ms;
        prop_assert!(makespan >= longest as f64);
        prop_assert!(makespan <= work as f64 / workers as f64 + longest as f64, "{makespan} ms");
        prop_assert!(workers < lengths.len() || makespan == longest as f64, "a thread for each: {makespan} ms");
    }
}
