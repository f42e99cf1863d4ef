//! The tables of results and of lanes.

use strategies::trace::Series;

use super::made::{findings, race, series};
use super::markup;

/// The cells of each row of the first table, without the head.
pub fn rows(html: &str) -> Vec<Vec<String>> {
    let body =
        html.split_once("<tbody>").and_then(|(_, rest)| rest.split_once("</tbody>")).expect("a table has a body").0;
    let text = |cell: &str| cell.rsplit_once('>').map(|(_, text)| text.to_owned());
    let cells = |row: &str| row.split("</t").filter_map(text).filter(|text| !text.is_empty()).collect();
    body.split_terminator("</tr>").map(cells).collect()
}

#[test]
fn a_row_for_each_strategy_with_its_numbers() {
    let [results, lanes] = findings("mandelbrot", race()).tables;
    markup::check(&results);
    markup::check(&lanes);
    let rows = rows(&results);
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[1][..6],
        ["threads", "2", "80.0 ms", "80.0 ms to 80.0 ms", "1.90× (1.90\u{a0}to\u{a0}1.90)", "95 %"]
    );
    assert_eq!(rows[1][6..8], ["100 %", "10.0 ms"]);
}

#[test]
fn there_is_a_column_for_rates_where_work_comes_in_amounts() {
    let [of_points, of_bytes] = ["mandelbrot", "stream"].map(|workload| findings(workload, race()).tables);
    assert!(!of_points[0].contains("Rate") && rows(&of_points[0]).iter().all(|row| row.len() == 11));
    assert!(of_bytes[0].contains("Rate") && rows(&of_bytes[0]).iter().all(|row| row.len() == 12));
    assert!(of_bytes[0].contains("Rate, GB/s"), "{of_bytes:?}");
    let rate: f64 = rows(&of_bytes[0])[1][6].parse().expect("a number, whose unit is in the heading");
    let gigabytes = 4.0 * 2.5e6 * (24.0 * 11.0 + 8.0) / 1e9;
    assert!((rate / (gigabytes / 0.08) - 1.0).abs() < 0.005, "{rate}");
}

#[test]
fn of_a_lane_that_lost_spans_nothing_is_guessed() {
    let mut run = race();
    run[1].samples.iter_mut().for_each(|sample| sample.lanes[0].lost = 3);
    let [results, lanes] = findings("mandelbrot", run).tables;
    assert_eq!(rows(&results)[1][6], "–", "utilisation");
    let lanes = rows(&lanes);
    assert_eq!(lanes[1], ["threads", "thread 1", "≥ 1", "≥ 80.0 ms", "≥ 0.00 ms", "≥ 0.00 ms", "≥ 0.00 ms", "–"]);
    assert_eq!(lanes[2][2..4], ["1", "80.0 ms"], "the other lane is whole");
    assert_eq!(lanes[2][7], "0.00 ms");
}

#[test]
fn one_sample_that_lost_spans_leaves_no_utilisation() {
    let mut run = race();
    run[1].samples[4].lanes[1].lost = 1;
    assert_eq!(rows(&findings("mandelbrot", run).tables[0])[1][6], "–");
}

#[test]
fn lanes_that_show_the_work_several_times_say_so() {
    let lengthened = Series { repeats: 8, ..series("threads", 2, &[80_000; 5]) };
    let findings = findings("mandelbrot", vec![series("blocking", 1, &[20_000; 5]), lengthened]);
    assert_eq!(rows(&findings.tables[0])[1][2], "10.0 ms");
    assert_eq!(rows(&findings.tables[1])[1][0], "threads, 8 times in a row");
    assert!(findings.caveats.iter().any(|said| said.contains("lanes show all of that")), "{:?}", findings.caveats);
}

#[test]
fn what_did_not_run_says_why() {
    let mut run = race();
    run.push(Series::unavailable("processes", 2, "no worker could be started"));
    let row = rows(&findings("mandelbrot", run).tables[0]).pop().unwrap();
    assert_eq!((row[0].as_str(), row[2].as_str()), ("processes", "–"));
    assert_eq!(row.last().unwrap(), "no worker could be started");
}
