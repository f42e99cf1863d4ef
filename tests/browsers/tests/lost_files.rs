//! A file that the host has lost is named in a sentence, and fetched again once it is there, without a reload of the
//! page. Once the page has all its files, it no longer needs its host; and the delay of a slow host is not part of any
//! start-up time.

use std::time::Duration;

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::json;
use thirtyfour::Key;

use crate::experiments::{STRATEGIES, busy, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for fault in Fault::ANALYST_MISSING {
        the_analyst_is_missed(browser, &server, fault).await;
    }
    a_workloads_file_is_missed(browser, &server).await;
    code_is_missed(browser, &server).await;
    another_version_says_reload(browser).await;
}

/// A host that is late, or unreachable. These stories have a browser of their own, because each page takes memory that
/// engines free only after a while.
mod host {
    use super::*;

    in_every_engine!(story);

    async fn story(browser: &Browser) {
        nobody_is_reached(browser).await;
        nobody_needs_the_host_of_a_complete_page(browser).await;
        a_late_host_is_no_start(browser).await;
        a_late_host_is_no_cost_of_a_start(browser).await;
        a_late_host_is_waited_for(browser).await;
    }
}

/// What was measured while the analyst was missing.
mod kept {
    use super::*;

    in_every_engine!(story);

    async fn story(browser: &Browser) {
        what_was_measured_is_kept(browser).await;
    }
}

/// Presses the button that works out the results. It appears a moment after the deck has got the message that they were
/// not worked out.
async fn work_out(page: &Page<'_>) {
    page.until("document.querySelector('#work-out')").await;
    page.press("#work-out").await;
}

/// Without the analyst the page can only say why there are no results. The measurements are kept, and worked out later.
async fn the_analyst_is_missed(browser: &Browser, server: &Server, fault: Fault) {
    server.fail(fault);
    let page = Page::open(browser, &server.address()).await;
    let why = page.run(busy(&["blocking"], 1)).await.expect_err("nobody works the results out");
    server.heal();
    assert!(why.starts_with("The results could not be worked out: "), "{fault:?}: {why:?}");
    let advised = json!(format!("{why} What was measured is kept."));
    page.until(&format!("document.querySelector('#headline').innerText === {advised}")).await;
    work_out(&page).await;
    page.until("document.querySelector('#headline.loud:not(.failed)') && !document.querySelector('#work-out')").await;
    runs_well(&page, &["blocking"]).await;
    assert_eq!(page.errors().await, [""; 0], "{fault:?} is told, not thrown");
}

async fn a_workloads_file_is_missed(browser: &Browser, server: &Server) {
    let experiment =
        json!({ "workload": "arrays", "size": 4, "operations": 1, "strategies": *STRATEGIES, "samples": 1 });
    server.fail(Fault::ARRAY_MISSING);
    let page = Page::open(browser, &server.address()).await;
    let why = page.run(experiment.clone()).await.expect_err("one array is missing");
    server.heal();
    assert_eq!(why, "The file arrays/2.f32 could not be fetched: the server answered 404.");
    page.until(&format!("document.querySelector('#headline').innerText === {}", json!(why))).await;
    let report = page.run(experiment).await.expect("all files are there");
    assert!(report.runs.iter().all(|run| run.answer.is_some() && run.answer == report.runs[0].answer), "{report:?}");
}

async fn code_is_missed(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    let code = "[data-file='threads.py'] + pre";
    page.press("[data-strategy=threads] .elsewhere > summary").await;
    server.fail(Fault::CODE_MISSING);
    page.press("[data-file='threads.py']").await;
    page.until(&format!("document.querySelector(\"{code}\").textContent")).await;
    server.heal();
    let said = page.script("return document.querySelector(arguments[0]).textContent", vec![code.into()]).await;
    assert_eq!(said, "The file samples/threads.py could not be fetched: the server answered 404.");
    for _ in ["shut", "opened again"] {
        page.press("[data-file='threads.py']").await;
    }
    page.until(&format!("document.querySelector(\"{code}\").textContent.startsWith('# Threads')")).await;
    assert_eq!(page.errors().await, [""; 0], "what is missed is told, not thrown");
}

