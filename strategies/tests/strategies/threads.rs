//! Threads that are real: each step once, each lane one thing at a time, and under a lock one step at a time.

use std::collections::BTreeSet;

use strategies::trace::{Cause, STEPS_WORD, slack};
use strategies::{Job, Parallelism};
use testkit::made::{Act::*, Did, Made};
use testkit::{Setup, set, strategy, variants};

#[test]
fn tasks_are_stepped_once_and_stay_on_a_lane() {
    for id in ["threads", "gil"] {
        let made = Made::tasks(vec![vec![Spin(20); 5]; 40]);
        let sample = Setup::new(made.job()).perform(id);
        assert_eq!(sample.digest(), (1..=40).sum::<u32>().to_string());
        let mut did = made.did();
        did.sort();
        let steps = (0..40).flat_map(|task| (0..5).map(move |step| Did { phase: 0, task, step }));
        assert!(did.into_iter().eq(steps), "{id}: each step once");
        assert_eq!(sample.lanes.len(), 4);
        for (lane, span) in sample.spans() {
            assert_eq!(sample.answers.get(span.task as usize).map(|(found_on, _)| found_on), Some(lane), "{id}");
        }
    }
}

#[test]
fn a_lane_does_one_thing_at_a_time() {
    for (id, strategy_params) in variants() {
        let made = Made::tasks(vec![vec![Spin(100), Wait(1), Spin(100), Spin(100)]; 12]);
        let sample = Setup { strategy_params, ..Setup::new(made.job()) }.perform(id);
        for (lane, (spans, _)) in sample.lanes.iter().enumerate() {
            let mut spans = spans.clone();
            spans.sort_by_key(|span| (span.start, span.end)); // those of a process may come out of order
            assert!(spans.is_sorted_by(|one, next| one.end <= next.start), "{id}, lane {lane}: {spans:?}");
        }
    }
}

#[test]
fn under_a_lock_no_two_compute_at_once_however_often_it_changes_hands() {
    for (id, interval) in ["gil", "offload-gil"].into_iter().flat_map(|id| [100, 1_000, 5_000].map(|us| (id, us))) {
        // the last steps are light: a loop in front does them itself
        let made = Made::tasks((1..=24).map(|steps| [vec![Spin(200); steps], vec![Light]].concat()).collect());
        let sample = Setup { strategy_params: set("interval", interval), ..Setup::new(made.job()) }.perform(id);
        assert_eq!(sample.digest(), (1..=24).sum::<u32>().to_string());
        assert_eq!(made.did().len(), (1..=24).sum::<usize>() + 24);
        assert_eq!(made.most_at_once(), 1, "{id}, interval {interval} µs");
    }
}

/// Each thread has a task when they meet, and then all want the lock.
#[test]
fn the_lock_goes_round() {
    let made = Made::tasks(vec![[vec![Meet(4)], vec![Spin(300); 20]].concat(); 4]);
    let sample = Setup { strategy_params: set("interval", 100), ..Setup::new(made.job()) }.perform("gil");
    let lanes = |cause| sample.spans().filter(move |(_, span)| span.cause == cause).map(|(lane, _)| lane);
    assert_eq!(lanes(Cause::Compute).collect::<BTreeSet<_>>(), (0..4).collect());
    assert!(lanes(Cause::LockWait).next().is_some());
    let peers: Vec<_> = sample.spans().filter_map(|(lane, span)| Some((lane as u32, span.peer?))).collect();
    assert!(!peers.is_empty() && peers.iter().all(|&(lane, peer)| peer != lane && peer < 4), "{peers:?}");
}

/// Two threads are at work once two steps were done at the same time; then each takes tasks that others have put back.
#[test]
fn a_pool_goes_on_with_a_task_on_any_of_its_threads() {
    let made = Made::tasks(vec![[vec![Company], vec![Spin(200); 50]].concat(); 12]);
    let sample = Setup::new(made.job()).perform("async-pool");
    assert_eq!((sample.digest(), made.did().len()), ("78", 12 * 51));
    let computed = sample.spans().filter(|(_, span)| span.cause == Cause::Compute);
    let seen: BTreeSet<_> = computed.map(|(lane, span)| (span.task, lane)).collect();
    assert!(seen.len() > 12, "no task changed its thread: {seen:?}");
    let transfers = sample.spans().filter(|(_, span)| span.cause == Cause::Transfer);
    for (lane, span) in transfers {
        assert!(span.peer.is_some_and(|peer| peer as usize != lane && peer < 4), "lane {lane}: {span:?}");
    }
}

