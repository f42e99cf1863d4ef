//! Things that the browser drops or refuses in the middle of a run: the run still ends, in a result or in a sentence.

use std::time::{Duration, Instant};

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, busy, runs_well};
use crate::reveal::COUNT;

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    a_message_to_oneself_is_lost(browser, &server).await;
    for refusal in REFUSALS {
        the_page_says_that_it_stopped(browser, &server, refusal).await;
    }
    memory_does_not_grow(browser).await;
    a_picture_is_made_up_for(browser, &server).await;
    a_page_that_runs_is_left_and_comes_back(browser).await;
}

/// Makes the recorder lose a message.
const LOSE: &str = "recorder.lose(arguments[0])";

async fn a_message_to_oneself_is_lost(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    for after in [0, 1, 10, 30] {
        page.script(LOSE, vec![after.into()]).await;
        let report = page.run(busy(&["event-loop", "blocking"], 3)).await.expect("it goes on through another channel");
        assert!(report.runs.iter().all(|run| run.answer.is_some()), "{report:?}");
    }
    // Cancel works, whenever the message is lost
    for after in [0, 10, 20] {
        page.script(LOSE, vec![after.into()]).await;
        let run = page.start(busy(&["event-loop"], 50)).await;
        page.hear(&run, &["lanes:progress"]).await;
        let began = Instant::now();
        page.cancel(&run).await;
        page.outcome(&run).await.expect_err("it was cancelled");
        assert!(began.elapsed() < Duration::from_secs(3), "cancelled after {:?}", began.elapsed());
    }
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// What throws when it is used, by the recorder's names.
const REFUSALS: [&str; 2] = ["frames", "canvas"];
/// How soon the page has to say that it stopped.
const LIMIT: Duration = Duration::from_secs(5);

/// The state of a page that hangs, for the test's output.
const STATE: &str = "return [document.querySelector('#headline').innerText, document.querySelector('#broken').hidden,
    document.documentElement.dataset.asked, recorder.errors, document.querySelector('#broken-details').textContent]";

/// Whether the page says that its own code has stopped, with a way to reload.
const SHOWN: &str = "document.querySelector('#broken').getClientRects().length > 0";
/// The number of messages to the deck that ended a run.
const TOLD: &str =
    "return recorder.messages.filter(({ type, id }) => /result|error/.test(type) && id === arguments[0]).length";

/// It says so within a few seconds: on the page with a way to reload, and to the deck exactly once.
async fn the_page_says_that_it_stopped(browser: &Browser, server: &Server, refusal: &str) {
    let page = Page::open(browser, &server.address()).await;
    page.script(COUNT, vec![]).await;
    let run = page.start(busy(&["threads", "event-loop"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    assert_ne!(page.script("return living.size", vec![]).await, json!(0));
    page.script("recorder.refuse[arguments[0]]()", vec![refusal.into()]).await;
    let began = Instant::now();
    let outcome = match tokio::time::timeout(Duration::from_secs(30), page.outcome(&run)).await {
        Ok(outcome) => outcome,
        Err(_) => panic!("{refusal}: neither a result nor an error; {:?}", page.script(STATE, vec![]).await),
    };
    let told = outcome.expect_err("it cannot go on");
    assert!(
        told.starts_with("Lanes stopped at an error of its own") && told.contains(&format!("no {refusal}")),
        "{refusal}: {told}"
    );
    assert!(began.elapsed() < LIMIT, "{refusal}: after {:?}", began.elapsed());
    assert_eq!(page.script("return recorder.refused > 0", vec![]).await, json!(true), "{refusal}: nothing failed");
    assert_eq!(page.script(&format!("return {SHOWN}"), vec![]).await, json!(true), "{refusal}");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(page.script(TOLD, vec![run.into()]).await, json!(1), "{refusal}");
    assert_eq!(page.script("return living.size", vec![]).await, json!(0), "workers of a page that stopped go on");
    // later errors do not hide the first one
    let details = page.script("return document.querySelector('#broken-details').textContent", vec![]).await;
    assert!(details.as_str().is_some_and(|details| details.contains(&format!("no {refusal}"))), "{refusal}: {details}");
}

/// The page's own memory does not grow: the largest number of tasks does not fit into it.
async fn memory_does_not_grow(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.fail(Fault::LITTLE_MEMORY);
    let page = Page::open(browser, &server.address()).await;
    let run = page
        .start(json!({
            "workload": "grain", "size": 100_000, "work": 100, "strategies": ["event-loop"], "samples": 5,
        }))
        .await;
    page.hear(&run, &["lanes:progress"]).await;
    let began = Instant::now();
    let outcome = tokio::time::timeout(Duration::from_secs(30), page.outcome(&run)).await;
    outcome.expect("it ends").expect_err("there is no room for it");
    assert!(began.elapsed() < LIMIT, "after {:?}", began.elapsed());
    assert_eq!(page.script(&format!("return {SHOWN}"), vec![]).await, json!(true));
    assert_eq!(page.script(TOLD, vec![run.into()]).await, json!(1));
}

/// The number of allocations that are refused: more than one picture has tiles.
const SCARCE: u32 = 200;

/// A tile that there was no memory for when it arrived is drawn later, when there is.
async fn a_picture_is_made_up_for(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    page.script("recorder.scarce(arguments[0])", vec![SCARCE.into()]).await;
    page.run(busy(&["blocking", "threads", "processes"], 10)).await.expect("no run stops for a tile");
    assert_eq!(page.script("return recorder.refused", vec![]).await, json!(SCARCE));
    let holes = "return [...document.querySelectorAll('.pictures canvas')].map((canvas) => canvas.getContext('2d')
        .getImageData(0, 0, canvas.width, canvas.height).data.filter((byte, at) => at % 4 === 3 && byte < 255).length)";
    assert_eq!(page.script(holes, vec![]).await, json!([0, 0, 0]));
    assert_eq!(page.errors().await, [""; 0]);
}

/// The page is left, and comes back with the browser's Back button. Whether the browser kept the page meanwhile (WebKit
/// does) or loads a new one is up to the browser: the old run ends, and the next run is good.
async fn a_page_that_runs_is_left_and_comes_back(browser: &Browser) {
    let elsewhere = "<!doctype html><html lang=\"en\"><head><title>Elsewhere</title></head><body></body></html>";
    let server = Server::start(Site::shipped().with_document("/elsewhere", elsewhere));
    for strategy in ["event-loop", "blocking"] {
        let page = Page::open(browser, &server.address()).await;
        page.script("window.old = true", vec![]).await;
        let run = page.start(busy(&[strategy], 20)).await;
        page.hear(&run, &["lanes:progress"]).await;
        browser.driver.goto(format!("{}elsewhere", server.address())).await.expect("it is there");
        browser.driver.back().await.expect("it was there");
        page.is_ready().await;
        let kept = page.script("return window.old === true", vec![]).await == json!(true);
        if kept {
            page.outcome(&run).await.ok(); // any outcome will do, but there must be one
        }
        runs_well(&page, &STRATEGIES).await;
        assert_eq!(page.errors().await, [""; 0]);
    }
}
