//! Nothing of a run that is over stays behind: as many message ports are alive after many runs as after a few.
//!
//! Ports stand for everything else, because each sample has a pulse of its own, and whatever keeps that keeps them.
//! Only Chromium can be asked what is alive; it collects garbage before it answers.

use browsers::{Browser, Engine, Page, Server, Site, visit};
use serde_json::{Value, json};

/// Runs before the first look: by then what is made once was made.
const FEW: usize = 3;
/// Runs before the second.
const MANY: usize = 15;

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    run(&page, FEW).await;
    let early = ports(browser).await;
    run(&page, MANY - FEW).await;
    let late = ports(browser).await;
    assert!(early > 0 && late <= early, "{early} message ports after {FEW} runs, {late} after {MANY}");
}

async fn run(page: &Page<'_>, times: usize) {
    for _ in 0..times {
        let experiment = json!({
            "workload": "mandelbrot", "size": 64, "strategies": ["event-loop", "threads"], "workers": 2, "samples": 1,
        });
        page.run(experiment).await.expect("a good run");
    }
}

/// How many message ports the page has.
async fn ports(browser: &Browser) -> u64 {
    let cdp = browser.driver.cdp();
    let ask = async |method: &str, parameters: Value| {
        cdp.send_raw(method, parameters).await.unwrap_or_else(|error| panic!("{method}: {error}"))
    };
    // a callback is freed when the one that held it was, so not all goes at once
    for _ in 0..4 {
        ask("HeapProfiler.collectGarbage", json!({})).await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let prototype = ask("Runtime.evaluate", json!({ "expression": "MessagePort.prototype" })).await;
    let id = prototype["result"]["objectId"].clone();
    let alive = ask("Runtime.queryObjects", json!({ "prototypeObjectId": id })).await;
    let list = alive["objects"]["objectId"].clone();
    let count = json!({ "objectId": list, "functionDeclaration": "function () { return this.length }" });
    ask("Runtime.callFunctionOn", count).await["result"]["value"].as_u64().expect("a length")
}
