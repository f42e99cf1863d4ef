//! Reports from files: they show what the run showed; older ones show their own sentences.

use analyst::{About, AnalystAnswer, FinishedRun};
use lab::report::Unreadable;
use lab::run::Series;
use proptest::prelude::*;
use strategies::{Failure, Isolation, WhyUnavailable};

use super::made::{ask, race, reported, run, series, shown, shown_of, sweep};
use super::sound;
use super::sweeps::{four_cores, with_blocking};
use super::{activity, tables};

/// The file of the lab's tests: written by a page whose findings had no facts.
const SCHEMA_1: &str = include_str!("../../../lab/tests/report/schema-1.json");

fn unavailable() -> Vec<Series> {
    let [threads, counter] = ["threads", "processes"].map(|id| strategies::find(id).expect("registered"));
    let why = WhyUnavailable::NoSharedMemory { isolation: Isolation::Missing, instead: None };
    let one_memory = WhyUnavailable::NeedsOneMemory("counter".into());
    vec![
        series("blocking", 1, &[152_000; 5]),
        Series::unavailable(threads, 2, Failure::Unavailable(why)),
        Series::unavailable(counter, 2, Failure::Unavailable(one_memory)),
    ]
}

fn hidden(run: FinishedRun) -> FinishedRun {
    FinishedRun { machine: lab::report::Machine { hidden: true, ..run.machine }, ..run }
}

/// `shown_of` compares the run with the file.
#[test]
fn a_file_shows_what_the_run_showed() {
    let runs = [
        run("mandelbrot", race()),
        run("sweep=1&workers=8", with_blocking([sweep("threads", 8, four_cores), sweep("gil", 8, |_| 201_000.0)])),
        run("activity", activity::run(3)),
        hidden(run("mandelbrot", race())),
        run("workload=counter&way=atomic", unavailable()),
        run("stream", race()),
        run("mandelbrot", vec![]),
    ];
    for run in runs {
        shown_of(run);
    }
}

#[test]
fn a_run_in_which_nothing_ran_is_shown_all_the_same() {
    let shown = shown("mandelbrot", vec![]);
    assert_eq!(shown.headline, "Done.");
    assert!(shown.rows.is_empty() && shown.results.rows.is_empty() && shown.charts.is_empty());
    assert!(shown.not_again.is_some());
}

#[test]
fn a_report_of_schema_1_shows_its_own_sentences() {
    let old = reported(About::Report(SCHEMA_1.into()));
    assert_eq!(old.report, SCHEMA_1, "the file stays what it was");
    let shown = &old.shown;
    sound::shown(shown);
    assert_eq!(shown.headline, "As it was said then: 1.9 times sooner.");
    assert_eq!(shown.findings, ["As it was said then: threads are unavailable."]);
    assert_eq!(shown.caveats, ["As it was said then: starting took 35 ms."]);
    let why = "this page is not cross-origin isolated; as it was said then";
    assert_eq!(shown.rows[2].unavailable.as_deref(), Some(why));
    let rows = tables::rows(&shown.results);
    assert_eq!((rows[2].last(), rows[0].last()), (Some(&why), Some(&"the same")));
    assert_eq!(rows[1][2..8], ["80.0 ms", "79.0 ms to 81.0 ms", "1.90× (1.85\u{a0}to\u{a0}1.95)", "–", "–", "95 %"]);
    let memory = "not cross-origin isolated, so the browser shares no memory with workers";
    assert!(shown.machine.iter().any(|(heading, said)| heading == "Memory" && said == memory));
    assert_eq!(shown.made, "Made with Gecko 140, which claims 2 cores.");
}

#[test]
fn a_report_of_schema_1_shows_its_numbers_and_lanes() {
    let shown = reported(About::Report(SCHEMA_1.into())).shown;
    let row = &shown.rows[1];
    assert_eq!(
        (row.strategy.as_str(), row.median.as_deref(), row.versus.as_deref()),
        ("offload", Some("80.0 ms"), Some("1.90×"))
    );
    assert_eq!(row.trace.as_ref().map(|trace| (trace.makespan, trace.lanes.len())), Some((80_000, 2)));
    let lanes = tables::rows(&shown.lanes);
    assert_eq!(lanes[2][1..4], ["process 2", "≥ 1", "≥ 78.0 ms"]);
    assert_eq!(shown.charts.len(), 1, "its sweep");
    let pair = |key: &str| shown.experiment.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
    assert_eq!(pair("strategies"), Some("blocking,offload-processes,threads"), "as it is said today");
    assert_eq!(shown.not_again, None);
}

#[test]
fn what_is_no_report_is_told_so() {
    for (text, why) in [("", Unreadable::NoJson), ("{}", Unreadable::NoReport), ("[1]", Unreadable::NoReport)] {
        for about in [About::Report(text.into()), About::WhatIf { report: text.into(), cores: 2, costs: vec![] }] {
            assert!(matches!(ask(about), AnalystAnswer::Unreadable(found) if found == why), "{text}");
        }
    }
    let damaged = SCHEMA_1.replace("\"claimed_cores\": 2,", "");
    assert!(matches!(ask(About::Report(damaged)), AnalystAnswer::Unreadable(Unreadable::Damaged(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// For any times: if the last bit of a number gets lost in the JSON, it is lost for both.
    #[test]
    fn a_file_shows_what_the_run_showed_whatever_the_times(micros in prop::collection::vec(1_000u32..2_000_000, 20)) {
        let mut run = with_blocking([]);
        run.extend(micros.chunks(5).enumerate().map(|(at, micros)| series("threads", at + 1, micros)));
        shown("sweep=1&workers=4", run);
    }

    #[test]
    fn files_of_any_text_are_answered(text in ".*", cut in 0..2_000usize) {
        ask(About::Report(text));
        let cut = SCHEMA_1.chars().take(cut).collect();
        prop_assert!(matches!(ask(About::Report(cut)), AnalystAnswer::Unreadable(_)));
    }
}
