//! A loop in front of threads, where all of them, the loop included, need one lock to step a task.

use strategies::trace::Cause;
use workloads::Params;

use crate::{computing, ideal, ideal_with, rows};
use testkit::made::Act::*;
use testkit::set;

#[test]
fn the_threads_behind_the_loop_take_turns_of_an_interval() {
    let simulation = ideal("offload-gil", 2, 4, vec![vec![Work(1); 12]; 2]);
    assert_eq!(computing(&simulation), ["", "A0-5 A10-15 A20-22", "B5-10 B15-20 B22-24"]);
    assert_eq!(rows(&simulation, Cause::LockWait)[1..], ["A5-10 A15-20", "B0-5 B10-15 B20-22"]);
}

#[test]
fn what_is_interpreted_takes_the_time_of_all() {
    for (interval, workers, cores) in [(100, 3, 8), (5_000, 1, 1), (5_000, 4, 2), (100_000, 16, 64)] {
        let tasks = (1..=20).map(|steps| vec![Work(1 + steps % 3); steps as usize]).collect();
        let simulation = ideal_with(set("interval", interval), "offload-gil", workers, cores, tasks);
        let total: u64 = (1..=20).map(|steps| (1 + steps % 3) * steps).sum();
        assert_eq!(simulation.makespan_ms, total as f64, "interval {interval} µs, {workers} workers");
    }
}

#[test]
fn what_lets_go_of_the_lock_is_computed_side_by_side() {
    let makespan =
        |release| ideal_with(set("release", release), "offload-gil", 4, 4, vec![vec![Work(1); 100]; 4]).makespan_ms;
    assert_eq!([0, 100].map(makespan), [400.0, 100.0]);
    assert!((200.0..=210.0).contains(&makespan(50)), "{}", makespan(50));
}

#[test]
fn waits_overlap_at_the_loop_whatever_the_threads() {
    let requests = ideal("offload-gil", 2, 2, vec![vec![Wait(40), Work(0)]; 50]);
    assert_eq!(requests.makespan_ms, 40.0);
    assert!(rows(&requests, Cause::Wait).iter().all(String::is_empty), "nobody is held by a wait");
    let simulation = ideal("offload-gil", 2, 2, vec![vec![Wait(40), Work(1)]; 8]);
    assert_eq!(simulation.makespan_ms, 48.0, "waits overlap, work does not");
}

/// A's only step that takes time is light; B computes on a thread, in steps of 2 ms.
#[test]
fn a_light_step_waits_for_an_interval_and_a_step() {
    for (interval, turn) in [(5_000, 16), (1_000, 12), (3_000, 14)] {
        let tasks = vec![vec![Until(10), Keep(1)], vec![Work(2); 20]];
        let simulation = ideal_with(set("interval", interval), "offload-gil", 1, 4, tasks);
        // in the first lock wait the loop learns that there is something to wait for
        assert!(rows(&simulation, Cause::LockWait)[0].ends_with(&format!(" A10-{turn}")), "interval {interval} µs");
        assert_eq!(computing(&simulation)[0], format!("A{turn}-{}", turn + 1), "interval {interval} µs");
        assert_eq!(simulation.makespan_ms, 41.0, "B waits meanwhile");
    }
    let free = ideal("offload", 1, 4, vec![vec![Until(10), Keep(1)], vec![Work(2); 20]]);
    assert_eq!(computing(&free)[0], "A10-11", "without a lock it waits for nobody");
}

#[test]
fn a_light_step_that_blocks_holds_the_loop_and_no_lock() {
    let tasks = vec![vec![Block(10), Keep(1)], vec![Work(1); 8]];
    let simulation = ideal_with(Params::of(strategies::params()), "offload-gil", 1, 2, tasks);
    assert_eq!(computing(&simulation), ["A10-11", "B0-8"]);
    assert_eq!(rows(&simulation, Cause::Wait), ["A0-10", ""]);
}
