//! Each caveat with a run that brings it about.

use super::*;

#[test]
fn each_caveat_has_its_case() {
    let plain = || results(100.0, &[("threads", 2, 52.0)]);
    let run = |change: fn(&mut Results)| {
        let mut run = plain();
        change(&mut run);
        run
    };
    let coarse = Conditions { timer_resolution_ms: 1.0, ..conditions() };
    let drifted = Conditions { calibration_ms: Some([12.0, 10.0]), ..conditions() };
    let narrow = Conditions { claimed_cores: 1, ..conditions() };
    let cases: [(Results, Conditions, &str); 8] = [
        (
            plain(),
            coarse,
            "The browser's clock moves in steps of 1.0 ms, more than 1 % of the 52 ms that two threads took.",
        ),
        (
            plain(),
            drifted,
            "The same fixed work took 20 % longer before the run than after: the machine was not steady.",
        ),
        (plain(), narrow, "Two workers on one claimed core take turns."),
        (
            run(|run| run.measurements[1].ci95_ms = None),
            conditions(),
            "With one sample there is no spread, so no difference can be told.",
        ),
        (
            run(|run| run.measurements[1].lost_spans = 1204),
            conditions(),
            "1,204 spans did not fit into the record: the lanes are incomplete, the times are not touched.",
        ),
        (
            run(|run| drop(run.measurements.remove(0))),
            conditions(),
            "Blocking was not measured, so there is nothing to compare with.",
        ),
        (
            results(100.0, &[("event-loop", 1, 60.0)]),
            conditions(),
            "The event loop took less time than blocking, though nothing ran in parallel: something else differed.",
        ),
        (
            results(100.0, &[("threads", 2, 30.0)]),
            conditions(),
            "Two threads gained more than their number explains: something else differed, too.",
        ),
    ];
    for (run, conditions, sentence) in cases {
        let said = texts_of_caveats(&run, &conditions);
        assert!(said.iter().any(|said| said == sentence), "{sentence}\nnot in {said:#?}");
    }
}

#[test]
fn a_hidden_tab_voids_everything_that_is_about_time() {
    let run = results(152.0, &[("event-loop", 1, 156.0), ("threads", 2, 80.0)]);
    let said = verdict("mandelbrot", &run, &Conditions { hidden: true, ..conditions() });
    assert_eq!(said.findings, []);
    assert_eq!(said.headline().unwrap().id, "hidden-tab");
}
