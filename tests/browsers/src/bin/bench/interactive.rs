//! How soon the page can be used on a slow network and a slow processor: the time until it reacts to Run, which is when
//! it says that it is ready. Only Chromium can be slowed down; nothing is cached from one load to the next.

use browsers::{Browser, Page, Server, Site};
use serde_json::{Value, json};

/// Bytes per second: 10 Mbit/s. Latency is 0, because it depends on the network and not on the page.
const BYTES: u32 = 10_000_000 / 8;
/// The factor by which the processor is slowed down.
const SLOWER: u32 = 4;
/// The number of loads of each page.
const LOADS: usize = 9;

/// The loads of a page.
pub struct Loads {
    /// The page's name.
    pub what: &'static str,
    /// The time within which it has to be ready, in milliseconds.
    pub limit: f64,
    /// For each load, the time from the start of the navigation until the page is ready, in milliseconds.
    pub each: Vec<f64>,
}

/// The pages that are measured: name, path, and the time within which the page has to be ready, in milliseconds.
const PAGES: [(&str, &str, f64); 2] = [("the front page", "", 1000.0), ("a chapter", "chapters/gil/", 1500.0)];

/// Loads each page several times, and measures how long it takes to get ready.
///
/// # Panics
/// When one does not get ready.
pub async fn measure(browser: &Browser, site: &Site) -> Vec<Loads> {
    let server = Server::start(site.clone().compressed());
    Page::open(browser, &server.address()).await; // by then the host has done what it does only once
    let cdp = browser.driver.cdp();
    let network = json!({
        "offline": false, "latency": 0, "downloadThroughput": BYTES, "uploadThroughput": BYTES,
    });
    for (method, parameters) in [
        ("Network.enable", json!({})),
        ("Network.setCacheDisabled", json!({ "cacheDisabled": true })),
        ("Network.emulateNetworkConditions", network),
        ("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })),
    ] {
        cdp.send_raw(method, parameters).await.unwrap_or_else(|error| panic!("{method}: {error}"));
    }
    let mut all = Vec::new();
    for (what, place, limit) in PAGES {
        let address = format!("{}{place}", server.address());
        let mut each = Vec::new();
        for _ in 0..LOADS {
            each.push(load(browser, &address).await);
        }
        all.push(Loads { what, limit, each });
    }
    all
}

async fn load(browser: &Browser, address: &str) -> f64 {
    let page = Page::go(browser, address).await;
    let ready = "const done = arguments[0];
            (function look() { recorder.ready === null ? setTimeout(look, 100) : done(recorder.ready) })()";
    let ready = page.wait(ready, vec![]).await.as_f64().expect("a time");
    let listens = "const run = document.querySelector('#run, #run-1'); return run && !run.disabled";
    assert_eq!(page.script(listens, vec![]).await, Value::Bool(true), "it says that it is ready, and is not");
    ready
}
