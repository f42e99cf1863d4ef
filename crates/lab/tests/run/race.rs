//! A race: cold samples first, then timed ones in turn; what cannot run, and what ends a run.

use std::cell::Cell;
use std::rc::Rc;

use lab::experiment::Experiment;
use lab::run::{Series, run};
use strategies::{Failure, Loss};
use workloads::Summary;

use crate::mock::*;

#[test]
fn samples_interleave_after_a_cold_one_of_each() {
    let executor = Mock::default();
    outcome(&THREE, &executor).expect("nothing fails");
    let expected = ["blocking starts", "threads starts", "processes starts"].map(String::from).into_iter();
    let cold = THREE.map(|id| format!("{id} cold sample"));
    let timed = THREE.map(|id| format!("{id} sample"));
    let leave = THREE.map(|id| format!("{id} leaves"));
    let expected: Vec<_> = expected.chain(cold).chain(timed.clone()).chain(timed).chain(leave).collect();
    assert_eq!(executor.diary_without("/"), expected);
}

#[test]
fn progress_is_told_before_the_first_and_after_each_sample() {
    let executor = Mock::default();
    outcome(&["threads", "blocking"], &executor).expect("nothing fails");
    let told: Vec<_> = executor.diary.borrow().iter().filter(|entry| entry.contains('/')).cloned().collect();
    assert_eq!(told, ["0/6", "1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
    assert_eq!(*executor.seen.borrow(), [0, 1, 2, 3, 4, 5, 6], "each comes with what there is");
    let diary = executor.diary_without("starts");
    assert_eq!(diary[..4], ["0/6", "threads cold sample", "1/6", "blocking cold sample"]);
}

#[test]
fn each_series_keeps_its_cold_sample_apart() {
    let series = outcome(&THREE, &Mock::default()).expect("nothing fails");
    for (at, one) in series.iter().enumerate() {
        let at = at as u32;
        assert_eq!(id(one), THREE[at as usize]);
        assert_eq!(one.cold.as_ref().map(|trace| trace.makespan), Some(1 + at));
        assert_eq!(makespans(&one.samples), [4 + at, 7 + at], "in order, without the cold one");
        assert_eq!(one.answer, Some(Summary::new("right")));
        assert_eq!(one.startup_ms, f64::from(at) + id(one).len() as f64);
        assert_eq!(one.unavailable, None);
    }
    assert_eq!(series.iter().map(|one| one.id.workers).collect::<Vec<_>>(), [1, 3, 3]);
}

#[test]
fn who_is_unavailable_says_why_and_the_others_run() {
    let executor = Mock { unavailable: [("threads", no_shared_memory())].into(), ..Mock::default() };
    let series = outcome(&THREE, &executor).expect("nothing fails");
    let threads = strategies::find("threads").expect("registered");
    assert_eq!(series[1], Series::unavailable(threads, 3, no_shared_memory()));
    assert_eq!([&series[0], &series[2]].map(|one| makespans(&one.samples)), [[3, 5], [4, 6]]);
    assert_eq!(executor.diary_without(" ").last().map(String::as_str), Some("6/6"), "nobody waits for it");
}

#[test]
fn a_run_in_which_nobody_can_run_ends() {
    let executor = Mock { unavailable: THREE.map(|id| (id, no_shared_memory())).into(), ..Mock::default() };
    let series = outcome(&THREE, &executor).expect("unavailable is no failure");
    assert!(series.iter().all(|one| one.unavailable.is_some() && one.samples.is_empty() && one.cold.is_none()));
    assert_eq!(*executor.diary.borrow(), ["0/0"]);
}

#[test]
fn who_finds_no_room_beside_others_runs_after_them() {
    let all = ["threads", "processes", "actors", "gil"];
    let executor = Mock { starts: Some(2), ..Mock::default() };
    let series = outcome(&all, &executor).expect("nothing fails");
    assert!(series.iter().all(|one| one.unavailable.is_none() && one.samples.len() == 2));
    assert_eq!(series.iter().map(|one| one.sitting).collect::<Vec<_>>(), [0, 0, 1, 1]);
    assert_eq!(executor.diary.borrow().iter().rfind(|entry| entry.contains('/')).map(String::as_str), Some("12/12"));
    // what does not start alone does not start
    let executor = Mock { starts: Some(0), ..Mock::default() };
    let series = outcome(&all, &executor).expect("unavailable is no failure");
    assert!(series.iter().all(|one| one.unavailable.is_some()));
}

#[test]
fn more_workers_than_there_is_room_for_come_in_several_sittings() {
    let sittings = |workers| {
        let executor = Mock::default();
        let experiment = Experiment { workers, ..experiment(&["blocking", "threads", "processes", "actors", "gil"]) };
        pollster::block_on(run(&experiment, &executor)).expect("nothing fails")
    };
    let places = |series: &[Series]| series.iter().map(|one| one.sitting).collect::<Vec<_>>();
    assert_eq!(places(&sittings(8)), [0; 5]);
    assert_eq!(places(&sittings(30)), [0, 0, 0, 1, 1]);
    let series = sittings(ROOM);
    let refused: Vec<_> = series.iter().filter(|one| one.unavailable.is_some()).map(id).collect();
    assert_eq!(refused, ["processes", "actors"]);
    assert_eq!(series[2].unavailable, Some(Failure::NoRoom { fits: ROOM - 1 }));
    assert!(sittings(ROOM - 1).iter().all(|one| one.unavailable.is_none()));
}

#[test]
fn who_does_not_fit_alone_says_how_many_would() {
    let alone = |strategy, workers| {
        let experiment = Experiment { workers, ..experiment(&[strategy]) };
        let mut series = pollster::block_on(run(&experiment, &Mock::default())).expect("nothing fails");
        series.remove(0).unavailable
    };
    for strategy in ["threads", "gil", "processes", "actors"] {
        let Some(Failure::NoRoom { fits }) = alone(strategy, 4 * ROOM) else { panic!("{strategy}: so many fit") };
        assert_eq!(alone(strategy, fits), None, "{strategy}: {fits} fit");
        assert_eq!(alone(strategy, fits + 1), Some(Failure::NoRoom { fits }), "{strategy}: no more than {fits} fit");
    }
}

#[test]
fn the_first_failure_ends_the_run_and_everybody_leaves() {
    let lost = Failure::Lost(Loss::Ended);
    let answers = [("threads", vec![Ok("right"), Err(lost.clone())])].into();
    let executor = Mock { answers, ..Mock::default() };
    assert_eq!(outcome(&THREE, &executor), Err(lost));
    let diary = executor.diary.borrow();
    let end = ["threads sample", "blocking leaves", "threads leaves", "processes leaves"];
    assert!(diary.ends_with(&end.map(String::from)), "{diary:?}");
}

#[test]
fn a_wrong_answer_voids_the_run_and_names_who_gave_it() {
    for id in ["threads", "processes"] {
        // wrong in the cold sample, and in a sample after a right one
        for (answers, samples) in [(vec![Ok("wrong")], 3), (vec![Ok("right"), Ok("right"), Ok("wrong")], 9)] {
            let executor = Mock { answers: [(id, answers)].into(), ..Mock::default() };
            assert_eq!(outcome(&THREE, &executor), Err(wrong(id)));
            let taken = executor.diary.borrow().iter().filter(|entry| entry.contains("sample")).count();
            assert_eq!(taken, samples - usize::from(id == "threads"), "{id}: the run went on");
            assert!(executor.diary.borrow().ends_with(&["processes leaves".to_owned()]));
        }
    }
    let executor = Mock { answers: [("threads", vec![Ok("wrong")])].into(), ..Mock::default() };
    assert_eq!(outcome(&["threads", "blocking"], &executor), Err(wrong("threads")), "blocking is right by definition");
    let executor = Mock { answers: [("blocking", vec![Ok("right"), Ok("wrong")])].into(), ..Mock::default() };
    assert_eq!(outcome(&THREE, &executor), Err(wrong("blocking")), "also when it contradicts itself");
}

#[test]
fn what_runs_on_the_page_has_one_worker() {
    let strategies = [
        "blocking",
        "event-loop",
        "threads",
        "gil",
        "actors",
        "async-pool",
        "offload",
        "offload-gil",
        "offload-processes",
    ];
    let series = outcome(&strategies, &Mock::default()).expect("nothing fails");
    let workers = [1, 1, 3, 3, 3, 3, 3, 3, 3];
    assert_eq!(names(&series), strategies.into_iter().zip(workers).collect::<Vec<_>>());
}

#[test]
fn a_coarse_clock_makes_every_sample_do_its_work_as_often() {
    // step in ms, work in us of blocking and of threads; how often it is done
    let cases = [
        (0.005, 4_000, 2_000, 1),
        (0.1, 4_000, 2_000, 5),
        (1.0, 4_000, 2_000, 50),
        (1.0, 40_000, 2_000, 25), // a second is long enough for anybody
        (1.0, 8_000_000, 44_000, 1),
        (9.0, 1_000, 1_000, 100), // and a hundred times often enough
        (50.0, 3_400, 3_400, 20), // what seems shorter than a step may be as long
        (1.0, 150_000, 100_000, 1),
    ];
    for (resolution, blocking, threads, repeats) in cases {
        let work = [("blocking", blocking), ("threads", threads)].into();
        let executor = Mock { resolution, work, ..Mock::default() };
        let series = outcome(&["blocking", "threads"], &executor).expect("nothing fails");
        for (one, work) in series.iter().zip([blocking, threads]) {
            assert_eq!((one.repeats, one.samples.len()), (repeats, 2), "{resolution} ms, {}", id(one));
            assert_eq!(one.samples[0].makespan, work * repeats as u32, "the trace is that of the whole sample");
            assert_eq!(one.samples_ms(), [f64::from(work) / 1000.0; 2], "and the time that of one time");
            assert_eq!(one.cold.as_ref().unwrap().makespan, work + (one.startup_ms * 1000.0) as u32, "once");
        }
    }
}

#[test]
fn what_got_done_is_summed_up_for_each_timed_sample() {
    let activity = vec![vec![vec![9, 9]], vec![vec![1, 2], vec![3]], vec![vec![u32::MAX, 1], vec![5]]];
    let executor = Mock { activity, ..Mock::default() };
    let series = outcome(&["blocking"], &executor).expect("nothing fails");
    assert_eq!(series[0].done, [6, u64::from(u32::MAX) + 6], "not the cold one");
    let expected = [vec![vec![1, 2], vec![3]], vec![vec![u32::MAX, 1], vec![5]]];
    assert_eq!(series[0].activity, expected, "each timed sample's");
    assert!(outcome(&["blocking"], &Mock::default()).expect("nothing fails")[0].done.is_empty());
}

#[test]
fn a_sample_in_which_the_machine_stood_still_is_taken_again_a_few_times() {
    // the cold sample is never taken again, whatever happened in it
    for (stalls, retaken, kept) in [(0, 0, 0), (1, 0, 0), (2, 1, 0), (3, 2, 0), (4, 2, 1), (7, 4, 2)] {
        let executor = Mock { stalls: Rc::new(Cell::new(stalls)), ..Mock::default() };
        let series = outcome(&["blocking"], &executor).expect("nothing fails");
        let still = series[0].samples.iter().filter(|trace| trace.makespan > 2_000_000).count();
        assert_eq!((series[0].retaken, still, series[0].samples.len()), (retaken, kept, 2), "{stalls} stalls");
    }
}
