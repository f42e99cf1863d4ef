//! Each caveat with a run that brings it about.

use super::made::*;
use super::*;
use strategies::trace::{Cause, Span};

#[test]
fn each_caveat_has_its_case() {
    let plain = || runs(100.0, &[("threads", 2, 52.0)]);
    let run = |change: fn(&mut Vec<Run>)| {
        let mut run = plain();
        change(&mut run);
        run
    };
    let coarse = Machine { timer_resolution_ms: 1.0, ..machine() };
    let hotter = Machine { calibration_ms: Some([10.0, 11.5]), ..machine() };
    let drifted = Machine { calibration_ms: Some([12.0, 10.0]), ..machine() };
    let narrow = Machine { claimed_cores: 1, ..machine() };
    let battery = Machine { on_battery: Some(true), ..machine() };
    let disturbed = Machine { another_instance: Some(true), ..machine() };
    let out_of_view = Machine { out_of_view: true, ..machine() };
    let coarser = Machine { timer_resolution_ms: 16.7, ..machine() };
    let coarsest = Machine { timer_resolution_ms: 60.0, ..machine() };
    let beat = Span::new(Cause::Message, 0, 0, 16_700);
    let unknown = |own: &mut Run| {
        own.heartbeat = vec![beat];
        (numbers(own).usual_freeze_ms, numbers(own).longest_freeze_ms) = (None, None);
    };
    let cases: Vec<(Vec<Run>, Machine, &str)> = vec![
        (
            plain(),
            out_of_view,
            "The lab was out of view during some of the run, and browsers may slow down what is not seen.",
        ),
        (
            plain(),
            coarse.clone(),
            "The browser's clock moves in steps of 1.0 ms, more than 1 % of the 52 ms that two threads took.",
        ),
        (
            {
                let mut run = plain();
                run.iter_mut().for_each(unknown);
                run
            },
            coarsest,
            "The browser's clock moves in steps of 60 ms: it cannot tell whether the page froze.",
        ),
        (
            {
                let mut run = plain();
                unknown(&mut run[1]);
                run
            },
            coarser.clone(),
            "The browser's clock moves in steps of 17 ms: it cannot tell whether the page froze while two threads ran.",
        ),
        (
            run(|run| numbers(&mut run[1]).longest_freeze_ms = None),
            machine(),
            "The page's heartbeat is missing: nobody can tell whether the page froze while two threads ran.",
        ),
        (
            run(|run| run[1].clocks_apart_ms = Some(40.2)),
            machine(),
            "While two threads ran, the clocks of the page and of its workers came apart by 40 ms: times and lanes may be \
             off by that much, and the heartbeat is left out.",
        ),
        (
            plain(),
            Machine { calibration_ms: Some([10.0, 16.0]), timer_resolution_ms: 1.0, ..machine() },
            "The same fixed work took 60 % longer after the run than before: the machine was not steady.",
        ),
        (
            plain(),
            drifted,
            "The same fixed work took 20 % longer before the run than after: the machine was not steady.",
        ),
        (
            plain(),
            hotter,
            "The same fixed work took 15 % longer after the run than before: the machine was not steady.",
        ),
        (
            run(|run| numbers(&mut run[1]).parallelism = None),
            narrow,
            "Two workers on one claimed core take turns, and it could not be seen when each of them had a core.",
        ),
        (
            run(|run| had(&mut run[1], 1.02, 0.4)),
            machine(),
            "Two cores are claimed, but two threads had 1.02 between them: other programs had the rest, or there are fewer.",
        ),
        (
            run(|run| had(&mut run[1], 1.4, 0.3)),
            machine(),
            "Two threads had 1.40 cores between them, though there are two: other programs, or the browser itself, had the \
             rest.",
        ),
        (
            run(|run| {
                had(&mut run[0], 1.0, 0.31);
                had(&mut run[1], 1.2, 0.4);
            }),
            machine(),
            "Other programs, or the browser itself, had the cores for 31 % of the time in which blocking had something to \
             compute.",
        ),
        (
            run(|run| numbers(&mut run[1]).stall_ms = Some(2_000.0)),
            machine(),
            "While two threads ran, neither the page nor any lane moved for 2.0 s: the whole browser or machine stood still, \
             which is no strategy’s doing.",
        ),
        (
            run(|run| run[1].retaken = 2),
            machine(),
            "Two samples were taken again, because for over a second neither the page nor any lane moved.",
        ),
        (
            run(|run| run[1].lanes = vec![blind()]),
            coarse.clone(),
            "The clock’s steps of 1.0 ms are too coarse to tell when a lane had a core, so nothing is said about computing in \
             parallel.",
        ),
        (
            run(|run| run[1].lanes = vec![blind()]),
            machine(),
            "The tasks of two threads wait for each other within their steps, so it is not known when a lane had a core, \
             and nothing is said about computing in parallel.",
        ),
        (
            run(|run| {
                run[1].samples_ms = vec![42.0, 44.0, 46.0, 52.0, 58.0, 60.0, 62.0];
                had(&mut run[1], 1.6, 0.2);
            }),
            machine(),
            "The samples of two threads vary by 31 %, even in their middle half, and lanes had to wait for \
             cores.",
        ),
        (
            run(|run| run[1].samples_ms = vec![42.0, 44.0, 46.0, 52.0, 58.0, 60.0, 62.0]),
            machine(),
            "The samples of two threads vary by 31 %, even in their middle half, though lanes hardly ever lost a core.",
        ),
        (
            plain(),
            disturbed,
            "Another window or frame of Lanes may have measured at the same time: one of the two had stopped answering.",
        ),
        (plain(), battery, "The machine ran on battery, where it may save power by slowing down."),
        (
            run(|run| run.iter_mut().for_each(|own| own.repeats = Some(3))),
            coarse.clone(),
            "Each timed sample did the work three times in a row, because the clock moves in steps of 1.0 ms: lanes show all of them, numbers are for one.",
        ),
        (
            run(|run| run[1].repeats = Some(20)),
            coarse.clone(),
            "Each timed sample did the work up to 20 times in a row, because the clock moves in steps of 1.0 ms: \
             lanes show all of them, numbers are for one.",
        ),
        (
            run(|run| run[1].repeats = Some(1)),
            coarse,
            "The browser's clock moves in steps of 1.0 ms, more than 1 % of the 52 ms that two threads took.",
        ),
        (
            run(|run| run[0].samples_ms = vec![100.0, 103.0, 106.0, 108.0, 110.0, 113.0, 116.0]),
            machine(),
            "Blocking took 14 % longer at the end of the run than at its beginning: the machine slowed down, and a page \
             cannot tell why (heat, power saving, others on the same hardware).",
        ),
        (
            run(|run| {
                run[1].samples_ms = vec![52.0, 61.0, 50.0, 48.0, 58.0, 53.0, 44.0];
                numbers(&mut run[1]).off_core = None;
            }),
            machine(),
            "The samples of two threads vary by 19 %, even in their middle half, and it is not known what had the cores.",
        ),
        (
            runs_that_got_done(100.0, &[("event-loop", 1, 150.0)]),
            machine(),
            "The event loop got more done than blocking, though nothing ran in parallel: something else differed.",
        ),
        (
            run(|run| numbers(&mut run[1]).ci95_ms = None),
            machine(),
            "With one sample there is no spread, so no difference can be claimed.",
        ),
        (
            run(|run| run[1].lost_spans = 1204),
            machine(),
            "1,204 spans did not fit into the record: the lanes are incomplete, the times are not touched.",
        ),
        (
            runs(100.0, &[("event-loop", 1, 60.0)]),
            machine(),
            "The event loop took less time than blocking, though nothing ran in parallel: something else differed.",
        ),
        (
            runs(100.0, &[("threads", 2, 30.0)]),
            machine(),
            "Two threads gained more than their number explains: something else differed, too.",
        ),
        (
            runs(100.0, &[("offload", 2, 30.0)]),
            machine(),
            "A loop with two threads gained more than their number explains: something else differed, too.",
        ),
        (
            run(|run| run.iter_mut().for_each(|own| own.startup_ms = Some(35.0))),
            machine(),
            "Not counted in the times: starting blocking (35 ms) and starting two threads (35 ms).",
        ),
        (
            run(|run| run[1].lost_spans = 1),
            machine(),
            "One span did not fit into the record: the lanes are incomplete, the times are not touched.",
        ),
    ];
    for (run, machine, sentence) in cases {
        let said = texts_of_caveats(&run, &machine);
        assert!(said.iter().any(|said| said == sentence), "{sentence}\nnot in {said:#?}");
    }
}

