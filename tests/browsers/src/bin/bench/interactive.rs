//! How soon the page can be used on a slow network and a slow processor: until it listens to Run, which is when it says
//! that it is ready. Chromium alone can be told to be slow; nothing is kept from one load to the next.

use browsers::{Browser, Page, Server, Site};
use serde_json::{Value, json};

/// Bytes a second: 10 Mbit/s. There is no latency, which is the network's business and not the page's.
const BYTES: u32 = 10_000_000 / 8;
/// How many times as slow as it is the processor is made.
const SLOWER: u32 = 4;
/// Loads that count.
const LOADS: usize = 9;

/// The loads of a page.
pub struct Loads {
    /// What it is called.
    pub what: &'static str,
    /// Within how many milliseconds it is to be ready.
    pub limit: f64,
    /// Milliseconds from the begin of the navigation until it is, of each load.
    pub each: Vec<f64>,
}

/// The pages that are measured: the name of each, its place, and within how many milliseconds it is to be ready.
const PAGES: [(&str, &str, f64); 2] = [("the front page", "", 1000.0), ("a chapter", "chapters/gil/", 1500.0)];

/// How long each of the pages takes to get ready.
///
/// # Panics
/// When one does not get ready.
pub async fn measure(browser: &Browser, site: &Site) -> Vec<Loads> {
    let server = Server::start(site.clone().compressed());
    Page::open(browser, &server.address()).await; // whatever the host does once is done
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
