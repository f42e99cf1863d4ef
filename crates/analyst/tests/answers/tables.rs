//! The tables of results and of lanes, and the rows above the lanes.

use lab::run::Series;
use pictures::{Shown, Table};
use strategies::{Failure, Loss};

use super::made::{race, run, series, shown, shown_of};

/// The texts of each row.
pub fn rows(table: &Table) -> Vec<Vec<&str>> {
    (0..table.rows.len()).map(|row| table.texts(row)).collect()
}

fn has_column(shown: &Shown, heading: &str) -> bool {
    shown.results.columns.iter().any(|column| column.contains(heading))
}

#[test]
fn a_row_for_each_strategy_with_its_numbers() {
    let shown = shown("mandelbrot", race());
    let rows = rows(&shown.results);
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[1][..7],
        [
            "threads",
            "2",
            "80.0 ms",
            "80.0 ms to 80.0 ms",
            "1.90× (1.90\u{a0}to\u{a0}1.90)",
            "2.00 (2.00\u{a0}to\u{a0}2.00)",
            "2.00 (2.00\u{a0}to\u{a0}2.00)",
        ]
    );
    assert_eq!(rows[1][7..10], ["95 %", "100 %", "10.0 ms"]);
    let row = &shown.rows[1];
    assert_eq!((row.strategy.as_str(), row.name.as_str()), ("threads", "threads"));
    assert_eq!((row.median.as_deref(), row.beside.as_deref()), (Some("80.0 ms"), Some("80.0 ms to 80.0 ms")));
    assert_eq!((row.versus.as_deref(), &row.unavailable, &row.repeats), (Some("1.90×"), &None, &None));
    let summary = "Lanes of threads: 80.0 ms in all, at most 10.0 ms without a heartbeat of the page. The table below has \
                   the details.";
    assert_eq!(row.summary, summary);
    assert_eq!(row.trace.as_ref(), race()[1].samples.first());
}

/// The heading names the strategy that all are compared with, if it is not blocking.
#[test]
fn without_blocking_the_table_says_with_whom_all_are_compared() {
    let race = vec![series("threads", 2, &[80_000; 5]), series("event-loop", 1, &[152_000; 5])];
    let shown = shown("mandelbrot", race);
    assert_eq!(shown.headline, "Two threads ran 1.9 times as fast (1.9 to 1.9) as the event loop.");
    assert_eq!(
        shown.results.columns[4..8],
        ["Speed-up over two threads", "Under way at once", "On a core at once", "Efficiency"]
    );
    let rows = rows(&shown.results);
    assert_eq!((rows[0][4], rows[1][4]), ("1.00×", "0.53× (0.53\u{a0}to\u{a0}0.53)"));
    assert_eq!((rows[0][7], rows[1][7]), ("–", "–"));
    assert!(shown.not_again.is_some(), "it is blocking's tasks that are simulated");
}

/// With two strategies, the results have the comparison already, and there is no second table.
#[test]
fn of_three_each_is_compared_with_each() {
    let mut race = race();
    assert_eq!(shown("mandelbrot", race.clone()).pairs, None);
    race.push(series("processes", 2, &[160_000; 5]));
    let pairs = shown("mandelbrot", race).pairs.expect("there are three");
    assert_eq!(pairs.columns, ["Strategy", "blocking", "threads", "processes"]);
    let times = |times: &str| format!("{times}× ({times}\u{a0}to\u{a0}{times})");
    let rows: Vec<_> = rows(&pairs).into_iter().map(|row| row.join(", ")).collect();
    assert_eq!(
        rows,
        [
            format!("blocking, –, {}, {}", times("0.53"), times("1.05")),
            format!("threads, {}, –, {}", times("1.90"), times("2.00")),
            format!("processes, {}, {}, –", times("0.95"), times("0.50")),
        ]
    );
}

#[test]
fn one_strategy_alone_is_compared_with_nothing() {
    let shown = shown("mandelbrot", vec![series("threads", 2, &[80_000; 5])]);
    assert_eq!(shown.headline, "Two threads took 80 ms (80 ms to 80 ms) and the page never stopped.");
    assert!((&shown.findings, &shown.caveats) == (&vec![], &vec![]), "{shown:?}");
    assert_eq!((shown.results.columns[4].as_str(), rows(&shown.results)[0][4]), ("Speed-up", "–"));
    assert_eq!(shown.rows[0].versus, None);
}