#[test]
fn long_enough_samples_make_up_for_a_coarse_clock() {
    let mut run = runs(100.0, &[("threads", 2, 52.0)]);
    run.iter_mut().for_each(|own| own.repeats = Some(2));
    let coarse = Machine { timer_resolution_ms: 1.0, ..machine() };
    let said = verdict("mandelbrot", &run, &coarse).caveats;
    assert_eq!(rules(&said), ["lengthened"]);
}

#[test]
fn a_steady_machine_has_no_caveats() {
    let run = runs(100.0, &[("event-loop", 1, 100.0), ("threads", 2, 52.0), ("gil", 2, 101.0)]);
    assert_eq!(texts_of_caveats(&run, &machine()), Vec::<String>::new());
    let untold = Machine { on_battery: None, another_instance: None, ..machine() };
    assert_eq!(texts_of_caveats(&run, &untold), Vec::<String>::new());
}

/// A spin of 4 ms is 4 or 5 ms of a clock with steps of 1 ms, and none or one step of one with steps of 17 ms.
#[test]
fn a_coarse_clock_does_not_make_a_machine_unsteady() {
    for (spins, step) in [([4.0, 5.0], 1.0), ([0.0, 16.7], 16.7), ([0.0, 0.0], 100.0)] {
        let machine = Machine { calibration_ms: Some(spins), timer_resolution_ms: step, ..machine() };
        let said = verdict("mandelbrot", &runs(100.0, &[("threads", 2, 52.0)]), &machine).caveats;
        assert!(!rules(&said).contains(&"unsteady-machine"), "{spins:?} by steps of {step} ms: {said:?}");
    }
}

