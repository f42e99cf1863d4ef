//! The time from each press to the next paint, as Chromium reports it (Event Timing), in every chapter: choosing
//! answers and reasons, unfolding things, committing to a guess, and unfolding while the question runs.

use std::time::Duration;

use browsers::{Browser, Page, Server, Site};
use serde_json::{Value, json};

/// The shortest interaction that Chromium reports, in milliseconds; shorter ones count as this long.
const LEAST: f64 = 16.0;

/// Starts to collect interactions.
const LISTEN: &str = "window.pressed = new Map();
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        if (entry.interactionId) {
            pressed.set(entry.interactionId, Math.max(entry.duration, pressed.get(entry.interactionId) ?? 0));
        }
    })).observe({ type: 'event', durationThreshold: 16 });
    window.before = performance.interactionCount";
/// The number of interactions, and the durations of those that were reported.
const TOLD: &str = "return [performance.interactionCount - before, [...pressed.values()]]";

/// The milliseconds of each interaction, of all chapters together.
///
/// # Panics
/// When a chapter does not answer.
pub async fn measure(browser: &Browser, site: &Site) -> Vec<f64> {
    let server = Server::start(site.clone());
    let mut all = Vec::new();
    for name in chapters::NAMES {
        let page = Page::open(browser, &format!("{}chapters/{name}/?fresh=1", server.address())).await;
        page.script(LISTEN, vec![]).await;
        let asks = page.script("return [...document.querySelectorAll('.ask')].map((ask) => ask.id)", vec![]).await;
        for ask in asks.as_array().expect("questions").iter().filter_map(Value::as_str) {
            go_through(&page, ask).await;
        }
        // the browser reports an interaction some time after it
        tokio::time::sleep(Duration::from_millis(500)).await;
        let told = page.script(TOLD, vec![]).await;
        let long: Vec<f64> = serde_json::from_value(told[1].clone()).expect("numbers");
        let short = (told[0].as_u64().expect("a number") as usize).saturating_sub(long.len());
        all.extend(long.into_iter().chain(std::iter::repeat_n(LEAST, short)));
    }
    all
}

/// Chooses an answer and a reason, commits to it, and, where the page's own thread is free meanwhile, unfolds
/// something.
async fn go_through(page: &Page<'_>, ask: &str) {
    let targets = format!(
        "return [...document.querySelectorAll('#{ask} :is(.choices .choice:first-child input, .point [type=range], .rank li:nth-child(2) \
         button, .curve svg, .sort td:nth-child(2) input, .because .choice:first-of-type input, [type=submit])')] \
         .map((target, at) => {{ target.dataset.bench = '{ask}-' + at; return target.dataset.bench; }})"
    );
    let targets = page.script(&targets, vec![]).await;
    for target in targets.as_array().expect("targets").iter().filter_map(Value::as_str) {
        page.press(&format!("[data-bench='{target}']")).await;
    }
    page.press("header summary").await;
    page.until(&format!("document.querySelector('#{ask} .sentence')")).await;
    page.press("header summary").await;
    assert_eq!(page.script("return document.querySelectorAll('.broken').length", vec![]).await, json!(0), "{ask}");
}
