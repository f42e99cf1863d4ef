//! In browsers: whether what threads' lanes call computing is what the operating system says that the workers' threads got.
//!
//! The truth is `schedstat` of every thread of the browser that is a worker by name: its first figure is the time on a core,
//! in nanoseconds. A thread's figures go with it, so they are read again and again, and the last ones count.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::time::Duration;

use browsers::{Browser, Engine, Page, Preference, Server, Site, visit_preferring};
use lab::report::Report;
use serde::{Deserialize, Serialize};
use serde_json::json;
use strategies::trace::Cause;

use crate::progress::Progress;

/// The two may differ by this part.
const LIMIT: f64 = 0.1;
/// Long samples: each computes for more than a second, beside which it counts little that its begin is seen a little late.
const WORK: [(&str, &[(&str, u32)]); 2] =
    [("raytrace", &[("paths", 64)]), ("mandelbrot", &[("size", 2048), ("iterations", 5000)])];
/// Numbers of threads.
const THREADS: [usize; 3] = [1, 2, 4];
/// How the engines name the threads of workers.
const NAMES: [&str; 2] = ["DedicatedWorker", "DOM Worker"];
/// How often figures are read.
const OFTEN: Duration = Duration::from_millis(10);

/// What came of a sample, in milliseconds.
#[derive(Serialize, Deserialize)]
struct Found {
    browser: String,
    /// What its lanes call computing, together.
    computing: f64,
    /// What they call off core.
    off_core: f64,
    /// For how long the workers' threads had a core.
    on_core: f64,
}

/// A row for each work and number of threads; none if that was not measured.
pub fn table(engine: Engine, progress: &Progress) -> (String, String) {
    let key = |work: &str, threads: usize| format!("schedstat/{engine:?}/{work}/{threads}");
    let cases = || WORK.iter().flat_map(|work| THREADS.map(|threads| (work, threads)));
    let left = || cases().filter(|((work, _), threads)| progress.get::<Found>(&key(work, *threads)).is_none());
    if left().next().is_some() {
        visit_preferring(Preference::Cores(2), engine, async |browser: &Browser| {
            let server = Server::start(Site::shipped());
            let page = Page::open(browser, &server.address()).await;
            for ((work, params), threads) in left() {
                let found = measure(browser, &page, work, params, threads).await;
                progress.put(&key(work, threads), &found);
            }
        });
    }
    let mut text = String::from(
        "| work | threads | lanes computing | lanes off core | threads on a core | difference, at most 10 % |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut version = String::new();
    for ((work, _), threads) in cases() {
        let Found { browser, computing, off_core, on_core } = progress.get(&key(work, threads)).expect("just measured");
        let difference = computing / on_core - 1.0;
        let wrong = if difference.abs() <= LIMIT { "" } else { crate::WRONG };
        let times = format!("{computing:.0} ms | {off_core:.0} ms | {on_core:.0} ms");
        let row = format!("| {work} | {threads} | {times} | {:+.1} % {wrong} |", difference * 100.0);
        println!("{row}");
        writeln!(text, "{row}").expect("a text can grow");
        version = browser;
    }
    (format!("{version}: threads on a core"), text)
}

async fn measure(browser: &Browser, page: &Page<'_>, work: &str, params: &[(&str, u32)], threads: usize) -> Found {
    let mut experiment = json!({ "workload": work, "strategies": ["threads"], "workers": threads, "samples": 1 });
    params.iter().for_each(|(key, value)| experiment[*key] = (*value).into());
    let run = page.start(experiment).await;
    let (mut before, mut latest) = (None, BTreeMap::new());
    // one sample to warm up, and one that is timed
    loop {
        latest.extend(on_core(browser));
        let done = page.progress(&run).await.last().map_or(0, |(done, _)| *done);
        match done {
            0 => {}
            1 => _ = before.get_or_insert_with(|| latest.clone()),
            _ => break,
        }
        tokio::time::sleep(OFTEN).await;
    }
    let report = page.outcome(&run).await.unwrap_or_else(|error| panic!("{work}: {error}"));
    let before = before.expect("a sample takes longer than a look");
    let nanoseconds: u64 = latest.iter().map(|(thread, now)| now - before.get(thread).unwrap_or(&0)).sum();
    let [computing, off_core] = [Cause::Compute, Cause::OffCore].map(|cause| together(&report, cause));
    Found { browser: browser.version(), computing, off_core, on_core: nanoseconds as f64 / 1e6 }
}

/// How long the lanes spent on this, in milliseconds.
fn together(report: &Report, cause: Cause) -> f64 {
    let spans = report.runs[0].lanes.iter().flat_map(|lane| &lane.spans);
    spans.filter(|span| span.cause == cause).map(|span| f64::from(span.length())).sum::<f64>() / 1000.0
}

/// For how long each thread of a worker has had a core so far, by its number.
fn on_core(browser: &Browser) -> BTreeMap<String, u64> {
    let tasks =
        browser.processes().into_iter().filter_map(|process| fs::read_dir(format!("/proc/{process}/task")).ok());
    let threads = tasks.flatten().flatten().filter_map(|thread| {
        let read = |name: &str| fs::read_to_string(thread.path().join(name)).ok();
        let worker = NAMES.iter().any(|name| read("comm").is_some_and(|own| own.starts_with(name)));
        let first = || read("schedstat")?.split(' ').next()?.parse().ok();
        Some((thread.file_name().into_string().ok()?, worker.then(first)??))
    });
    threads.collect()
}
