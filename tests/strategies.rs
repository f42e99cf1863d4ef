//! Every strategy, natively: the same answers for the same work, and each schedules as it says it does.
//!
//! Time is virtual (see [`native`]), so nothing here depends on how fast or how busy the machine is.

mod native;
#[path = "strategies/processes.rs"]
mod processes;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lanes::strategy::{ALL, Equivalents, Failure, Job, Place, find};
use lanes::trace::{Cause, Span};

use native::Setup;
use native::made::{Act::*, Did, Made};

#[test]
fn ids_are_unique_names_and_found() {
    let ids: HashSet<_> = ALL.iter().map(|strategy| strategy.meta().id).collect();
    assert_eq!(ids.len(), ALL.len());
    for id in ids {
        let legal = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(!id.is_empty() && id.chars().all(legal), "{id:?} is no name for a URL");
        assert_eq!(find(id).map(|strategy| strategy.meta().id), Some(id));
    }
    assert!(find("").is_none() && find("Threads").is_none());
}

#[test]
fn every_strategy_says_what_it_is() {
    for strategy in ALL {
        let meta = strategy.meta();
        let Equivalents { python, rust, go, javascript } = meta.equivalents;
        assert!([meta.name, python, rust, go, javascript].iter().all(|text| !text.is_empty()), "{}", meta.id);
        assert!(meta.line.ends_with('.'), "{}: one sentence at least", meta.id);
        assert_eq!(meta.lanes(7), if meta.place == Place::Page { 1 } else { 7 }, "{}", meta.id);
    }
}

#[test]
fn a_job_of_another_version_is_refused() {
    let set = |key: &str, value| vec![(key.to_owned(), value)];
    assert!(Job::find("proxy", &set("size", 3), 1).is_ok_and(|job| job.params.get("size") == 3));
    for (workload, params, culprit) in
        [("no-such", vec![], "no-such"), ("proxy", set("sise", 3), "sise"), ("proxy", set("size", 0), "size")]
    {
        assert_eq!(Job::find(workload, &params, 1).err(), Some(Failure::Garbled(culprit.into())));
    }
}

#[test]
fn every_strategy_gives_every_known_answer_recorded_or_not() {
    for (strategy, workload) in ALL.iter().flat_map(|strategy| workloads::ALL.iter().map(move |w| (strategy, w))) {
        let (known, id) = (workload.known(), workload.info().id);
        let params: Vec<_> = known.params.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect();
        let job = Job::find(id, &params, known.seed).expect("what is known is legal");
        let tasks: usize = workload.phases(&job.params).iter().sum();
        for traced in [true, false] {
            let sample = Setup { traced, ..Setup::new(job.clone()) }.perform(strategy.meta().id);
            assert_eq!(sample.answer(), known.answer, "{id} under {}", strategy.meta().id);
            assert_eq!(sample.board.done(), tasks);
            let computed = sample.spans().filter(|(_, span)| span.cause == Cause::Compute);
            let seen: BTreeSet<_> = computed.map(|(_, span)| span.task as usize).collect();
            assert_eq!(seen, (0..if traced { tasks } else { 0 }).collect(), "{id} under {}", strategy.meta().id);
            assert!(sample.lanes.iter().all(|(spans, lost)| *lost == 0 && (traced || spans.is_empty())));
        }
    }
}

/// The second phase's tasks add up what the first one's answered, so a task that started too early, or was given too
/// little, answers wrong.
#[test]
fn a_phase_starts_when_the_one_before_is_done() {
    for strategy in ALL {
        let uneven = (1..=7).map(|steps| vec![Work(1); steps]).collect();
        let made = Made::phases(vec![uneven, vec![vec![Work(1)]; 3]]);
        let sample = Setup::new(made.job()).perform(strategy.meta().id);
        let id = strategy.meta().id;
        assert_eq!(sample.answer(), ((28 + 1) + (28 + 2) + (28 + 3)).to_string(), "{id}");
        let did = made.did();
        assert!(did.is_sorted_by_key(|did| did.phase), "{id}: {did:?}");
        assert_eq!(did.len(), 28 + 3, "{id}: each step once");
        let computed = sample.spans().filter(|(_, span)| span.cause == Cause::Compute);
        let numbers: BTreeSet<_> = computed.map(|(_, span)| span.task).collect();
        assert_eq!(numbers, (0..10).collect(), "{id}: tasks count over all phases");
    }
}

/// The talk's three generators.
fn talk() -> &'static Made {
    Made::tasks(vec![vec![Work(1); 3], vec![Work(1); 4], vec![Work(1); 2]])
}

#[test]
fn the_event_loop_gives_each_task_a_step_in_turn() {
    let made = talk();
    let sample = Setup::new(made.job()).perform("event-loop");
    assert_eq!(made.letters(), "A1 B1 C1 A2 B2 C2 A3 B3 B4");
    let spans = sample.lanes[0].0.iter().map(|span| (span.task, span.start, span.end));
    let turns =
        [(0, 0), (1, 1), (2, 2), (0, 3), (1, 4), (2, 5), (0, 6)].map(|(task, ms)| (task, ms * 1000, ms * 1000 + 1000));
    assert_eq!(spans.collect::<Vec<_>>(), [&turns[..], &[(1, 7000, 9000)]].concat(), "B3 and B4 are adjacent");
}

