//! The report as a file: the button saves the experiment and its results, complete, and the experiment can be run
//! again.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use lab::report::{Report, SCHEMA};
use serde_json::{Value, json};

in_every_engine!(story);

const QUERY: &str = "workload=primes&size=100000&strategies=blocking,threads&workers=2&samples=3&seed=7";
const FILE: &str = "lanes-report.json";

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &format!("{}?{QUERY}", server.address())).await;
    assert_eq!(page.script("return document.querySelector('#download')", vec![]).await, Value::Null, "nothing ran yet");
    page.press("#run").await;
    page.until_results().await;
    page.press("#download").await;
    let json = browser.saved(FILE).await;
    has_every_setting(&json["experiment"]);
    has_every_number(&serde_json::from_value(json.clone()).expect("the file is a report"));
    can_be_run_again(&page, &json).await;
    assert_eq!(page.errors().await, [""; 0]);
    a_sandbox_gets_the_text(browser, &server).await;
}

/// A frame may not be allowed to save files, and gets no error: there the button shows the text as well.
async fn a_sandbox_gets_the_text(browser: &Browser, server: &Server) {
    let frame = format!(
        "<!doctype html><html><head><title>A deck</title></head><body><iframe name=lanes width=1000 height=700 \
         sandbox='allow-scripts allow-same-origin' src='{}?{QUERY}'></iframe></body></html>",
        server.address()
    );
    let deck = Server::start(Site::plain().with_document("/deck", &frame));
    let page = Page::open(browser, &format!("{}deck", deck.address())).await;
    let report = page.run(json!({ "workload": "primes", "size": 1000, "strategies": "blocking", "samples": 1 })).await;
    report.expect("a good run");
    // by script: WebKit's driver waits for ever after a click that is not allowed to save
    let press = "document.querySelector('#download').click()";
    page.script_in_frame("lanes", press, vec![]).await;
    let shown = "return document.querySelector('.as-text textarea')?.value ?? ''";
    let text = page.script_in_frame("lanes", shown, vec![]).await;
    serde_json::from_str::<Report>(text.as_str().expect("a text")).expect("it is a report");
}

/// The settings of the URL are in the report: as text, as numbers, as a list.
fn has_every_setting(experiment: &Value) {
    let wanted = json!({
        "workload": "primes", "size": 100_000, "strategies": ["blocking", "threads"], "workers": 2, "samples": 3, "seed": 7,
    });
    for (key, value) in wanted.as_object().expect("it is one") {
        assert_eq!(&experiment[key], value, "{key}");
    }
}

fn has_every_number(report: &Report) {
    assert_eq!(report.schema, SCHEMA);
    assert!(report.machine.claimed_cores >= 1 && report.machine.isolation.shared_memory, "{:?}", report.machine);
    let names: Vec<_> = report.runs.iter().map(|run| run.strategy.as_str()).collect();
    assert_eq!(names, ["blocking", "threads"]);
    for run in &report.runs {
        assert_eq!((run.samples_ms.len(), run.unavailable.as_ref(), run.void.as_ref()), (3, None, None), "{run:?}");
        assert!(run.samples_ms.iter().all(|ms| *ms > 0.0), "{run:?}");
        assert_eq!(run.answer.as_deref(), Some("9592 primes below 100000"));
        assert!(run.lanes.iter().any(|lane| !lane.spans.is_empty()), "{run:?}");
    }
    assert!(!report.verdict.findings.is_empty() || !report.verdict.caveats.is_empty());
}

/// `lanes:run` takes a report's experiment, and refuses no part of it.
async fn can_be_run_again(page: &Page<'_>, json: &Value) {
    let run = page.start(json["experiment"].clone()).await;
    let result = page.hear(&run, &["lanes:result", "lanes:error"]).await;
    assert_eq!(result["problems"], json!([]), "{result}");
    assert_eq!(result["report"]["experiment"], json["experiment"]);
}
