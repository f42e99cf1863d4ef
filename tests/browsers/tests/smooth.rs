//! While others work, the page keeps its 60 frames a second, or what the machine can spare of them.
//!
//! How many those are depends on the machine and on what else it does, so the measure is the same page under blocking,
//! which gets no frame while a sample lasts: nobody else leaves a gap of even half that. The worst seen was a good fifth,
//! also on a machine with three more threads for each of its cores. Only in the workers' case is a rate asked for:
//! how often an event loop that is busy on the page's thread lets it draw is each engine's choice.

use browsers::{Browser, Engine, Frames, Page, Server, Site, run_counting_frames, visit_alone};
use serde_json::json;

use crate::experiments::{STRATEGIES, is_on_page};

#[test]
fn chromium() {
    visit_alone(Engine::Chromium, story);
}

#[test]
fn firefox() {
    visit_alone(Engine::Firefox, story);
}

#[test]
fn webkit() {
    visit_alone(Engine::WebKit, story);
}

/// Frames a second that any machine has time for, however slow and busy.
const LEAST: f64 = 10.0;

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let frozen = frames(&page, "blocking").await;
    for strategy in STRATEGIES.iter().filter(|strategy| **strategy != "blocking") {
        let smooth = frames(&page, strategy).await;
        println!("{:?}, {strategy}: {smooth:?}; blocking: {frozen:?}", browser.engine);
        assert!(smooth.longest_gap_ms < frozen.longest_gap_ms / 2.0, "{strategy}: {smooth:?}; blocking: {frozen:?}");
        assert!(is_on_page(strategy) || smooth.rate > LEAST, "{strategy}: {smooth:?}");
    }
}

/// The page's frames while a cold and a timed sample are taken, each of half a second or more.
async fn frames(page: &Page<'_>, strategy: &str) -> Frames {
    let experiment = json!({
        "workload": "primes", "size": 5_000_000, "strategies": [strategy], "workers": 2, "samples": 1,
    });
    let (outcome, frames) = run_counting_frames(page, experiment).await;
    outcome.unwrap_or_else(|error| panic!("{strategy}: {error}"));
    frames
}
