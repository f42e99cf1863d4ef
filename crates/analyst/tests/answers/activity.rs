//! The bars of work that counts until a deadline.

use lab::run::Series;
use pictures::{Chart, Shape};

use super::made::{series, shown};
use super::tables::rows;

/// Tasks that count rounds for a given time: under threads, each task made a million on its own thread; under blocking,
/// the first task made a million and had all the time.
pub fn run(tasks: usize) -> Vec<Series> {
    let counts = |each: Vec<Vec<u32>>, strategy, workers| {
        let all: u64 = each.iter().flatten().map(|count| u64::from(*count)).sum();
        Series { activity: vec![each; 5], done: vec![all; 5], ..series(strategy, workers, &[20_000; 5]) }
    };
    let alone = (0..tasks).map(|task| vec![if task == 0 { 50_000 } else { 0 }; 20]).collect();
    vec![counts(alone, "blocking", 1), counts(vec![vec![50_000; 20]; tasks], "threads", tasks)]
}

fn chart(run: Vec<Series>) -> Chart {
    let mut charts = shown("activity", run).charts;
    assert_eq!(charts.len(), 1);
    charts.remove(0)
}

/// The class that gives a row of bars its colour.
fn colour(shape: &Shape) -> &str {
    match shape {
        Shape::Path { class, .. } => class,
        other => panic!("no bars: {other:?}"),
    }
}

/// The colours of each row of each figure, in the order of the strategies.
fn colours(chart: &Chart) -> Vec<Vec<&str>> {
    chart.figures.iter().map(|figure| figure.scene.shapes.iter().map(colour).collect()).collect()
}

fn captions(chart: &Chart) -> Vec<&str> {
    chart.figures.iter().map(|figure| figure.caption.as_str()).collect()
}

#[test]
fn bars_have_a_time_axis_lane_colours_and_a_table() {
    let chart = chart(run(2));
    assert_eq!(chart.figures[1].times, ["0", "5", "10", "15", "20 ms"]);
    assert_eq!(colours(&chart), [["lane-page", ""], ["lane-0", "lane-1"]], "one task of blocking's never computed");
    let rows = rows(chart.hidden.as_ref().expect("bars have one"));
    assert_eq!(rows[0], ["blocking", "1", "1.0", "100 %"]);
    assert_eq!(rows[4], ["threads", "2", "1.0", "100 %"]);
    assert_eq!(rows[5], ["threads", "together", "2.0", "200 %"]);
    assert!(chart.figures.iter().all(|figure| figure.note.is_empty()), "all are drawn");
    assert!(chart.figures.iter().all(|figure| figure.scene.label == figure.caption));
}

#[test]
fn rows_that_are_not_drawn_are_told_of() {
    let chart = chart(run(40));
    assert_eq!(chart.figures[1].note, "Tasks 33 to 40 are not drawn; the table has them.");
    assert_eq!(chart.figures[1].scene.shapes.len(), 32);
    assert_eq!(rows(chart.hidden.as_ref().expect("bars have one")).len(), 82, "all of them are in the table");
}

#[test]
fn bars_are_of_the_sample_that_got_done_what_is_nearest_the_median() {
    let mut run = run(2);
    run[1].done = vec![1, 2_000_000, 3_000_000, 4_000_000, 5_000_000];
    run[1].activity = (1..=5).map(|sample| vec![vec![sample * 100_000; 10]]).collect();
    assert_eq!(captions(&chart(run))[1], "threads: together 3.0 million rounds");
}

#[test]
fn bars_of_several_numbers_of_workers_say_how_many() {
    let mut run = run(2);
    let mut one = run[1].clone();
    one.id.workers = 1;
    run.push(one);
    let chart = chart(run);
    for (caption, words) in captions(&chart).iter().zip(["blocking: ", "threads, 2 workers: ", "threads, 1 worker: "]) {
        assert!(caption.starts_with(&format!("{words}together")), "{caption}");
    }
    assert_eq!(chart.figures.len(), 3);
}

#[test]
fn where_the_work_was_done_several_times_no_lane_is_guessed() {
    let mut run = run(2);
    run.iter_mut().for_each(|series| series.repeats = 3);
    assert!(colours(&chart(run)).concat().iter().all(|colour| colour.is_empty()));
}

#[test]
fn the_table_of_results_says_how_much_more_got_done() {
    let shown = shown("activity", run(2));
    let columns = &shown.results.columns;
    assert!(columns.contains(&"As much as blocking".into()) && !columns.contains(&"Speed-up".into()), "{columns:?}");
    assert_eq!(rows(&shown.results)[1][4], "2.00× (2.00\u{a0}to\u{a0}2.00)");
    assert_eq!(
        (shown.rows[1].versus.as_deref(), shown.rows[1].beside.as_deref()),
        (Some("2.00×"), Some("as much as blocking"))
    );
}

/// More is better where the time is given.
#[test]
fn each_against_each_is_of_what_got_done() {
    let mut run = run(2);
    run.push(run[0].clone());
    run[2].id.strategy = strategies::find("event-loop").expect("registered");
    let pairs = shown("activity", run).pairs.expect("there are three");
    assert_eq!(pairs.caption, "How many times as much each row got done as each column");
    assert_eq!(rows(&pairs)[1][3], "2.00× (2.00\u{a0}to\u{a0}2.00)");
}

#[test]
fn without_blocking_the_tables_say_with_whom_all_are_compared() {
    let mut run = run(2);
    run[0].id.strategy = strategies::find("event-loop").expect("registered");
    run.reverse();
    let shown = shown("activity", run);
    assert_eq!(shown.headline, "Two threads got 2.0 times as much done (2.0 to 2.0) as the event loop.");
    assert!(shown.results.columns.contains(&"As much as two threads".into()), "{:?}", shown.results.columns);
    assert_eq!(shown.rows[1].beside.as_deref(), Some("as much as two threads"));
    let bars = shown.charts[0].hidden.as_ref().expect("bars have one");
    assert_eq!(bars.columns[3], "Of what two threads got done in all");
    assert_eq!(rows(bars).last().map(|row| row[3]), Some("50 %"));
}

#[test]
fn other_work_has_no_bars() {
    assert_eq!(shown("mandelbrot", super::race()).charts, []);
}