/// The host is unreachable before the page has all its files, with headers and without: a sentence names the network,
/// the measurements are kept, and once the host can be reached again everything works.
async fn nobody_is_reached(browser: &Browser) {
    for site in [Site::shipped(), Site::by_service_worker()] {
        let server = Server::start(site);
        server.fail(Fault::WORKER_MISSING); // while this file is missing, the page does not fetch the files after it either
        let page = Page::open(browser, &server.address()).await;
        server.vanish();
        for _ in 0..2 {
            let why = page.run(busy(&["processes"], 1)).await.expect_err("nobody works the results out");
            assert_eq!(why, "The results could not be worked out: the host could not be reached over the network.");
        }
        server.heal();
        work_out(&page).await;
        page.until("!document.querySelector('#work-out')").await;
        page.until(
            "document.querySelector('[data-strategy=processes] .numbers').innerText.includes('over the network')",
        )
        .await;
        runs_well(&page, &STRATEGIES).await;
        let unheard: Vec<_> = page.errors().await;
        assert_eq!(unheard, [""; 0], "it is told, not thrown");
    }
}

/// Each experiment keeps its own measurements, whatever else is chosen and cancelled meanwhile.
async fn what_was_measured_is_kept(browser: &Browser) {
    let server = Server::with_switches(Site::shipped());
    server.fail(Fault::ANALYST_MISSING[0]);
    let page = Page::open(browser, &server.address()).await;
    page.run(busy(&["blocking"], 1)).await.expect_err("nobody works the results out");
    for (key, there) in [(Key::Right, false), (Key::Left, true)] {
        page.type_into("#size input", key + "").await;
        page.until(&format!("!!document.querySelector('#work-out') === {there}")).await;
    }
    let run = page.start(busy(&["blocking"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    page.cancel(&run).await;
    page.outcome(&run).await.expect_err("it was cancelled");
    // the key takes a while, and must not arrive after the next run has chosen its own size
    let size = page.script("return document.querySelector('#size input').value", vec![]).await;
    page.type_into("#size input", Key::Right + "").await;
    page.until(&format!("document.querySelector('#size input').value !== {size}")).await;
    page.run(busy(&["blocking"], 1)).await.expect_err("still nobody does");
    server.heal();
    work_out(&page).await;
    page.until("document.querySelector('#headline.loud:not(.failed)') && !document.querySelector('#work-out')").await;

    // the last result comes back when a run that replaced it is cancelled
    let experiment = busy(&["event-loop"], 20);
    page.run(experiment.clone()).await.expect("a good run");
    let run = page.start(experiment).await;
    page.hear(&run, &["lanes:progress"]).await;
    page.cancel(&run).await;
    page.outcome(&run).await.expect_err("it was cancelled");
    page.until("document.querySelector('.recording')?.innerText.startsWith('The last result of this experiment.')")
        .await;
    page.until("document.querySelector('#headline').innerText.startsWith('Cancelled.')").await;
    page.until("document.querySelector('#results tbody tr')").await;

    // the run is cancelled, or its slide left, while the results are worked out
    server.fail(Fault::ANALYST_SLOW);
    for ending in ["cancel", "leave"] {
        let page = Page::open(browser, &server.address()).await;
        page.is_complete().await;
        let run = page.start(busy(&["blocking"], 1)).await;
        page.until("document.querySelector('#progress')?.value === 2").await; // both samples are there
        match ending {
            "cancel" => page.cancel(&run).await,
            _ => page.post(&json!("slide:stop")).await,
        }
        page.outcome(&run).await.expect_err("it was cancelled");
        work_out(&page).await;
        page.until("document.querySelector('#headline.loud:not(.failed)')").await;
        assert_eq!(page.errors().await, [""; 0]);
    }
}

/// Whatever a complete page runs, it requests no file, and nothing is missing.
async fn nobody_needs_the_host_of_a_complete_page(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    page.is_complete().await;
    let asked = server.asked().len();
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(server.asked()[asked..], [""; 0], "asked for after the page was complete");
    let run = page.start(busy(&STRATEGIES, 3)).await;
    page.hear(&run, &["lanes:progress"]).await;
    drop(server); // in the middle of a run
    let report = page.outcome(&run).await.expect("all files are there");
    assert!(report.runs.iter().all(|run| run.answer.is_some()), "{report:?}");
    runs_well(&page, &STRATEGIES).await;
    let arrays = json!({ "workload": "arrays", "size": 4, "operations": 1, "strategies": *STRATEGIES, "samples": 1 });
    let report = page.run(arrays).await.expect("all files are there");
    assert!(report.runs.iter().all(|run| run.answer.is_some()), "{report:?}");
    assert_eq!(page.errors().await, [""; 0]);
}

/// No file that a run needs is there yet, and each answer of the host is five seconds late: the first run waits for its
/// files, and no strategy's start-up time includes any of that.
async fn a_late_host_is_no_start(browser: &Browser) {
    const LATE: Duration = Duration::from_secs(5);
    let server = Server::start(Site::shipped());
    server.fail(Fault::WORKER_MISSING);
    let page = Page::open(browser, &server.address()).await;
    server.heal();
    server.answer_late(LATE);
    let report = page.run(busy(&STRATEGIES, 1)).await.expect("it only takes a while");
    for run in &report.runs {
        assert!(run.answer.is_some(), "{}: {:?}", run.strategy, run.unavailable);
        let startup = run.startup_ms.unwrap_or_default(); // where it has workers
        assert!(startup < LATE.as_secs_f64() * 1000.0, "{}: {startup} ms, with the network in it", run.strategy);
    }
    assert_eq!(page.errors().await, [""; 0]);
}

/// The measured costs of starting a worker do not include the host's delay either.
async fn a_late_host_is_no_cost_of_a_start(browser: &Browser) {
    const LATE: Duration = Duration::from_secs(2);
    let server = Server::start(Site::shipped());
    server.fail(Fault::WORKER_MISSING);
    let page = Page::open(browser, &server.address()).await;
    server.heal();
    server.answer_late(LATE);
    page.press("#costs > summary").await;
    page.press("#measure-costs").await;
    // the last step fetches from the host many times
    let last = "(({ value, max }) => max > 1 && value >= max - 1)(document.querySelector('#costs progress') ?? {})";
    page.until(&format!("{last} || document.querySelector('#costs .why')")).await;
    server.heal();
    page.until("document.querySelector('#download-costs, #costs .why')").await;
    assert_eq!(page.text("#costs .why").await, "");
    page.press("#download-costs").await;
    let report = browser.saved("lanes-costs.json").await;
    let costs = report["costs"].as_array().expect("a list");
    for id in ["process-start", "thread-start"] {
        let cost = costs.iter().find(|cost| cost["id"] == id).unwrap_or_else(|| panic!("no {id} among {costs:?}"));
        let median = cost["median_us"].as_f64().expect("a number");
        assert!(median < LATE.as_secs_f64() * 1e6, "{id}: {median} µs, with the network in it");
    }
    assert_eq!(page.errors().await, [""; 0]);
}

/// The host is late from the beginning.
async fn a_late_host_is_waited_for(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.answer_late(Duration::from_secs(1));
    let page = Page::open(browser, &server.address()).await;
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// The host has files of another version by now: no message says that Run would help.
async fn another_version_says_reload(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.fail(Fault::OTHER_ANALYST);
    let page = Page::open(browser, &server.address()).await;
    let why = page.run(busy(&["blocking"], 1)).await.expect_err("nobody works the results out");
    assert!(why.contains("another version of Lanes") && why.contains("reload the page"), "{why:?}");
    // the headline says only that
    page.until(&format!("document.querySelector('#headline').innerText === {}", json!(why))).await;
    server.fail(Fault::OTHER_VERSION);
    let page = Page::go(browser, &server.address()).await;
    page.until("document.body.innerText.includes('could not start')").await;
    let said = page.script("return document.body.innerText", vec![]).await;
    assert!(said.as_str().is_some_and(|said| said.contains("Reload the page")), "{said}");
}