#[test]
fn blocking_finishes_a_task_before_it_starts_the_next() {
    let made = talk();
    let sample = Setup::new(made.job()).perform("blocking");
    assert_eq!(made.letters(), "A1 A2 A3 B1 B2 B3 B4 C1 C2");
    let spans = sample.lanes[0].0.iter().map(|span| (span.task, span.start, span.end));
    assert_eq!(spans.collect::<Vec<_>>(), [(0, 0, 3000), (1, 3000, 7000), (2, 7000, 9000)]);
    assert!(sample.gave_way.is_empty(), "blocking never gives way");
}

#[test]
fn the_event_loop_gives_way_after_each_slice_of_its_own_work() {
    let tasks = || vec![vec![Work(1); 10]; 3];
    let sample = Setup::new(Made::tasks(tasks()).job()).perform("event-loop");
    assert_eq!(sample.gave_way, [5.0, 10.0, 15.0, 20.0, 25.0, 30.0]);
    // what the page does in its turn is not the loop's work
    let sample = Setup { page_ms: 100, ..Setup::new(Made::tasks(tasks()).job()) }.perform("event-loop");
    assert_eq!(sample.gave_way, [5.0, 110.0, 215.0, 320.0, 425.0, 530.0]);
}

#[test]
fn waits_overlap_on_the_event_loop_and_add_up_when_blocking() {
    let requests = || Made::tasks(vec![vec![Wait(40), Work(0)]; 50]).job();
    let (overlapped, blocked) =
        (Setup::new(requests()).perform("event-loop"), Setup::new(requests()).perform("blocking"));
    assert_eq!((overlapped.makespan(), blocked.makespan()), (40.0, 50.0 * 40.0));
    let waited = |(_, span): (usize, &Span)| (span.cause == Cause::Wait).then_some(span.length());
    assert_eq!(overlapped.spans().filter_map(waited).sum::<u32>(), 0, "an overlapped wait leaves the lane free");
    assert_eq!(blocked.spans().filter_map(waited).collect::<Vec<_>>(), [40_000; 50]);
}

#[test]
fn the_event_loop_works_while_others_wait_and_wakes_whoever_is_due_first() {
    let made = Made::tasks([30, 10, 20].map(|wait| vec![Wait(wait), Work(1)]).to_vec());
    assert_eq!(Setup::new(made.job()).perform("event-loop").makespan(), 31.0);
    assert_eq!(made.letters(), "A1 B1 C1 B2 C2 A2");
    let made = Made::tasks(vec![vec![Wait(10), Work(1)], vec![Work(1); 15]]);
    assert_eq!(Setup::new(made.job()).perform("event-loop").makespan(), 16.0);
    let letters = made.letters();
    assert!(["B10 A2", "B11 A2"].iter().any(|soon| letters.contains(soon)), "due after B10: {letters}");
}

#[test]
fn threads_step_each_task_once_on_one_lane_each() {
    let made = Made::tasks(vec![vec![Work(1); 5]; 40]);
    let sample = Setup::new(made.job()).perform("threads");
    assert_eq!(sample.answer(), (1..=40).sum::<u32>().to_string());
    let mut did = made.did();
    did.sort();
    let steps = (0..40).flat_map(|task| (0..5).map(move |step| Did { phase: 0, task, step }));
    assert!(did.into_iter().eq(steps), "each step once");
    assert_eq!(sample.lanes.len(), 4);
    for (spans, _) in &sample.lanes {
        assert!(spans.is_sorted_by(|one, next| one.end <= next.start), "a lane does one thing at a time");
    }
    let mut tasks: Vec<_> = sample.spans().map(|(_, span)| (span.task, span.length())).collect();
    tasks.sort();
    assert!(tasks.into_iter().eq((0..40).map(|task| (task, 5000))), "five adjacent steps make one span");
    for (lane, span) in sample.spans() {
        assert_eq!(sample.board.get(span.task as usize).map(|(found_on, _)| found_on), Some(lane));
    }
}

/// A flag that is up from the start lets no step happen; one that goes up in the middle lets each lane finish the step,
/// and each process the orders, that it is at.
#[test]
fn every_strategy_stops_when_cancelled() {
    // guided shares of 40 tasks for 4 processes: the 8 orders that are out at once hold 2, 2, 2, 2, 2, 2, 2, 2 tasks
    let most = BTreeMap::from([("blocking", 5), ("event-loop", 5), ("threads", 5 + 3), ("processes", 16 * 50)]);
    for strategy in ALL {
        let id = strategy.meta().id;
        for (after, most) in [(0, 0), (5, most[id])] {
            let made = Made::cancelling(after, vec![vec![vec![Work(1); 50]; 40]]);
            let sample = Setup { cancel: made.cancel(), ..Setup::new(made.job()) }.perform(id);
            assert_eq!(sample.outcome, Err(Failure::Cancelled), "{id}");
            let steps = made.did().len();
            assert!((after..=most).contains(&steps), "{id}: {steps} steps, cancelled after {after}");
        }
    }
}
