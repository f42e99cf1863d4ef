//! Measured work, done again.

use simulate::{Bytes, MachineCosts, Replay, SimulatedMachine, perform};
use strategies::trace::{Cause::Compute, Cause::Wait, Context, Lane, Steps, Trace, TraceBuilder};
use strategies::{params, sizes};
use workloads::{Nature, Params};

use crate::{computing, rows};
use testkit::made::{Act::Work, Made};
use testkit::{Setup, known_job, set, strategy, variants};

fn strategy_params() -> Params {
    Params::of(params())
}

/// Two phases: A takes 5 ms, and B 3 ms, a wait of 10 ms and 1 ms; then C takes 2 ms.
fn measured() -> Trace {
    let spans = [
        (0, 5000, 0, Compute),
        (5000, 8000, 1, Compute),
        (8000, 18_000, 1, Wait),
        (18_000, 19_000, 1, Compute),
        (19_100, 21_100, 2, Compute),
    ];
    TraceBuilder::new().lane(Context::Page, &spans).build()
}

#[test]
fn blocking_again_takes_what_its_tasks_took() {
    let replay = Replay::of(&measured(), &[2, 1], 1, &[]);
    assert_eq!((replay.compute_ms(), replay.guessed()), (11.0, 0));
    let simulation = perform(&SimulatedMachine::ideal(1), strategy("blocking"), &strategy_params(), 1, &replay)
        .expect("nothing fails");
    assert_eq!(computing(&simulation), ["A0-5 B5-8 B18-19 C19-21"]);
    assert_eq!(rows(&simulation, Wait), ["B8-18"]);
}

#[test]
fn others_do_the_same_work_otherwise() {
    let replay = Replay::of(&measured(), &[2, 1], 1, &[]);
    let simulate =
        |id| perform(&SimulatedMachine::ideal(2), strategy(id), &strategy_params(), 2, &replay).expect("nothing fails");
    assert_eq!(computing(&simulate("threads")), ["A0-5 C14-16", "B0-3 B13-14"]);
    assert_eq!(computing(&simulate("event-loop")), ["A0-1 B1-2 A2-3 B3-4 A4-5 B5-6 A6-8 B16-17 C17-19"]);
    assert_eq!(computing(&simulate("offload-processes"))[2], "B0-3 B13-14");
}

/// A waits, then reads for 3 ms; B only passes on. The trace does not show that B's steps are light: the nature of the
/// work does, and a loop in front keeps them.
#[test]
fn a_loop_keeps_light_steps() {
    let spans = [
        (0, 100, 0, Compute),
        (100, 10_100, 0, Wait),
        (10_100, 13_100, 0, Compute),
        (13_100, 13_200, 1, Compute),
        (13_200, 23_200, 1, Wait),
        (23_200, 23_300, 1, Compute),
    ];
    let trace = TraceBuilder::new().lane(Context::Page, &spans).build();
    for (id, reading) in [("offload", "A10.1-11.1 A11.1-12.1"), ("offload-processes", "A10.1-12.1")] {
        let simulate = |nature| {
            let replay = Replay::of(&trace, &[2], 1, &[]).like(nature);
            computing(
                &perform(&SimulatedMachine::ideal(2), strategy(id), &strategy_params(), 1, &replay)
                    .expect("nothing fails"),
            )
        };
        assert_eq!(simulate(Nature::Compute), ["", "A0-0.1 B0.1-0.2 A10.1-13.1 B13.1-13.2"], "{id}");
        assert_eq!(simulate(Nature::Mixed), ["A0-0.1 B0.1-0.2 B10.2-10.3", "A10.1-13.1"], "{id}");
        let all_on_the_loop = format!("A0-0.1 B0.1-0.2 {reading} B12.1-12.2 A12.2-13.2");
        assert_eq!(simulate(Nature::Wait), [&all_on_the_loop, ""], "{id}");
    }
}

/// No order waits at a process while another process is idle, and a task's arrival is recorded wherever the task goes.
#[test]
fn what_arrived_goes_to_an_idle_process_if_there_is_one() {
    let spans = [(0, 20_000, 0, Compute), (20_000, 22_000, 1, Compute), (22_000, 24_000, 2, Compute)];
    let tasks = [(None, 20_000), (Some(1000), 22_000), (Some(5000), 24_000)];
    let trace = TraceBuilder::new().lane(Context::Page, &spans).tasks(&tasks).build();
    let replay = Replay::of(&trace, &[3], 1, &[]).like(Nature::Mixed);
    let processes = strategy("offload-processes");
    let simulation =
        perform(&SimulatedMachine::ideal(2), processes, &strategy_params(), 2, &replay).expect("nothing fails");
    assert_eq!(computing(&simulation), ["", "A0-20", "B1-3 C5-7"]);
    let latencies: Vec<_> = simulation.trace.tasks.iter().map(|task| task.latency()).collect();
    assert_eq!(latencies, [None, Some(2000), Some(2000)]);
}

