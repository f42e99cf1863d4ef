//! What the page shows beside the lanes: the curve of a sweep, activity, simulated runs, costs, and code.

use std::collections::BTreeSet;

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};

use crate::experiments::STRATEGIES;

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    a_sweep_has_a_chart_and_a_table(browser, &server).await;
    activity_has_bars(browser, &server).await;
    what_would_be_is_called_simulated(browser, &server).await;
    what_cannot_be_said_why(browser, &server).await;
    let page = Page::open(browser, &server.address()).await;
    costs_are_measured_and_saved(browser, &page).await;
    code_is_shown(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// Runs an experiment by hand, and waits for its results.
async fn after<'b>(browser: &'b Browser, server: &Server, query: &str) -> Page<'b> {
    let page = Page::open(browser, &format!("{}?{query}", server.address())).await;
    page.press("#run").await;
    page.until_results().await;
    page
}

/// The number of elements that each selector selects.
async fn counts(page: &Page<'_>, selectors: &[&str]) -> Value {
    let count = "return arguments[0].map((selector) => document.querySelectorAll(selector).length)";
    page.script(count, vec![selectors.into()]).await
}

async fn a_sweep_has_a_chart_and_a_table(browser: &Browser, server: &Server) {
    let query = "workload=grain&size=20&work=5&strategies=threads,processes&workers=3&samples=2&sweep=1";
    let page = after(browser, server, query).await;
    let chart = [".charts .scaling svg", ".scaling .ideal", ".scaling .measured", "#laws-table tbody tr"];
    assert_eq!(counts(&page, &chart).await, json!([1, 1, 2, 2]), "{chart:?}");
    let table = "return [...document.querySelectorAll('#scaling-table tbody tr')]
        .map(({ cells }) => [cells[0].textContent, cells[1].textContent, cells.length])";
    let rows = ["threads", "processes"].map(|strategy| ["1", "2", "3"].map(|workers| json!([strategy, workers, 6])));
    assert_eq!(page.script(table, vec![]).await, json!(rows.concat()));
    assert_eq!(counts(&page, &["#results tbody tr"]).await, json!([7]), "blocking, to compare with, and a row a run");
}

/// Each strategy has a picture with a row for each task, and no row is empty.
async fn activity_has_bars(browser: &Browser, server: &Server) {
    let query = "workload=activity&size=3&time=100&strategies=blocking,threads,gil&workers=3&samples=1";
    let page = after(browser, server, query).await;
    assert_eq!(counts(&page, &["figure.activity", "figure.activity path"]).await, json!([3, 9]));
    let words = "return [...document.querySelectorAll('figure.activity figcaption')].map((words) => words.textContent)";
    let words: Vec<String> = serde_json::from_value(page.script(words, vec![]).await).expect("texts");
    for (words, name) in words.iter().zip(["blocking", "threads", "threads with a GIL"]) {
        assert!(words.starts_with(&format!("{name}: together ")) && words.ends_with("million rounds"), "{words}");
        assert!(!words.contains(" 0.0 million"), "{words}");
    }
}

/// Where nothing can be simulated, simulation is still offered, and says why it is impossible.
async fn what_cannot_be_said_why(browser: &Browser, server: &Server) {
    for (query, why) in [
        ("size=200&workers=2&samples=1&strategies=threads", "choose blocking as well"),
        ("workload=activity&time=20&samples=1&strategies=blocking", "when its time is over"),
    ] {
        let page = after(browser, server, query).await;
        page.press("#what-if > summary").await;
        page.press("#simulate").await;
        page.until(&format!("document.querySelector('#what-if').textContent.includes({})", json!(why))).await;
        assert_eq!(page.errors().await, [""; 0]);
    }
}