#[test]
fn there_is_a_column_for_rates_where_work_comes_in_amounts() {
    let [of_points, of_bytes] = ["mandelbrot", "stream"].map(|workload| shown(workload, race()));
    assert!(!has_column(&of_points, "Rate") && of_points.results.columns.len() == 13);
    assert!(has_column(&of_bytes, "Rate, GB/s") && of_bytes.results.columns.len() == 14);
    let rate: f64 = rows(&of_bytes.results)[1][8].parse().expect("a number, whose unit is in the heading");
    let gigabytes = 4.0 * 2.5e6 * (24.0 * 11.0 + 8.0) / 1e9;
    assert!((rate / (gigabytes / 0.08) - 1.0).abs() < 0.005, "{rate}");
}

#[test]
fn of_a_lane_that_lost_spans_nothing_is_guessed() {
    let mut run = race();
    run[1].samples.iter_mut().for_each(|sample| sample.lanes[0].lost = 3);
    let shown = shown("mandelbrot", run);
    assert_eq!(rows(&shown.results)[1][8], "–", "utilisation");
    let lanes = rows(&shown.lanes);
    let none = "≥ 0.00 ms";
    assert_eq!(lanes[1], ["threads", "thread 1", "≥ 1", "≥ 80.0 ms", none, none, none, none, "–"]);
    assert_eq!(lanes[2][2..4], ["1", "80.0 ms"], "the other lane is whole");
    assert_eq!(lanes[2][8], "0.00 ms");
}

#[test]
fn each_lane_has_the_mark_of_its_colour() {
    let shown = shown("mandelbrot", race());
    let marks: Vec<_> = shown.lanes.rows.iter().map(|row| row[1].mark.as_str()).collect();
    assert_eq!(marks, ["lane-page", "lane-0", "lane-1"]);
    assert!(shown.lanes.rows.iter().all(|row| row[0].mark.is_empty()));
}

#[test]
fn one_sample_that_lost_spans_leaves_no_utilisation() {
    let mut run = race();
    run[1].samples[4].lanes[1].lost = 1;
    assert_eq!(rows(&shown("mandelbrot", run).results)[1][8], "–");
}

#[test]
fn lanes_that_show_the_work_several_times_say_so() {
    let lengthened = Series { repeats: 8, ..series("threads", 2, &[80_000; 5]) };
    let shown = shown("mandelbrot", vec![series("blocking", 1, &[20_000; 5]), lengthened]);
    assert_eq!(rows(&shown.results)[1][2], "10.0 ms");
    assert_eq!(rows(&shown.lanes)[1][0], "threads, 8 times in a row");
    assert_eq!(shown.rows[1].repeats.as_deref(), Some("each time; drawn are 8 in a row"));
    assert!(shown.caveats.iter().any(|said| said.contains("lanes show all of them")), "{:?}", shown.caveats);
}

#[test]
fn what_did_not_run_says_why() {
    let mut run = race();
    let processes = strategies::find("processes").expect("registered");
    let refusal = Failure::NotStarted { process: None, why: Loss::NoScript };
    run.push(Series::unavailable(processes, 2, refusal));
    let shown = shown("mandelbrot", run);
    let row = rows(&shown.results).pop().unwrap();
    let why = "A worker could not be started: its script could not be loaded";
    assert_eq!((row[0], row[2], *row.last().unwrap()), ("processes", "–", why));
    let row = &shown.rows[2];
    assert_eq!((row.unavailable.as_deref(), &row.median, &row.trace), (Some(why), &None, &None));
    assert_eq!(row.summary, "Lanes of processes: no numbers.");
}

/// The samples of a hidden run are evidence, but no numbers are shown.
#[test]
fn a_hidden_run_shows_no_numbers() {
    let mut hidden = run("mandelbrot", race());
    hidden.machine.hidden = true;
    let shown = shown_of(hidden);
    assert!(shown.headline.starts_with("The tab was hidden during the run"), "{}", shown.headline);
    for (row, table_row) in shown.rows.iter().zip(rows(&shown.results)) {
        assert_eq!((&row.median, &row.versus, table_row[2], table_row[4]), (&None, &None, "–", "–"));
        assert!(row.trace.is_some(), "what happened may be seen");
    }
    assert!(shown.lanes.rows.is_empty() && shown.charts.is_empty());
    assert_eq!(shown.not_again.as_deref().map(|why| why.starts_with("The tab was hidden")), Some(true));
}

#[test]
fn the_headline_is_not_said_again() {
    let shown = shown("mandelbrot", race());
    assert!(!shown.findings.contains(&shown.headline) && !shown.caveats.contains(&shown.headline));
    assert_eq!(shown.findings, ["While blocking ran, the page froze for 152 ms."]);
}