/// A loop cannot take control from a task.
#[test]
fn a_task_that_keeps_control_is_not_interleaved() {
    let spans = [(0, 3000, 0, Compute), (3000, 5000, 1, Compute)];
    let trace = TraceBuilder::new().lane(Context::Page, &spans).build();
    let simulate = |keeps| {
        let replay = Replay::of(&trace, &[2], 1, &[]).keeping(keeps);
        let event_loop = strategy("event-loop");
        computing(
            &perform(&SimulatedMachine::ideal(2), event_loop, &strategy_params(), 1, &replay).expect("nothing fails"),
        )
    };
    assert_eq!(simulate(true), ["A0-3 B3-5"]);
    assert_ne!(simulate(false), simulate(true));
}

/// B arrives after 8 ms, for which blocking waits; C, which arrived after 1 ms, waits until blocking comes to it.
#[test]
fn what_arrived_arrives_again_and_is_not_waited_for_twice() {
    let spans = [(0, 5000, 0, Compute), (5000, 8000, 1, Wait), (8000, 9000, 1, Compute), (9000, 11_000, 2, Compute)];
    let tasks = [(None, 5000), (Some(8000), 9000), (Some(1000), 11_000)];
    let trace = TraceBuilder::new().lane(Context::Page, &spans).tasks(&tasks).build();
    let replay = Replay::of(&trace, &[3], 1, &[]);
    let simulate =
        |id| perform(&SimulatedMachine::ideal(2), strategy(id), &strategy_params(), 2, &replay).expect("nothing fails");
    assert_eq!(computing(&simulate("blocking")), ["A0-5 B8-9 C9-11"]);
    assert_eq!(computing(&simulate("event-loop")), ["A0-1 A1-2 C2-3 A3-4 C4-5 A5-7 B8-9"]);
    let latencies = |id| simulate(id).trace.tasks.iter().map(|task| task.latency()).collect::<Vec<_>>();
    assert_eq!(latencies("event-loop"), [None, Some(1000), Some(4000)]);
    assert_eq!(latencies("blocking"), [None, Some(1000), Some(10_000)]);
}

#[test]
fn a_step_is_about_a_millisecond() {
    let replay = |micros| {
        let trace = TraceBuilder::new().lane(Context::Page, &[(0, micros, 0, Compute), (micros, micros, 1, Compute)]);
        Replay::of(&trace.build(), &[2], 1, &[])
    };
    for (micros, first) in
        [(0, ""), (300, "A0-0.3"), (1400, "A0-1.4"), (1600, "A0-0.8 A0.8-1.6"), (3000, "A0-1 A1-2 A2-3")]
    {
        let mut machine = SimulatedMachine::ideal(1);
        machine.costs.yield_us = 1_000_000.0; // shows where steps end
        let simulation =
            perform(&machine, strategy("event-loop"), &set("slice", 100), 1, &replay(micros)).expect("nothing fails");
        // B, which takes no time, comes after A's first step, so it separates the first step from the second
        let words: Vec<_> = first.split(' ').collect();
        let expected = if words.len() > 2 { format!("{} A1-3", words[0]) } else { words.join(" ") };
        assert_eq!(computing(&simulation), [expected], "{micros} µs");
    }
}

#[test]
fn of_several_times_the_mean_is_done_again() {
    let twice = [
        (0, 1000, 0, Compute),
        (1000, 5000, 1, Compute),
        (5000, 6000, 1, Wait),
        (6000, 6000, 1, Compute),
        (9000, 12_000, 0, Compute),
        (12_000, 14_000, 1, Compute),
        (14_000, 17_000, 1, Wait),
        (17_000, 18_000, 1, Compute),
    ];
    let replay = Replay::of(&TraceBuilder::new().lane(Context::Page, &twice).build(), &[2], 2, &[]);
    let simulation = perform(&SimulatedMachine::ideal(1), strategy("blocking"), &strategy_params(), 1, &replay)
        .expect("nothing fails");
    assert_eq!(computing(&simulation), ["A0-2 B2-5 B7-7.5"]);
    // a single task: the end of each repetition and the beginning of the next are one span
    let merged = [(0, 6000, 0, Compute), (6000, 8000, 0, Wait), (8000, 12_000, 0, Compute)];
    let replay = Replay::of(&TraceBuilder::new().lane(Context::Page, &merged).build(), &[1], 2, &[]);
    let simulation = perform(&SimulatedMachine::ideal(1), strategy("blocking"), &strategy_params(), 1, &replay)
        .expect("nothing fails");
    assert_eq!((computing(&simulation), rows(&simulation, Wait)), (vec!["A0-5".into()], vec!["A5-6".into()]));
}

