//! While workers compute, the page keeps its 60 frames per second, or as many as the machine can spare.
//!
//! Their number depends on the machine and on its other load, so the yardstick is the same page under blocking, which
//! gets no frame during a sample: no other strategy leaves a gap of even half that length. The worst ratio seen was
//! just over a fifth, also on a machine with three additional threads for each of its cores. A minimum rate is required
//! only of strategies with workers: how often a busy event loop on the page's thread lets the page draw is each
//! engine's choice.

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

/// Frames per second that any machine can draw, however slow and busy.
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
