//! More workers than a browser has room for at once: what fits runs, in several sittings, and a strategy that does not
//! fit says how many workers would.

use browsers::{Browser, Engine, Fault, Page, Preference, Server, Site, visit_any, visit_preferring};
use serde_json::{Value, json};

use crate::experiments::{STRATEGIES, run_of, runs_well};

#[test]
fn chromium() {
    visit_any(Engine::Chromium, more_than_there_is_room_for);
    visit_any(Engine::Chromium, one_for_each_of_many_cores);
}

#[test]
fn webkit() {
    visit_any(Engine::WebKit, more_than_there_is_room_for);
}

#[test]
fn firefox() {
    visit_preferring(Preference::Workers(8), Engine::Firefox, fewer_than_are_asked_for);
    visit_preferring(Preference::Workers(6), Engine::Firefox, fewer_than_a_strategy_asks_for);
}

fn processes(workers: usize) -> Value {
    with(&["blocking", "processes", "actors"], workers)
}

fn with(strategies: &[&str], workers: usize) -> Value {
    json!({ "workload": "primes", "size": 100_000, "strategies": strategies, "workers": workers, "samples": 1 })
}

async fn more_than_there_is_room_for(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.fail(Fault::SIXTEEN_CORES);
    let page = Page::open(browser, &server.address()).await;
    let most = if browser.engine == Engine::WebKit { 48 } else { 64 };
    let report = page.run(processes(most)).await.expect("what fits runs");
    let answered: Vec<_> = report.runs.iter().map(|run| (&run.unavailable, run.answer.is_some())).collect();
    assert_eq!(answered, [(&None, true); 3]);
    assert_eq!(report.runs.iter().map(|run| run.sitting).collect::<Vec<_>>(), [0, 0, 1]);
    let said = report.verdict.caveats.iter().any(|caveat| caveat.text.contains("in two groups"));
    assert!(said, "{:?}", report.verdict.caveats);
    if most < 64 {
        let report = page.run(processes(64)).await.expect("what fits runs");
        assert!(run_of(&report, "blocking").answer.is_some(), "{report:?}");
        for strategy in ["processes", "actors"] {
            let refused = run_of(&report, strategy).unavailable.clone().unwrap_or_default();
            assert!(refused.contains("at most 48 fit"), "{strategy}: {refused:?}");
        }
    }
    runs_well(&page, &["threads", "processes"]).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// The opening race where 128 cores are claimed. Four threads, which share a memory, take as much room as one process,
/// so `threads` is tried: whether a machine can start this many threads in time depends on the machine, but they run,
/// or a sentence says why not.
async fn one_for_each_of_many_cores(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.fail(Fault::MANY_CORES);
    let page = Page::open(browser, &server.address()).await;
    let claimed = page.capabilities().await.expect("the page is ready").claimed_cores;
    assert_eq!(claimed, 128);
    let is_first = |strategy: &&str| strategies::find(strategy).expect("one of ours").meta().opening;
    let opening: Vec<_> = STRATEGIES.iter().copied().filter(is_first).collect();
    let report = page.run(with(&opening, claimed)).await.expect("what fits runs");
    for run in &report.runs {
        let why = run.unavailable.clone().unwrap_or_default();
        match run.strategy.as_str() {
            "processes" => assert!(why.contains("at most 64 fit"), "{why:?}"),
            "threads" if run.answer.is_none() => assert!(why.contains("worker"), "{why:?}"),
            strategy => assert!(run.answer.is_some(), "{strategy}: {why:?}"),
        }
    }
    runs_well(&page, &["threads", "processes"]).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// A browser with a limit of eight workers keeps further ones waiting, without an error.
async fn fewer_than_are_asked_for(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let report = page.run(processes(4)).await.expect("what fits runs");
    for strategy in ["blocking", "processes", "actors"] {
        assert!(run_of(&report, strategy).answer.is_some(), "{report:?}");
    }
    runs_well(&page, &["threads", "processes"]).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// A run worker and its eight workers are more than six: a worker that waits for a place must not block the whole tab
/// for good, also where several strategies run into this one after the other.
async fn fewer_than_a_strategy_asks_for(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let asked = [
        (&["processes"][..], "room for 5 at once"),
        (&["threads"], "room for fewer at once"),
        (&["processes", "actors"], "room for"),
    ];
    for (strategies, room) in asked {
        let report = page.run(with(&[&["blocking"], strategies].concat(), 8)).await.expect("what fits runs");
        assert!(run_of(&report, "blocking").answer.is_some(), "{report:?}");
        for strategy in strategies {
            let refused = run_of(&report, strategy).unavailable.clone().unwrap_or_default();
            assert!(refused.contains(room), "{strategy} of {strategies:?}: {refused}");
        }
        runs_well(&page, &["threads", "processes"]).await;
    }
    assert_eq!(page.errors().await, [""; 0]);
}