#[test]
fn tasks_without_spans_are_like_the_others() {
    let replay = Replay::of(&measured(), &[4, 1], 1, &[]);
    assert_eq!(replay.guessed(), 2, "C is of the first phase now, and nothing is known of D and E");
    let simulation = perform(&SimulatedMachine::ideal(1), strategy("blocking"), &strategy_params(), 1, &replay)
        .expect("nothing fails");
    let mean = 11.0 / 3.0;
    assert!((replay.compute_ms() - 11.0 - mean).abs() < 0.001, "D is like A, B and C; of E's phase nothing is known");
    assert!((simulation.makespan_ms - 21.0 - mean - 10.0 / 3.0).abs() < 0.001);
    let nothing = Replay::of(&Trace::default(), &[3], 1, &[]);
    assert_eq!(nothing.guessed(), 3);
    assert_eq!(
        perform(&SimulatedMachine::new(1), strategy("blocking"), &strategy_params(), 1, &nothing)
            .map(|done| done.makespan_ms),
        Ok(0.0)
    );
}

#[test]
fn inputs_and_answers_are_as_large_as_they_were() {
    let megabyte = 1 << 20;
    let bytes = [
        Bytes { input: 0, answer: 2 * megabyte },
        Bytes { input: megabyte, answer: 0 },
        Bytes { input: 3 * megabyte, answer: megabyte / 2 },
    ];
    let replay = Replay::of(&measured(), &[2, 1], 1, &bytes);
    let costs = MachineCosts { copy_us_per_mb: 1_000.0, ..MachineCosts::NONE };
    let machine = SimulatedMachine { costs, ..SimulatedMachine::ideal(2) };
    let simulation = perform(&machine, strategy("processes"), &strategy_params(), 1, &replay).expect("nothing fails");
    // A 0-5, its answer out for 1 and in for 1; B's input in for 0.5 on either side, which is done long before, then B
    // for 14 ms with its wait; C's input in for 1.5 on either side, C for 2 ms, its answer out for 0.25 on either side
    assert_eq!(computing(&simulation), ["A0-5 B6.5-9.5 B19.5-20.5 C23.5-25.5"]);
    assert_eq!(simulation.makespan_ms, 26.0);
}

#[test]
fn sizes_are_those_of_a_complete_sample() {
    let made = Made::bulky(96, vec![vec![vec![Work(1)]; 3], vec![vec![Work(1)]; 2]]);
    let sample = Setup::new(made.job()).perform("threads");
    assert_eq!(sizes(&made.job(), &sample.answers), Ok(vec![[0, 100], [0, 100], [0, 100], [300, 100], [300, 100]]));
}

#[test]
fn every_strategy_does_every_measured_work_again() {
    for workload in workloads::ALL {
        let job = known_job(*workload);
        let sample = Setup::new(job.clone()).perform("blocking");
        let phases = workload.phases(&job.params);
        let trace = Trace {
            lanes: vec![Lane {
                context: Context::Page,
                spans: sample.lanes[0].0.clone(),
                lost: 0,
                steps: Steps::default(),
            }],
            ..Trace::default()
        };
        let bytes = sizes(&job, &sample.answers).expect("it is complete");
        let bytes: Vec<_> = bytes.iter().map(|&[i, o]| Bytes { input: i as usize, answer: o as usize }).collect();
        let replay = Replay::of(&trace, &phases, 1, &bytes);
        assert_eq!(replay.guessed(), 0);
        for (id, strategy_params) in variants() {
            for cores in [2, 16] {
                let simulation = perform(&SimulatedMachine::new(cores), strategy(id), &strategy_params, cores, &replay)
                    .expect("nothing fails");
                assert_eq!(simulation.trace.lanes.len(), strategy(id).meta().lanes(cores), "{id}");
                let least = replay.compute_ms() / cores as f64;
                assert!(simulation.makespan_ms >= least - 0.001, "{} under {id}", workload.info().id);
            }
        }
    }
}
