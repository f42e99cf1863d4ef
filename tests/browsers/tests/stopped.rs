//! The whole browser is stopped for a while in the middle of a run, as when a laptop sleeps: no strategy is said to
//! have frozen the page, and a sample that was interrupted is measured again.

use std::thread;
use std::time::Duration;

use browsers::{Browser, Page, Server, Site, in_every_engine};
use rustix::process::{Signal, kill_process_group};
use serde_json::json;

in_every_engine!(story);

/// How long the browser is stopped: longer than any sample below takes on a slow machine, and long enough to be
/// noticed.
const STOPPED: Duration = Duration::from_millis(2_500);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let run = page
        .start(json!({
            "workload": "primes", "size": 5_000_000, "strategies": ["threads", "processes"], "workers": 2, "samples": 4,
        }))
        .await;
    while page.progress(&run).await.last().is_none_or(|(done, _)| *done < 3) {
        thread::sleep(Duration::from_millis(20));
    }
    for signal in [Signal::STOP, Signal::CONT] {
        kill_process_group(browser.group(), signal).expect("it is there");
        thread::sleep(STOPPED);
    }
    let report = page.outcome(&run).await.expect("a good run");
    for run in &report.runs {
        let (name, numbers) = (&run.strategy, run.numbers.as_ref().expect("it ran"));
        let stopped = STOPPED.as_secs_f64() * 1000.0;
        assert!(numbers.longest_freeze_ms.is_some_and(|longest| longest < stopped / 2.0), "{name}: {numbers:?}");
        assert!(
            run.samples_ms.iter().all(|ms| *ms < stopped),
            "{name} kept a sample with a stop: {:?}",
            run.samples_ms
        );
    }
    // other programs may keep the page from its cores meanwhile, which the report names as the cause
    assert!(report.verdict.findings.iter().all(|finding| finding.form != "page-froze"), "{:?}", report.verdict);
    assert_eq!(page.errors().await, [""; 0]);
}