/// One chain of steps leaves a core idle, whether other programs use that core or not.
#[test]
fn work_that_cannot_be_split_is_not_short_of_cores() {
    let mut run = runs(100.0, &[("threads", 2, 101.0)]);
    had(&mut run[1], 1.0, 0.25);
    let said = |workload| rules(&verdict(workload, &run, &machine()).caveats).join(" ");
    assert!(said("mandelbrot").contains("claimed-against-had"));
    assert!(!said("hash-chain").contains("claimed-against-had"));
}

/// Where clocks came apart, no caveat says that the heartbeat is missing, too.
#[test]
fn what_came_apart_is_said_once() {
    let mut run = runs(100.0, &[("threads", 2, 52.0)]);
    run[1].clocks_apart_ms = Some(40.0);
    (numbers(&mut run[1]).usual_freeze_ms, numbers(&mut run[1]).longest_freeze_ms) = (None, None);
    assert_eq!(rules(&verdict("mandelbrot", &run, &machine()).caveats), ["clocks-apart"]);
}

#[test]
fn a_slow_down_is_not_also_called_other_programs() {
    let mut run = runs(100.0, &[("threads", 2, 52.0)]);
    run[0].samples_ms = vec![100.0, 110.0, 120.0, 130.0, 140.0, 150.0, 160.0];
    let said = verdict("mandelbrot", &run, &machine()).caveats;
    assert_eq!(rules(&said), ["slowed-down"]);
}

#[test]
fn a_hidden_tab_voids_everything_that_is_about_time() {
    let mut run = runs(152.0, &[("event-loop", 1, 156.0), ("threads", 2, 80.0)]);
    run[0].samples_ms = vec![100.0, 110.0, 120.0, 130.0, 140.0, 150.0, 160.0];
    run[1].repeats = Some(3);
    numbers(&mut run[2]).ci95_ms = None;
    // a machine with every doubt that is about time
    let doubtful = Machine {
        hidden: true,
        out_of_view: true,
        on_battery: Some(true),
        another_instance: Some(true),
        calibration_ms: Some([10.0, 12.0]),
        timer_resolution_ms: 16.0,
        ..machine()
    };
    let seen = Machine { hidden: false, ..doubtful.clone() };
    assert!(verdict("mandelbrot", &run, &seen).caveats.len() > 4, "else this shows nothing");
    let said = verdict("mandelbrot", &run, &doubtful);
    assert_eq!(said.findings, []);
    assert_eq!(rules(&said.caveats), ["hidden-tab"]);
}
