//! Tasks that arrive: every strategy records when each arrived and when it was done, and what lay between.
//!
//! What depends on time is tested on simulated machines; runs on this machine show that the same is recorded in the
//! real world.

use std::collections::BTreeSet;

use simulate::SimulatedMachine;
use strategies::trace::{Cause, Span, TaskRecord, Trace};
use strategies::{ALL, Job};
use testkit::{NEVER, Setup};

/// Requests, and milliseconds that each waits.
const REQUESTS: u32 = 8;
const WAIT: u32 = 20;

/// Requests that arrive one after the other, `every` milliseconds apart.
fn arriving(every: u32) -> Job {
    let params = [("size", REQUESTS), ("wait", WAIT), ("every", every)].map(|(key, value)| (key.to_owned(), value));
    Job::find("proxy", &params, 1).expect("legal")
}

/// Checks that these are the records of requests that arrived `every` milliseconds apart.
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
            let simulated = Setup { workers: 2, ..Setup::new(arriving(every)) }.simulate(id, &SimulatedMachine::new(2));
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
    let trace = setup.simulate(id, &SimulatedMachine::new(2)).expect("nothing fails there").trace;
    trace.tasks.iter().skip(1).map(|task| task.latency().expect("all but the first arrive") / 1000).collect()
}

#[test]
fn waiting_in_line_is_part_of_latency() {
    // one thread, held while a request waits, falls behind by 15 ms with each request; each of two, by 10 ms with its
    // next
    for (id, last) in [("blocking", 125), ("threads", 50), ("gil", 50)] {
        let found = latencies(id, 5);
        assert!(found.is_sorted() && found.last().is_some_and(|own| (last..last + 5).contains(own)), "{id}: {found:?}");
    }
    for id in ["event-loop", "actors", "async-pool", "offload", "offload-gil", "offload-processes"] {
        let found = latencies(id, 5);
        assert!(found.iter().all(|own| (WAIT..WAIT + 3).contains(own)), "{id}: {found:?}");
    }
}

/// The trace of a web service on a made-up machine with two cores.
fn service(id: &str, params: &[(&str, u32)]) -> Trace {
    let params: Vec<_> = params.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect();
    let job = Job::find("server", &params, 1).expect("legal");
    Setup { workers: 2, ..Setup::new(job) }.simulate(id, &SimulatedMachine::new(2)).expect("nothing fails there").trace
}

/// The tasks that were computed behind a loop in front, in the order in which that began.
fn sent(trace: &Trace) -> Vec<u32> {
    let spans = trace.lanes[1..].iter().flat_map(|lane| &lane.spans).filter(|span| span.cause == Cause::Compute);
    let mut tasks: Vec<_> = spans.map(|span| (span.start, span.task)).collect();
    tasks.sort_unstable();
    let mut seen = BTreeSet::new();
    tasks.into_iter().map(|(_, task)| task).filter(|task| seen.insert(*task)).collect()
}

/// Of 60 requests, 10 ms apart, every tenth computes for 40 ms.
#[test]
fn behind_a_loop_in_front_nobody_waits_for_who_computes() {
    let longest = |trace: &Trace| trace.tasks.iter().filter_map(|task| task.latency()).max();
    let params = [("size", 60), ("long", 10), ("compute", 40)];
    assert!(longest(&service("event-loop", &params)) > Some(20_000), "on the loop they do");
    for id in ["offload", "offload-processes"] {
        let trace = service(id, &params);
        assert!(longest(&trace) < Some(1_000), "{id}: {:?}", longest(&trace));
        assert_eq!(sent(&trace), [9, 19, 29, 39, 49, 59], "{id}: only the long ones are computed elsewhere");
        let record = trace.tasks[9];
        assert_eq!(record.steps, 2 + 400 + 1, "{id}: it says that it is there, arrives, computes, and answers");
    }
}

/// Behind one lock the loop waits for its turn: for a switch interval, and the step that is being done then.
#[test]
fn behind_a_loop_in_front_with_a_lock_each_waits_for_an_interval() {
    let trace = service("offload-gil", &[("size", 60), ("long", 10), ("compute", 40)]);
    assert_eq!(sent(&trace), [9, 19, 29, 39, 49, 59]);
    let short = (0..).zip(&trace.tasks).filter(|(task, _)| (task + 1) % 10 != 0);
    let longest = short.filter_map(|(_, task)| task.latency()).max();
    // to see that it is there, and to answer
    assert!((Some(5_000)..Some(2 * 5_500)).contains(&longest), "{longest:?}");
}

/// All requests compute for longer than it takes the next to arrive, so that they line up.
#[test]
fn who_arrived_first_is_computed_first() {
    let trace = service("offload-processes", &[("size", 20), ("every", 1), ("long", 100), ("compute", 4)]);
    assert_eq!(sent(&trace), (0..20).collect::<Vec<_>>());
    let busy = trace.lanes[1..].iter().map(|lane| lane.spans.iter().map(Span::length).sum::<u32>());
    assert!(busy.clone().all(|busy| busy >= 9 * 4_000), "both processes compute: {:?}", busy.collect::<Vec<_>>());
}

#[test]
fn waits_that_leave_the_lane_free_are_on_record() {
    for id in ["event-loop", "actors", "async-pool", "offload", "offload-gil", "offload-processes"] {
        let sample = Setup { workers: 2, ..Setup::new(arriving(0)) }.perform(id);
        let waits = |span: &&Span| span.until > 0 && span.cause == Cause::Compute;
        let waits: Vec<_> = sample.spans().map(|(_, span)| span).filter(waits).collect();
        assert_eq!(waits.len(), REQUESTS as usize, "{id}: {waits:?}");
        assert!(waits.iter().all(|span| (span.until - span.end).abs_diff(WAIT * 1000) <= 1), "{id}: {waits:?}");
    }
    let held = Setup::new(arriving(0)).perform("blocking");
    assert!(held.spans().all(|(_, span)| span.until == 0), "it holds its lane while it waits");
}
