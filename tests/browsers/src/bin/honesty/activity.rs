//! The talk's experiment: workers that spin and count, millisecond by millisecond, under a GIL and in processes.

use std::fmt::Write;

use browsers::Page;
use lab::report::{LaneRecord, Report, Run};
use serde_json::{Value, json};
use strategies::trace::Cause;

/// The fraction of a busy bucket's count from which a bucket counts as lit: less can be left by a hand-over within the
/// millisecond.
const LIT: f64 = 0.5;
/// The fraction from which a bucket counts as having got something done: the browser, too, takes a core now and then.
const DONE: f64 = 0.1;
/// How long each sample spins, in milliseconds.
const TIME: usize = 500;

/// A table of what the experiment showed and what it must show. A row is not as it must be if its last cell is not
/// empty.
pub async fn table(page: &Page<'_>) -> String {
    let alone = counts(&report(page, "threads", 1).await);
    let gil_report = report(page, "gil", 4).await;
    let gil = counts(&gil_report);
    let processes = counts(&report(page, "processes", 2).await);
    let busy = alone[0].iter().copied().max().unwrap_or(1);
    let at_least = |part: f64, row: &[u32], at: usize| f64::from(row[at]) >= part * f64::from(busy);
    let together = (0..TIME).filter(|at| gil.iter().filter(|row| at_least(LIT, row, *at)).count() > 1).count();
    let both = (0..TIME).filter(|at| processes.iter().all(|row| at_least(DONE, row, *at))).count();
    let mut turns = turns(&gil_report.runs[0].lanes);
    turns.sort_by(f64::total_cmp);
    let turn = |part: f64| turns.get((turns.len() as f64 * part) as usize).copied().unwrap_or(f64::NAN);
    let [shared, spread] = [&gil, &processes].map(|rows| sum(rows) / sum(&alone));
    let usual = turns.iter().filter(|turn| (3.5..=6.5).contains(*turn)).count();
    let (turns_found, longer) = (turns.len(), [0.1, 0.5, 0.9].map(turn));
    let rows = [
        row(
            "GIL, 4 threads: buckets of 1 ms in which two were lit",
            format!("{together} of {TIME}"),
            "at most 25 %: a lock changes hands within one, in CPython in 16 to 19 %",
            together * 4 <= TIME,
        ),
        row(
            "GIL: a turn's length, median",
            format!("{:.1} ms; 10 % to 90 % of {turns_found}: {:.1} to {:.1}", longer[1], longer[0], longer[2]),
            "3.5 to 6.5 ms",
            (3.5..=6.5).contains(&longer[1]),
        ),
        row(
            "GIL: turns of 3.5 to 6.5 ms",
            format!("{usual} of {turns_found}"),
            "at least three of four",
            usual * 4 >= turns_found * 3,
        ),
        row(
            "GIL: all four together against one alone",
            format!("{shared:.2}"),
            "0.9 to 1.1",
            (0.9..=1.1).contains(&shared),
        ),
        row(
            "2 processes: buckets in which both got something done",
            format!("{both} of {TIME}"),
            "at least 95 %",
            both * 20 >= TIME * 19,
        ),
        row("2 processes together against one alone", format!("{spread:.2}"), "at least 1.8", spread >= 1.8),
    ];
    let mut text = String::from("| activity | measured | expected | |\n| --- | --- | --- | --- |\n");
    for row in rows {
        println!("{row}");
        writeln!(text, "{row}").expect("a text can grow");
    }
    text
}

fn row(what: &str, measured: String, expected: &str, met: bool) -> String {
    format!("| {what} | {measured} | {expected} | {} |", if met { "" } else { crate::WRONG })
}

async fn report(page: &Page<'_>, strategy: &str, workers: usize) -> Report {
    page.run(experiment(strategy, workers)).await.unwrap_or_else(|error| panic!("{strategy}: {error}"))
}

fn experiment(strategy: &str, workers: usize) -> Value {
    json!({
        "workload": "activity", "size": workers, "time": TIME, "strategies": [strategy], "workers": workers,
        "samples": 3,
    })
}

/// The counts of each task of the last sample, one for each millisecond.
fn counts(report: &Report) -> Vec<Vec<u32>> {
    let Run { activity, .. } = &report.runs[0];
    activity.iter().map(|row| row.iter().copied().chain(std::iter::repeat(0)).take(TIME).collect()).collect()
}

fn sum(rows: &[Vec<u32>]) -> f64 {
    rows.iter().flatten().map(|count| f64::from(*count)).sum()
}

/// The length of each turn in milliseconds: from one lane's first step to the next lane's first step. The first turn
/// begins with the sample and the last one ends with it, so these two are not turns of the lock and are left out.
fn turns(lanes: &[LaneRecord]) -> Vec<f64> {
    let mut steps: Vec<(u32, usize)> = Vec::new();
    for (at, lane) in lanes.iter().enumerate() {
        let computed = lane.spans.iter().filter(|span| span.cause == Cause::Compute);
        steps.extend(computed.map(|span| (span.start, at)));
    }
    steps.sort_unstable();
    steps.dedup_by_key(|(_, lane)| *lane);
    let lengths: Vec<_> = steps.windows(2).map(|pair| f64::from(pair[1].0 - pair[0].0) / 1000.0).collect();
    lengths.get(1..).unwrap_or_default().to_vec()
}
