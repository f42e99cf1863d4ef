//! Nothing of a run that is over stays behind: as many message ports and callbacks are alive after many runs as after a
//! few.
//!
//! These stand for everything else: each sample has a pulse of its own, and each wait a callback, and whatever keeps
//! one of a run's things keeps some of them. Only Chromium can be asked what is alive; it collects garbage before.

use browsers::{Browser, Engine, Page, Server, Site, visit};
use serde_json::{Value, json};

use crate::lost_files::COMPLETE;

/// Runs before the first look: by then what is made once was made.
const FEW: usize = 3;
/// Runs before the second.
const MANY: usize = 23;
/// What is counted, and how many of each a thing of a run's would leave: a callback is two functions. Fewer than that for each
/// run are no leak of a run's: some are made late.
const KINDS: [(&str, usize); 2] = [("MessagePort", 1), ("Function", 2)];

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    page.until(COMPLETE).await; // files are kept as long as the page
    run(&page, FEW).await;
    let early = alive(browser).await;
    run(&page, MANY - FEW).await;
    let late = alive(browser).await;
    for (at, (kind, each)) in KINDS.iter().enumerate() {
        let [early, late] = [early[at], late[at]];
        assert!(
            early > 0 && late < early + each * (MANY - FEW),
            "{early} of {kind} after {FEW} runs, {late} after {MANY}"
        );
    }
}

async fn run(page: &Page<'_>, times: usize) {
    for _ in 0..times {
        let experiment = json!({
            "workload": "mandelbrot", "size": 64, "strategies": ["event-loop", "threads"], "workers": 2, "samples": 1,
        });
        page.run(experiment).await.expect("a good run");
    }
}

/// How many there are of each kind.
async fn alive(browser: &Browser) -> Vec<usize> {
    let cdp = browser.driver.cdp();
    let ask = async |method: &str, parameters: Value| {
        cdp.send_raw(method, parameters).await.unwrap_or_else(|error| panic!("{method}: {error}"))
    };
    // a callback is freed when the one that held it was, so not all goes at once
    for _ in 0..4 {
        ask("HeapProfiler.collectGarbage", json!({})).await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let mut counts = Vec::new();
    for (kind, _) in KINDS {
        let prototype = ask("Runtime.evaluate", json!({ "expression": format!("{kind}.prototype") })).await;
        let id = prototype["result"]["objectId"].clone();
        let found = ask("Runtime.queryObjects", json!({ "prototypeObjectId": id })).await;
        let list = found["objects"]["objectId"].clone();
        let count = json!({ "objectId": list, "functionDeclaration": "function () { return this.length }" });
        let count = ask("Runtime.callFunctionOn", count).await["result"]["value"].as_u64().expect("a length");
        counts.push(count as usize);
    }
    counts
}
