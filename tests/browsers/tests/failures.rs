//! Whatever goes wrong with workers, the page says so in time, and the next run on the same page is good.

use std::time::{Duration, Instant};

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};

use crate::experiments::{STRATEGIES, busy, is_on_page, run_of, runs_well};

in_every_engine!(story);

/// How long a failing run may take: a worker may take 10 s to start, and be silent for 8 s; the rest is for a slow
/// machine.
const LIMIT: Duration = Duration::from_secs(20);

async fn story(browser: &Browser) {
    let server = Server::with_switches(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    say_why(&server, &page, Fault::POOL_NEVER_READY, &["threads"]).await;
    say_why(&server, &page, Fault::THREAD_TRAPS, &["threads", "async-pool", "offload"]).await;
    // the other threads, and the loop, wait for the lock that this thread holds
    say_why(&server, &page, Fault::ONE_THREAD_TRAPS, &["gil", "offload-gil"]).await;
    say_why(&server, &page, Fault::PROCESS_TRAPS, &["processes", "actors", "offload-processes"]).await;
    say_why(&server, &page, Fault::RUN_WORKER_TRAPS, &["processes"]).await;
    silence_is_noticed_without_a_trace(&server, &page).await;
    silence_is_noticed_while_costs_are_measured(&server, &page).await;
    a_failure_is_told_while_costs_are_measured(&server, &page).await;
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(page.errors().await, [""; 0], "failures are told, not thrown");
    for fault in [Fault::WORKER_MISSING, Fault::WORKER_GARBLED] {
        the_others_run_beside_a_strategy_that_cannot_start(browser, &server, fault).await;
    }
}

/// Each of `strategies` says in time what went wrong, and runs well again without the fault.
async fn say_why(server: &Server, page: &Page<'_>, fault: Fault, strategies: &[&str]) {
    for strategy in strategies {
        server.fail(fault);
        let began = Instant::now();
        let outcome = page.run(busy(&[strategy], 1)).await;
        let took = began.elapsed();
        server.heal();
        let why = match &outcome {
            Ok(report) => run_of(report, strategy).unavailable.clone(),
            Err(message) => Some(message.clone()),
        };
        let why = why.unwrap_or_else(|| panic!("{strategy} ran in spite of {fault:?}"));
        assert!(why.contains("worker"), "{strategy}, {fault:?}: {why:?} does not say what went wrong");
        assert!(took < LIMIT, "{strategy}, {fault:?}: it took {took:?}");
        runs_well(page, &[strategy]).await;
    }
}

/// Lanes that are not recorded show no sign of life either; the page still tells silence from work.
async fn silence_is_noticed_without_a_trace(server: &Server, page: &Page<'_>) {
    for strategy in ["processes", "actors"] {
        server.fail(Fault::PROCESS_SILENT);
        let began = Instant::now();
        let mut experiment = busy(&[strategy], 1);
        experiment["trace"] = "off".into();
        let outcome = page.run(experiment.clone()).await;
        server.heal();
        let why = match &outcome {
            Ok(report) => run_of(report, strategy).unavailable.clone().expect("its processes say nothing"),
            Err(message) => message.clone(),
        };
        assert!(why.contains("worker") && began.elapsed() < LIMIT, "{strategy}: {why:?} after {:?}", began.elapsed());
        let report = page.run(experiment).await.expect("they say something again");
        assert!(run_of(&report, strategy).answer.is_some(), "{report:?}");
    }
}

async fn silence_is_noticed_while_costs_are_measured(server: &Server, page: &Page<'_>) {
    server.fail(Fault::PROCESS_SILENT);
    page.press("#costs > summary").await;
    page.press("#measure-costs").await;
    page.until("document.querySelector('#costs .why')").await;
    server.heal();
    let why = page.script("return document.querySelector('#costs .why').textContent", vec![]).await;
    assert_eq!(why, "A part of it is missing. A worker was lost: no sign of life for 30 s.");
    // the costs of messages to processes are missing, and nothing else
    let table = page.text("#costs-table").await;
    let has = |what: &str| table.contains(what);
    let kept = ["Starting a process", "Giving way", "256 MiB"].map(has);
    assert_eq!((has("A message to a process"), kept), (false, [true; 3]), "{table}");
    page.press("#measure-costs").await;
    page.until("document.querySelector('#costs-table tbody tr') && !document.querySelector('#costs .why')").await;
}

async fn a_failure_is_told_while_costs_are_measured(server: &Server, page: &Page<'_>) {
    server.fail(Fault::PROCESS_GARBLED);
    page.press("#measure-costs").await;
    page.until("document.querySelector('#costs .why')").await;
    server.heal();
    let why = page.script("return document.querySelector('#costs .why').textContent", vec![]).await;
    assert!(why.as_str().is_some_and(|why| why.contains("do not understand each other")), "{why}");
    page.press("#measure-costs").await;
    page.until("document.querySelector('#costs-table tbody tr') && !document.querySelector('#costs .why')").await;
}

/// The strategy runs as soon as the host has its script.
async fn the_others_run_beside_a_strategy_that_cannot_start(browser: &Browser, server: &Server, fault: Fault) {
    server.fail(fault);
    let page = Page::open(browser, &server.address()).await;
    let report = page.run(busy(&STRATEGIES, 1)).await.expect("some strategies need no worker");
    server.heal();
    for run in &report.runs {
        let on_page = is_on_page(&run.strategy);
        assert_eq!((run.answer.is_some(), run.unavailable.is_none()), (on_page, on_page), "{}", run.strategy);
        assert!(on_page || run.unavailable.as_ref().is_some_and(|why| why.contains("worker")), "{run:?}");
    }
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(page.errors().await, [""; 0], "{fault:?} is told, not thrown");
}
