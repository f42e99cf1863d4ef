//! A sweep: which numbers of workers, in which order, how long a sample is, and what ends it.

use lab::experiment::Experiment;
use lab::measure::typical;
use lab::run::run;
use strategies::{Failure, Loss};

use crate::mock::*;

#[test]
fn a_sweep_tries_every_number_up_to_sixteen_and_then_ever_fewer() {
    let beyond: [(usize, &[usize]); 7] =
        [(1, &[]), (2, &[]), (11, &[]), (16, &[]), (17, &[17]), (24, &[24]), (100, &[24, 32, 48, 64, 96, 100])];
    for (most, beyond) in beyond {
        let steps: Vec<_> = (1..=most.min(16)).chain(beyond.iter().copied()).collect();
        let series = sweep(&["threads"], most, &sweeping()).expect("nothing fails");
        let expected = [("blocking", 1)].into_iter().chain(steps.iter().map(|workers| ("threads", *workers)));
        assert_eq!(names(&series), expected.collect::<Vec<_>>(), "the baseline is there, asked for or not");
        assert!(series.iter().all(|one| one.samples.len() == 2 && one.cold.is_some()), "{most}");
    }
    let series = sweep(&["event-loop", "threads", "blocking"], 2, &sweeping()).expect("nothing fails");
    assert_eq!(names(&series), [("event-loop", 1), ("threads", 1), ("threads", 2), ("blocking", 1)]);
}

#[test]
fn a_sweep_goes_round_all_of_them_and_warms_each_runner_up() {
    let executor = sweeping();
    sweep(&["threads"], 2, &executor).expect("nothing fails");
    let round = ["blocking 1", "threads 1", "threads 2"]
        .map(|name| ["starts", "cold sample", "sample", "leaves"].map(|what| format!("{name} {what}")));
    let expected: Vec<_> = round.concat().into_iter().cycle().take(24).collect();
    assert_eq!(
        executor.diary_without("/"),
        expected,
        "the baseline runs in each round, and nobody is there beside another"
    );
    let told: Vec<_> = executor.diary.borrow().iter().filter(|entry| entry.contains('/')).cloned().collect();
    assert_eq!(told, ["0/6", "1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
}

#[test]
fn in_a_sweep_a_sample_is_as_long_in_every_round() {
    let executor = Mock { resolution: 0.1, ..sweeping() };
    let series = sweep(&["threads"], 2, &executor).expect("nothing fails");
    for one in &series {
        assert_eq!(one.repeats, 3);
        assert_eq!(makespans(&one.samples), [12_000, 12_000], "whatever the second runner took to start");
        assert_eq!(one.samples_ms(), [4.0, 4.0]);
    }
    assert_eq!(series[2].startup_ms, 9.0, "that of the cold sample that is kept");
    assert_eq!(series[2].cold.as_ref().unwrap().makespan, 13_000);
}

#[test]
fn no_run_holds_more_spans_than_a_page_has_room_for() {
    let executor = Mock { spans: 1_000_000, ..Mock::default() };
    let series = pollster::block_on(run(&Experiment { samples: 7, ..experiment(&["blocking"]) }, &executor))
        .expect("nothing fails");
    let lanes = series[0].samples.iter().map(|trace| (trace.lanes[0].spans.len(), trace.lanes[0].lost));
    let [kept, lost] = [(1_000_000, 0), (0, 1_000_000)];
    assert_eq!(lanes.collect::<Vec<_>>(), [kept, kept, kept, lost, lost, lost, lost], "beside the cold one");
    assert_eq!(series[0].samples_ms().len(), 7, "times are kept");
    assert_eq!(typical(&series[0]), Some(2), "the one nearest the median is not known");
}

#[test]
fn in_a_sweep_who_is_unavailable_is_asked_once() {
    let executor = Mock { unavailable: [("threads", no_shared_memory())].into(), ..sweeping() };
    let series = sweep(&["threads", "processes"], 2, &executor).expect("nothing fails");
    let reasons: Vec<_> = series.iter().map(|one| one.unavailable.clone()).collect();
    assert_eq!(reasons, [None, Some(no_shared_memory()), Some(no_shared_memory()), None, None]);
    assert!(series.iter().all(|one| one.samples.len() == if one.unavailable.is_some() { 0 } else { 2 }));
    assert_eq!(executor.diary_without(" ").last().map(String::as_str), Some("10/10"), "it ends like any other");
}

#[test]
fn in_a_sweep_a_runner_that_cannot_be_had_again_ends_its_own_series_only_and_takes_nothing_back() {
    let full = Some((4, Failure::NotStarted { process: Some(0), why: Loss::Ended }));
    let executor = Mock { full, ..sweeping() };
    let series = sweep(&["threads"], 2, &executor).expect("that is no failure of the run");
    assert_eq!(series.iter().map(|one| one.samples.len()).collect::<Vec<_>>(), [2, 1, 1]);
    assert!(series.iter().all(|one| one.unavailable.is_none()), "what was measured still holds");
}

#[test]
fn cancelling_ends_a_sweep_at_once() {
    for runners in 0..6 {
        let executor = Mock { full: Some((runners, Failure::Cancelled)), ..sweeping() };
        assert_eq!(sweep(&["threads"], 2, &executor), Err(Failure::Cancelled));
        let diary = executor.diary_without("/");
        assert_eq!(diary.len(), 4 * runners, "nobody starts any more: {diary:?}");
        assert!(diary.last().is_none_or(|last| last.ends_with("leaves")));
    }
    let executor = Mock { answers: [("threads", vec![Ok("right"), Err(Failure::Cancelled)])].into(), ..sweeping() };
    assert_eq!(sweep(&["threads"], 2, &executor), Err(Failure::Cancelled), "in the midst of a sample");
    assert_eq!(executor.diary_without("/").last().map(String::as_str), Some("threads 1 leaves"));
}

#[test]
fn a_wrong_answer_voids_a_sweep() {
    let executor = Mock { answers: [("processes", vec![Ok("wrong")])].into(), ..sweeping() };
    assert_eq!(sweep(&["processes"], 2, &executor), Err(wrong("processes")));
}
