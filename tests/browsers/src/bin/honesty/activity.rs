//! The talk's experiment: workers that spin and count, millisecond by millisecond, under a GIL and in processes.

use std::fmt::Write;

use browsers::Page;
use lanes::report::{Report, Run};
use serde_json::{Value, json};

/// A bucket counts as lit from this part of a busy one on: less is what a hand-over within the millisecond leaves.
const LIT: f64 = 0.5;
/// Milliseconds that each sample spins.
const TIME: usize = 500;

/// What the experiment must show, and what it showed.
pub async fn table(page: &Page<'_>) -> String {
    let alone = counts(&page.run(experiment("threads", 1)).await.expect("a good run"));
    let gil = counts(&page.run(experiment("gil", 4)).await.expect("a good run"));
    let processes = counts(&page.run(experiment("processes", 2)).await.expect("a good run"));
    let busy = alone[0].iter().copied().max().unwrap_or(1);
    let lit = |row: &[u32], at: usize| f64::from(row[at]) >= LIT * f64::from(busy);
    let together = (0..TIME).filter(|at| gil.iter().filter(|row| lit(row, *at)).count() > 1).count();
    let mut turns = turns(&gil, &lit);
    turns.sort_unstable();
    let middle = turns.get(turns.len() / 2).copied().unwrap_or(0);
    let within = turns.iter().filter(|turn| (4..=6).contains(*turn)).count();
    let both = (0..TIME).filter(|at| processes.iter().all(|row| lit(row, *at))).count();
    let ratio = |rows: &[Vec<u32>]| sum(rows) / sum(&alone);
    let rows = [
        ("GIL, 4 threads: buckets of 1 ms in which two were lit".into(), format!("{together} of {TIME}"), "0"),
        ("GIL: a turn's length, median".into(), format!("{middle} ms"), "5 ms, within 1.5"),
        ("GIL: turns of 4 to 6 ms".into(), format!("{within} of {}", turns.len()), "most"),
        ("GIL: all four together against one alone".into(), format!("{:.2}", ratio(&gil)), "0.9 to 1.1"),
        ("2 processes: buckets in which both were lit".into(), format!("{both} of {TIME}"), "nearly all"),
        ("2 processes together against one alone".into(), format!("{:.2}", ratio(&processes)), "at least 1.8"),
    ];
    let mut text = String::from("| activity | measured | expected |\n| --- | --- | --- |\n");
    for (what, measured, expected) in rows as [(String, String, &str); 6] {
        println!("{what}: {measured} ({expected})");
        writeln!(text, "| {what} | {measured} | {expected} |").expect("a text can grow");
    }
    text
}

fn experiment(strategy: &str, workers: usize) -> Value {
    json!({
        "workload": "activity", "size": workers, "time": TIME, "strategies": [strategy], "workers": workers,
        "samples": 3,
    })
}

/// What each task of the last sample counted.
fn counts(report: &Report) -> Vec<Vec<u32>> {
    let Run { activity, .. } = &report.runs[0];
    activity.iter().map(|row| row.iter().copied().chain(std::iter::repeat(0)).take(TIME).collect()).collect()
}

fn sum(rows: &[Vec<u32>]) -> f64 {
    rows.iter().flatten().map(|count| f64::from(*count)).sum()
}

/// How many milliseconds each turn lasted: stretches of buckets in which the same row counted most. The first and the
/// last are cut off, and so are not counted.
fn turns(rows: &[Vec<u32>], lit: &dyn Fn(&[u32], usize) -> bool) -> Vec<usize> {
    let holder = |at: usize| (0..rows.len()).filter(|row| lit(&rows[*row], at)).max_by_key(|row| rows[*row][at]);
    let (mut turns, mut last, mut length) = (Vec::new(), None, 0);
    for at in 0..TIME {
        let now = holder(at).or(last);
        if now == last {
            length += 1;
        } else {
            turns.push(length);
            (last, length) = (now, 1);
        }
    }
    turns.split_off(1.min(turns.len()))
}
