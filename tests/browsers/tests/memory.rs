//! Nothing of a run that is over stays behind: as many message ports and callbacks are alive after many runs as after a
//! few.
//!
//! These stand for everything else: each sample has a pulse of its own, and each wait a callback, and whatever keeps
//! one of a run's things keeps some of them. Only Chromium can be asked what is alive; it collects garbage before.

use browsers::{Browser, Engine, Page, Server, Site, alive, visit};
use serde_json::json;

/// Runs before the first look: by then what is made once was made.
const FEW: usize = 3;
/// Runs before the second.
const MANY: usize = 23;
/// What is counted. Fewer than one more for each run are no leak of a run's: some are made late.
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

/// How many there are of each kind.
async fn alive(browser: &Browser) -> Vec<usize> {
    alive::collect_garbage(browser).await;
    let mut counts = Vec::new();
    for kind in KINDS {
        counts.push(alive::count(browser, kind).await);
    }
    counts
}
