//! One lock for all threads: turns of an interval, waits without the lock, and a share of steps that do not need it.

use simulate::{SimulatedMachine, Simulation};
use strategies::trace::{Cause, Span};
use workloads::Params;

use crate::{computing, ideal, ideal_with, rows};
use testkit::made::{Act::*, Made};
use testkit::{Setup, set};

#[test]
fn four_threads_take_turns_of_five_milliseconds() {
    for cores in [1, 2, 64] {
        let simulation = ideal("gil", 4, cores, vec![vec![Work(1); 12]; 4]);
        let expected = ["A0-5 A20-25 A40-42", "B5-10 B25-30 B42-44", "C10-15 C30-35 C44-46", "D15-20 D35-40 D46-48"];
        assert_eq!(computing(&simulation), expected, "{cores} cores");
        let waiting = ["A5-20 A25-40", "B0-5 B10-25 B30-42", "C0-10 C15-30 C35-44", "D0-15 D20-35 D40-46"];
        assert_eq!(rows(&simulation, Cause::LockWait), waiting, "{cores} cores");
    }
}

#[test]
fn the_lock_changes_hands_at_the_first_step_that_ends_after_the_interval() {
    for (interval, length, turn) in [(5_000, 2, 6), (5_000, 7, 7), (20_000, 3, 21), (3_000, 1, 3), (1_000, 1, 1)] {
        let tasks = vec![vec![Work(length); 60 / length as usize]; 2];
        let simulation = ideal_with(set("interval", interval), "gil", 2, 2, tasks);
        let first: Vec<_> = computing(&simulation).iter().map(|row| first_word(row)).collect();
        assert_eq!(first, [format!("A0-{turn}"), format!("B{turn}-{}", 2 * turn)], "interval {interval} µs");
    }
}

fn first_word(row: &str) -> String {
    row.split(' ').next().expect("a split has a first part").into()
}

#[test]
fn the_work_of_all_is_done_in_the_time_of_all_and_never_two_at_once() {
    for (interval, workers) in [(100, 3), (700, 4), (5_000, 2), (5_000, 16), (100_000, 4)] {
        let tasks = (1..=20).map(|steps| vec![Work(1 + steps % 3); steps as usize]).collect();
        let simulation = ideal_with(set("interval", interval), "gil", workers, 64, tasks);
        let total: u64 = (1..=20).map(|steps| (1 + steps % 3) * steps).sum();
        assert_eq!(simulation.makespan_ms, total as f64, "interval {interval} µs, {workers} workers");
        let spans = in_order(&simulation);
        assert!(spans.is_sorted_by(|one, next| one.end <= next.start), "two at once");
    }
}

/// All spans that compute, by their start.
fn in_order(simulation: &Simulation) -> Vec<Span> {
    let lanes = simulation.trace.lanes.iter().flat_map(|lane| &lane.spans);
    let mut spans: Vec<_> = lanes.filter(|span| span.cause == Cause::Compute).copied().collect();
    spans.sort_by_key(|span| (span.start, span.end));
    spans
}

#[test]
fn whoever_waits_does_so_without_the_lock() {
    let simulation = ideal("gil", 2, 2, vec![vec![Work(1), Wait(10), Work(1)], vec![Work(1); 4]]);
    assert_eq!(computing(&simulation), ["A0-1 A11-12", "B1-5"]);
    assert_eq!(rows(&simulation, Cause::Wait), ["A1-11", ""]);
    let simulation = ideal("gil", 4, 4, vec![vec![Wait(40), Work(1)]; 4]);
    assert_eq!(simulation.makespan_ms, 44.0, "waits overlap, work does not");
}

#[test]
fn steps_that_release_the_lock_run_beside_others() {
    let tasks = || vec![vec![Work(1); 100]; 4];
    let makespan = |release| ideal_with(set("release", release), "gil", 4, 4, tasks()).makespan_ms;
    assert_eq!([0, 100].map(makespan), [400.0, 100.0]);
    // what needs the lock, half of all work, is done one after the other; the rest fits in between
    assert!((200.0..=210.0).contains(&makespan(50)), "{}", makespan(50));
    // a quarter under the lock does not halve the time again: a thread whose free step is done waits for the lock
    // holder
    assert!((110.0..=190.0).contains(&makespan(75)), "{}", makespan(75));
}

#[test]
fn handing_over_costs_what_the_machine_says() {
    let mut machine = SimulatedMachine::ideal(2);
    machine.costs.handover_us = 500.0;
    let made = Made::tasks(vec![vec![Work(1); 10]; 2]);
    let setup = Setup { workers: 2, ..Setup::new(made.job()) };
    let simulation = setup.simulate("gil", &machine).expect("nobody cancels");
    // A releases the lock at 5 and B has it at 5.5; A knows that at 6, but its interval counts from 5.5: it asks at
    // 10.5
    assert_eq!(computing(&simulation), ["A0-5 A11-16", "B5.5-10.5 B16.5-21.5"]);
}

#[test]
fn as_many_threads_as_tasks_all_end() {
    let strategy_params = || Params::of(strategies::params());
    let simulation = ideal_with(strategy_params(), "gil", 64, 2, vec![vec![Wait(3), Work(1), Wait(3), Work(1)]; 64]);
    assert_eq!(simulation.makespan_ms, 3.0 + 128.0);
}
