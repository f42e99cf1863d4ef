//! In browsers: whether the time that the lanes of `threads` record as computing agrees with the time on a core that
//! the operating system reports for the workers' threads.
//!
//! The truth is `schedstat` of every browser thread whose name is that of a worker: its first number is the time on a
//! core, in nanoseconds. A thread's numbers vanish with the thread, so they are read again and again, and the last ones
//! count.

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

/// The relative difference allowed between the two times.
const LIMIT: f64 = 0.1;
/// Long samples: each computes for more than a second, so that seeing its beginning a little late counts little.
const WORK: [(&str, &[(&str, u32)]); 2] =
    [("raytrace", &[("paths", 64)]), ("mandelbrot", &[("size", 2048), ("iterations", 5000)])];
/// The numbers of threads to measure with.
const THREADS: [usize; 3] = [1, 2, 4];
/// How the engines name the threads of workers.
const NAMES: [&str; 2] = ["DedicatedWorker", "DOM Worker"];
/// The interval at which `schedstat` is read.
const OFTEN: Duration = Duration::from_millis(10);

/// The result of a sample; times in milliseconds.
#[derive(Serialize, Deserialize)]
struct Found {
    browser: String,
    /// The time that its lanes together record as computing.
    computing: f64,
    /// The time that its lanes together record as off core.
    off_core: f64,
    /// The time that the workers' threads together had a core.
    on_core: f64,
}

/// The heading and the table of the section: a row for each workload and number of threads. Measures what `progress`
/// does not have yet.
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

/// The time that the lanes together spent on this cause, in milliseconds.
fn together(report: &Report, cause: Cause) -> f64 {
    let spans = report.runs[0].lanes.iter().flat_map(|lane| &lane.spans);
    spans.filter(|span| span.cause == cause).map(|span| f64::from(span.length())).sum::<f64>() / 1000.0
}

/// The time on a core of each worker thread so far, in nanoseconds, by the thread's id.
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