/// Every picture says that it is simulated, none is among the measured lanes, and the next run removes them.
async fn what_would_be_is_called_simulated(browser: &Browser, server: &Server) {
    let page = after(browser, server, "size=200&workers=2&samples=1").await;
    page.press("#what-if > summary").await;
    page.press("#simulate").await;
    page.until("document.querySelector('#what-if-table')").await;
    let words =
        "return [...document.querySelectorAll('figure.simulated figcaption')].map((words) => words.textContent)";
    let words: Vec<String> = serde_json::from_value(page.script(words, vec![]).await).expect("texts");
    let race = ["blocking", "event loop", "threads", "processes"];
    assert_eq!(words.len(), race.len(), "{words:?}");
    for (words, name) in words.iter().zip(race) {
        assert!(words.starts_with(name) && words.ends_with(", simulated"), "{words}");
    }
    let caption = page.script("return document.querySelector('#what-if-table caption').textContent", vec![]).await;
    assert_eq!(caption, "Simulated: 16 cores, as many workers");
    assert_eq!(counts(&page, &["#what-if-table tbody tr", ".race .simulated"]).await, json!([4, 0]));
    page.press("#run").await;
    page.until("!document.querySelector('#results')").await;
    page.until_results().await;
    assert_eq!(counts(&page, &[".simulated", "#what-if-table"]).await, json!([0, 0]), "it was of another run");
    assert_eq!(page.errors().await, [""; 0]);
}

async fn costs_are_measured_and_saved(browser: &Browser, page: &Page<'_>) {
    page.press("#costs > summary").await;
    page.press("#measure-costs").await;
    page.until("document.querySelector('#download-costs, #costs .why')").await;
    page.press("#download-costs").await;
    let report = browser.saved("lanes-costs.json").await;
    assert_eq!((&report["schema"], &report["kind"]), (&json!(1), &json!("costs")));
    let costs = report["costs"].as_array().expect("a list");
    let shown = counts(page, &["#costs-table tbody tr"]).await;
    assert_eq!(shown, json!([costs.len()]));
    let known: BTreeSet<_> = costs.iter().filter_map(|cost| cost["id"].as_str()).collect();
    for id in [
        "thread-start",
        "process-start",
        "message-empty",
        "message-copied",
        "yield-timeout",
        "handover",
        "task",
        "memory",
    ] {
        assert!(known.contains(id), "{id} is not among {known:?}");
    }
    assert!(costs.iter().all(|cost| cost["median_us"].as_f64().is_some_and(|median| median > 0.0)), "{costs:?}");
}

/// The code is opened by hand for one strategy, and by script for all: the page shows the file's exact text.
async fn code_is_shown(page: &Page<'_>) {
    page.press("[data-strategy=blocking] .elsewhere > summary").await;
    page.press("[data-strategy=blocking] [data-file='blocking.rs']").await;
    let shown = "document.querySelector('[data-file=\"blocking.rs\"] + pre').getClientRects().length";
    page.until(&format!("{shown} && document.querySelector('[data-file=\"blocking.rs\"] + pre').innerText")).await;

    page.press("details:has(.matrix) > summary").await;
    for strategy in
        STRATEGIES.iter().filter(|strategy| !strategies::find(strategy).expect("one of ours").meta().opening)
    {
        page.press(&format!("[name={strategy}]")).await;
    }
    let all = STRATEGIES.len() * 4; // each strategy in each language
    page.until(&format!("document.querySelectorAll('[data-file]').length === {all}")).await;
    page.script("document.querySelectorAll('[data-file]').forEach((summary) => summary.click())", vec![]).await;
    page.until("[...document.querySelectorAll('.same code')].every((code) => code.textContent)").await;
    let codes = "return [...document.querySelectorAll('[data-file]')]
        .map((summary) => [summary.dataset.file, summary.nextElementSibling.textContent])";
    let codes: Vec<(String, String)> =
        serde_json::from_value(page.script(codes, vec![]).await).expect("pairs of texts");
    assert_eq!(codes.len(), all);
    for (file, code) in codes {
        let wanted = Site::plain().file_at(&format!("/samples/{file}")).expect("it was built");
        assert_eq!(code.as_bytes(), wanted, "{file}");
    }
}
