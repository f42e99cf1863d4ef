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

/// Milliseconds from the begin of the navigation until the page is ready, of each load.
///
/// # Panics
/// When the page does not get ready.
pub async fn measure(browser: &Browser, site: &Site) -> Vec<f64> {
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
    let mut loads = Vec::new();
    for _ in 0..LOADS {
        let page = Page::go(browser, &server.address()).await;
        let ready = "const done = arguments[0];
            (function look() { recorder.ready === null ? setTimeout(look, 100) : done(recorder.ready) })()";
        let ready = page.wait(ready, vec![]).await.as_f64().expect("a time");
        let listens = "const run = document.querySelector('#run'); return run && !run.disabled";
        assert_eq!(page.script(listens, vec![]).await, Value::Bool(true), "it says that it is ready, and is not");
        loads.push(ready);
    }
    loads
}
