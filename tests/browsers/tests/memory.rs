//! A run leaves nothing behind when it is over: no more message ports and callbacks are alive after many runs than
//! after a few.
//!
//! These stand for all objects: each sample has a heartbeat of its own, and each wait a callback, and whatever keeps
//! objects of a run keeps some of these. Only Chromium can report what is alive; it collects garbage first.

use browsers::{Browser, Engine, Page, Server, Site, alive, visit};
use serde_json::json;

/// The number of runs before the first count: by then everything that is made only once has been made.
const FEW: usize = 3;
/// The number of runs before the second count.
const MANY: usize = 23;
/// The kinds of objects that are counted. An increase by less than one for each run is no leak of runs: some objects
/// are made late.
const KINDS: [&str; 2] = ["MessagePort", "Function"];

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    page.is_complete().await; // files are kept as long as the page
    run(&page, FEW).await;
    let early = alive(browser).await;
    run(&page, MANY - FEW).await;
    let late = alive(browser).await;
    for (at, kind) in KINDS.iter().enumerate() {
        let [early, late] = [early[at], late[at]];
        println!("{kind}: {early}, then {late}");
        assert!(early > 0 && late < early + MANY - FEW, "{early} of {kind} after {FEW} runs, {late} after {MANY}");
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

/// The number of objects of each kind.
async fn alive(browser: &Browser) -> Vec<usize> {
    alive::collect_garbage(browser).await;
    let mut counts = Vec::new();
    for kind in KINDS {
        counts.push(alive::count(browser, kind).await);
    }
    counts
}
