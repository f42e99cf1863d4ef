//! The bars of work that counts until a deadline.

use strategies::trace::Series;

use super::made::{findings, series};
use super::markup;
use super::tables::rows;

/// Tasks that each made a million rounds in a time, under threads of which each computed one, beside blocking, where the
/// first task had all the time.
fn run(tasks: usize) -> Vec<Series> {
    let counts = |each: Vec<Vec<u32>>, strategy, workers| {
        let all: u64 = each.iter().flatten().map(|count| u64::from(*count)).sum();
        Series { activity: vec![each; 5], done: vec![all; 5], ..series(strategy, workers, &[20_000; 5]) }
    };
    let alone = (0..tasks).map(|task| vec![if task == 0 { 50_000 } else { 0 }; 20]).collect();
    vec![counts(alone, "blocking", 1), counts(vec![vec![50_000; 20]; tasks], "threads", tasks)]
}

#[test]
fn bars_have_a_time_axis_lane_colours_and_a_table() {
    let findings = findings("activity", run(2));
    let charts = &findings.charts;
    markup::check(charts);
    for mark in [">0</text>", ">5</text>", ">15</text>", ">20 ms</text>"] {
        assert!(charts.contains(mark), "{mark}: {charts}");
    }
    assert!(charts.contains("class=\"lane-page\"") && charts.contains("class=\"lane-1\""), "{charts}");
    let rows = rows(charts);
    assert_eq!(rows[0], ["blocking", "1", "1.0", "100 %"]);
    assert_eq!(rows[4], ["threads", "2", "1.0", "100 %"]);
    assert_eq!(rows[5], ["threads", "together", "2.0", "200 %"]);
    assert!(!charts.contains("not drawn"));
}

#[test]
fn rows_that_are_not_drawn_are_told_of() {
    let charts = findings("activity", run(40)).charts;
    markup::check(&charts);
    assert!(charts.contains("Tasks 33 to 40 are not drawn; the table has them."));
    assert_eq!(rows(&charts).len(), 82, "all of them are in the table");
}

#[test]
fn bars_are_of_the_sample_that_got_done_what_is_nearest_the_median() {
    let mut run = run(2);
    run[1].done = vec![1, 2_000_000, 3_000_000, 4_000_000, 5_000_000];
    run[1].activity = (1..=5).map(|sample| vec![vec![sample * 100_000; 10]]).collect();
    let charts = findings("activity", run).charts;
    assert!(charts.contains("<figcaption>threads: together 3.0 million rounds</figcaption>"), "{charts}");
}

#[test]
fn bars_of_several_numbers_of_workers_say_how_many() {
    let mut run = run(2);
    run.push(Series { workers: 1, ..run[1].clone() });
    let charts = findings("activity", run).charts;
    for words in ["blocking: together", "threads, 2 workers: together", "threads, 1 worker: together"] {
        assert!(charts.contains(&format!("<figcaption>{words}")), "{words}: {charts}");
    }
}

#[test]
fn where_the_work_was_done_several_times_no_lane_is_guessed() {
    let mut run = run(2);
    run.iter_mut().for_each(|series| series.repeats = 3);
    let charts = findings("activity", run).charts;
    assert!(!charts.contains("class=\"lane-"), "{charts}");
}

#[test]
fn the_table_of_results_says_how_much_more_got_done() {
    let table = &findings("activity", run(2)).tables[0];
    assert!(table.contains("As much as blocking") && !table.contains("Speed-up"), "{table}");
    assert_eq!(rows(table)[1][4], "2.00× (2.00\u{a0}to\u{a0}2.00)");
}

#[test]
fn other_work_has_no_bars() {
    assert_eq!(findings("mandelbrot", super::race()).charts, "");
}
