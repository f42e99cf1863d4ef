//! Tasks that arrive: under every strategy it is on record when each did and when it was done, and what lay between.
//!
//! What depends on time is told by simulated machines; this machine says that the same is recorded in the real world.

use simulate::Machine;
use strategies::trace::{Cause, Span, TaskRecord};
use strategies::{ALL, Job};
use testkit::{NEVER, Setup};

/// Requests, and milliseconds that each waits.
const REQUESTS: u32 = 8;
const WAIT: u32 = 20;

/// Requests that arrive one after the other, so many milliseconds apart.
fn arriving(every: u32) -> Job {
    let params = [("size", REQUESTS), ("wait", WAIT), ("every", every)].map(|(key, value)| (key.to_owned(), value));
    Job::find("proxy", &params, 1).expect("legal")
}

/// Whether these are the records of requests that arrived so far apart.
fn check(id: &str, records: &[TaskRecord], every: u32) {
    assert_eq!(records.len(), REQUESTS as usize, "{id}");
    let began = records[1].arrived.map_or(0, |arrived| arrived - every * 1000); // a moment after the sample did
    for (task, record) in (0..).zip(records) {
        let there = began + task * every * 1000;
        assert_eq!(record.arrived.is_some(), task > 0 && every > 0, "{id}, {task}: {record:?}");
        assert!(record.arrived.is_none_or(|arrived| arrived.abs_diff(there) <= 1), "{id}, {task}: {record:?}");
        assert!(record.done >= there + WAIT * 1000, "{id}, {task}: {record:?}");
        // its arrival, its request, its response
        assert_eq!(record.steps, if record.arrived.is_some() { 3 } else { 2 }, "{id}, {task}");
        assert!(record.median <= record.p99 && record.p99 <= record.longest, "{id}, {task}: {record:?}");
    }
}

#[test]
fn every_strategy_records_arrivals_and_completions() {
    for id in ALL.iter().map(|strategy| strategy.meta().id) {
        for every in [0, 5] {
            check(id, &Setup { workers: 2, ..Setup::new(arriving(every)) }.perform(id).answers.records(), every);
            let simulated = Setup { workers: 2, ..Setup::new(arriving(every)) }.simulate(id, &Machine::new(2));
            check(id, &simulated.expect("nothing fails there").trace.tasks, every);
        }
    }
}

#[test]
fn where_nothing_is_recorded_nothing_is_known() {
    let sample = Setup { traced: false, ..Setup::new(arriving(5)) }.perform("threads");
    assert_eq!(sample.answers.records()[3].steps, 0);
}

/// The latencies on a made-up machine with two cores, in milliseconds.
fn latencies(id: &str, every: u32) -> Vec<u32> {
    let setup = Setup { workers: 2, cancel: &NEVER, ..Setup::new(arriving(every)) };
    let trace = setup.simulate(id, &Machine::new(2)).expect("nothing fails there").trace;
    trace.tasks.iter().skip(1).map(|task| task.latency().expect("all but the first arrive") / 1000).collect()
}

#[test]
fn waiting_in_line_is_part_of_latency() {
    // who holds a thread while it waits falls behind by 15 ms with each request; of two threads each by 10 ms with its next
    for (id, last) in [("blocking", 125), ("threads", 50), ("gil", 50)] {
        let found = latencies(id, 5);
        assert!(found.is_sorted() && found.last().is_some_and(|own| (last..last + 5).contains(own)), "{id}: {found:?}");
    }
    for id in ["event-loop", "actors", "offload", "offload-processes"] {
        let found = latencies(id, 5);
        assert!(found.iter().all(|own| (WAIT..WAIT + 3).contains(own)), "{id}: {found:?}");
    }
}

#[test]
fn waits_that_leave_the_lane_free_are_on_record() {
    for id in ["event-loop", "actors", "offload", "offload-processes"] {
        let sample = Setup { workers: 2, ..Setup::new(arriving(0)) }.perform(id);
        let waits = |span: &&Span| span.until > 0 && span.cause == Cause::Compute;
        let waits: Vec<_> = sample.spans().map(|(_, span)| span).filter(waits).collect();
        assert_eq!(waits.len(), REQUESTS as usize, "{id}: {waits:?}");
        assert!(waits.iter().all(|span| (span.until - span.end).abs_diff(WAIT * 1000) <= 1), "{id}: {waits:?}");
    }
    let held = Setup::new(arriving(0)).perform("blocking");
    assert!(held.spans().all(|(_, span)| span.until == 0), "it holds its lane while it waits");
}
