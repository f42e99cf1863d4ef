//! Every strategy computes every workload right, on the page as it is shipped, and its numbers have the shape of what
//! it does.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, answers_are_known, busy, is_on_page, known, run_of};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    everything_is_offered(&page).await;
    every_answer_is_known(&page).await;
    numbers_and_lanes_are_there(&page).await;
    waits_overlap_where_they_can(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
    assert_eq!(browser.complaints().await, [""; 0]);
}

async fn everything_is_offered(page: &Page<'_>) {
    let offer = page.capabilities().await.expect("the page is ready");
    assert!(offer.shared_memory);
    assert_eq!(offer.unavailable(), []);
    assert!(offer.strategies.iter().map(|strategy| &strategy.id).eq(&*STRATEGIES), "{offer:?}");
    assert!(offer.workloads.iter().eq(workloads::ALL.iter().map(|workload| workload.info().id)), "{offer:?}");
    assert!(offer.claimed_cores >= 1);
}

async fn every_answer_is_known(page: &Page<'_>) {
    for workload in workloads::ALL {
        answers_are_known(&page.run(known(*workload, &STRATEGIES)).await, *workload, &STRATEGIES);
    }
}

async fn numbers_and_lanes_are_there(page: &Page<'_>) {
    let run = page.start(busy(&STRATEGIES, 5)).await;
    let report = page.outcome(&run).await.expect("a good run");
    let progress = page.progress(&run).await;
    let total = 6 * STRATEGIES.len();
    assert_eq!(progress.first(), Some(&(0, total)), "a cold and five timed samples of each");
    assert_eq!(progress.last(), Some(&(total, total)));
    assert!(progress.is_sorted(), "{progress:?}");
    for run in &report.runs {
        let name = &run.strategy;
        assert_eq!(run.void, None, "{name}");
        assert_eq!(run.samples_ms.len(), 5, "{name}");
        assert!(run.cold_ms.is_some_and(|cold| cold > 0.0), "{name}");
        let median = run.median_ms.unwrap_or_else(|| panic!("{name} has a median"));
        let [low, high] = run.ci95_ms.unwrap_or_else(|| panic!("{name} has an interval"));
        assert!((low..=high).contains(&median), "{name}: {median} is outside of {low} to {high}");
        let speedup = run.speedup.unwrap_or_else(|| panic!("{name} has a speed-up"));
        assert!(if name == "blocking" { speedup == 1.0 } else { speedup > 0.0 }, "{name}: {speedup}");
        let workers = if is_on_page(name) { 1 } else { 2 };
        assert_eq!((run.workers, run.lanes.len()), (workers, workers), "{name}");
        assert!(run.lanes.iter().any(|lane| !lane.spans.is_empty()), "{name} has no lane where something happened");
        assert!(!run.heartbeat.is_empty(), "{name}");
    }
    assert!(!report.verdict.findings.is_empty());
}

/// 25 waits of 40 ms: one after the other under blocking, two at a time by two workers, all at once on the event loop.
async fn waits_overlap_where_they_can(page: &Page<'_>) {
    let experiment = json!({
        "workload": "proxy", "size": 25, "wait": 40, "strategies": *STRATEGIES, "workers": 2, "samples": 1,
    });
    let report = page.run(experiment).await.expect("a good run");
    let median = |strategy| run_of(&report, strategy).median_ms.expect("it was measured");
    let idle = report.runs.iter().find(|run| run.lanes.iter().any(|lane| lane.spans.is_empty()));
    assert_eq!(idle, None, "there is enough to do for every lane");
    let all_waits = 25.0 * 40.0;
    assert!(median("blocking") >= all_waits, "blocking: {}", median("blocking"));
    assert!(median("event-loop") < median("blocking") / 4.0, "event loop: {}", median("event-loop"));
    for strategy in ["threads", "processes"] {
        let took = median(strategy);
        assert!((all_waits / 2.0 * 0.98..all_waits).contains(&took), "{strategy} with two workers: {took}");
    }
}