/// With more waits than threads, of all lengths, a thread is awake whenever one is over.
#[test]
fn a_pool_wakes_up_for_each_wait_in_time() {
    for workers in [1, 2, 8] {
        let task = |at: u64| [Wait(at % 7), Spin(10), Wait(at % 3), Spin(10)].repeat(4);
        let made = Made::tasks((0..60).map(task).collect());
        let sample = Setup { workers, ..Setup::new(made.job()) }.perform("async-pool");
        assert_eq!(made.did().len(), 60 * 16, "{workers} workers");
        let waits = sample.spans().filter(|(_, span)| span.cause == Cause::Wait);
        assert_eq!(waits.count(), 0, "no wait holds a thread");
        let makespan = sample.outcome.as_ref().map_or(0.0, |performance| performance.makespan);
        assert!((32.0..1000.0).contains(&makespan), "{workers} workers: {makespan} ms");
    }
}

/// The loop knows from which thread's lane it gets a task back; to which one a task goes is not known when it is sent
/// out.
#[test]
fn the_loop_knows_who_gave_a_task_back() {
    for id in ["offload", "offload-gil"] {
        let made = Made::tasks(vec![vec![Spin(200), Wait(1), Spin(200)]; 12]);
        let sample = Setup::new(made.job()).perform(id);
        let transfers = sample.spans().filter(|(lane, span)| *lane == 0 && span.cause == Cause::Transfer);
        let peers: BTreeSet<_> = transfers.filter_map(|(_, span)| span.peer).collect();
        assert!(!peers.is_empty() && peers.iter().all(|peer| (1..5).contains(peer)), "{id}: {peers:?}");
    }
}

/// Tasks that wait for each other end only if all of their waits overlap.
#[test]
fn waits_overlap_wherever_they_are_said_to() {
    for (id, strategy_params) in variants() {
        let tasks = match id {
            "event-loop" | "actors" | "async-pool" | "offload" | "offload-gil" | "offload-processes" => 16,
            "threads" | "gil" => 4, // one each
            _ => continue,
        };
        let made = Made::tasks(vec![vec![Meet(tasks), Spin(1)]; tasks]);
        assert_eq!(Setup { strategy_params, ..Setup::new(made.job()) }.perform(id).answers.done(), tasks, "{id}");
    }
}

#[test]
fn light_steps_stay_at_the_loop() {
    for id in ["offload", "offload-gil"] {
        let made = Made::tasks(vec![vec![Light, Wait(1), Light, Spin(200), Light, Light]; 20]);
        let sample = Setup::new(made.job()).perform(id);
        assert_eq!((sample.digest(), made.did().len()), ("210", 20 * 6), "{id}");
        let at_loop: u32 = sample.headers[0][STEPS_WORD];
        assert_eq!(at_loop, 20 * 4, "{id}");
        let sent: u32 = sample.headers[1..].iter().map(|header| header[STEPS_WORD]).sum();
        assert_eq!(sent, 20 * 2, "{id}");
        assert!((0..20).all(|task| sample.answers.get(task).is_some_and(|(lane, _)| lane == 0)), "{id}: at the loop");
    }
}

#[test]
fn what_lets_go_of_the_lock_runs_beside_others() {
    for id in ["gil", "offload-gil"] {
        let company = Made::tasks(vec![vec![Released(300); 20]; 4]);
        Setup::new(company.job()).perform(id);
        assert!(company.most_at_once() > 1, "{id}");
    }
}

#[test]
fn a_moment_is_waited_for_since_the_job_began_each_time() {
    for (id, strategy_params) in variants() {
        let made = Made::tasks(vec![vec![Until(20), Spin(10)]; 3]);
        let sample = Setup { repeats: 2, strategy_params, ..Setup::new(made.job()) }.perform(id);
        assert_eq!(sample.digest(), "6", "{id}");
        let makespan = sample.outcome.as_ref().map_or(0.0, |performance| performance.makespan);
        assert!((40.0..1000.0).contains(&makespan), "{id}: {makespan} ms");
    }
}

/// What tasks count, and when they had no core, are two records of the same steps.
#[test]
fn nothing_is_counted_while_a_lane_is_off_its_core() {
    let job = Job::find("activity", &[("size".into(), 6), ("time".into(), 150)], 1).expect("legal");
    let sample = Setup { workers: 6, slack: slack(0.001), ..Setup::new(job) }.perform("threads");
    let rows = &sample.outcome.as_ref().expect("nobody cancels").activity;
    let off = sample.spans().filter(|(_, span)| span.cause == Cause::OffCore);
    for (lane, span) in off {
        // the job began a little later than the sample
        let inside = span.start.div_ceil(1000) as usize..(span.end / 1000).saturating_sub(1) as usize;
        let row = &rows[span.task as usize];
        let counted: u32 = inside.clone().filter_map(|at| row.get(at)).sum();
        assert_eq!(counted, 0, "lane {lane}, {inside:?} of {row:?}");
    }
}

#[test]
fn contexts_really_run_beside_each_other() {
    for (id, strategy_params) in variants() {
        if strategy(id).parallelism(&strategy_params) == Parallelism::Full || strategy_params.get("release") == 100 {
            let made = Made::tasks(vec![vec![Company]; 8]);
            Setup { strategy_params, ..Setup::new(made.job()) }.perform(id);
            assert!(made.most_at_once() > 1, "{id}: nobody ever met anybody");
        }
    }
}
