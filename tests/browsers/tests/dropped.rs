//! What the browser drops, or refuses in the middle of a run: the run ends all the same, in a result or in a sentence.

use std::time::{Duration, Instant};

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, busy, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    a_message_to_oneself_is_lost(browser, &server).await;
    for refusal in REFUSALS {
        the_page_says_that_it_stopped(browser, &server, refusal).await;
    }
    memory_does_not_grow(browser).await;
}

/// From now on, the tenth message that the page sends to itself is lost, and after that all that go through the same channel:
/// so it is in Firefox when a page that runs is left and comes back.
const LOSE: &str = "{ const { postMessage } = MessagePort.prototype; let left = 10, lost = null;
    MessagePort.prototype.postMessage = function (...message) {
        if (message[0] === null && left-- === 0) lost = this;
        if (this !== lost) postMessage.apply(this, message);
    }; }";

async fn a_message_to_oneself_is_lost(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    page.script(LOSE, vec![]).await;
    let report = page.run(busy(&["event-loop", "blocking"], 3)).await.expect("it goes on through another channel");
    assert!(report.runs.iter().all(|run| run.answer.is_some()), "{report:?}");
    // and whenever it is lost, Cancel is heard
    for _ in 0..3 {
        page.script(LOSE, vec![]).await;
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

/// What throws from now on; a browser may get through a run without asking for the first.
const REFUSALS: [(&str, bool); 2] = [("frames", false), ("canvas", true)];

/// Where it hangs, if it does.
const STATE: &str = "return [document.querySelector('#headline').innerText, document.querySelector('#broken').hidden,
    document.documentElement.dataset.asked, recorder.errors, document.querySelector('#broken-details').textContent]";

/// Whether the page says that its own code has stopped, with a way to reload.
const SHOWN: &str = "document.querySelector('#broken').getClientRects().length > 0";
/// How often the deck was told how a run ended.
const TOLD: &str =
    "return recorder.messages.filter(({ type, id }) => /result|error/.test(type) && id === arguments[0]).length";

/// Within a few seconds: with a way to reload, and once to the deck.
async fn the_page_says_that_it_stopped(browser: &Browser, server: &Server, (refusal, always): (&str, bool)) {
    let page = Page::open(browser, &server.address()).await;
    let run = page.start(busy(&["event-loop"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    page.script("recorder.refuse[arguments[0]]()", vec![refusal.into()]).await;
    let began = Instant::now();
    let outcome = match tokio::time::timeout(Duration::from_secs(30), page.outcome(&run)).await {
        Ok(outcome) => outcome,
        Err(_) => panic!("{refusal}: neither a result nor an error; {:?}", page.script(STATE, vec![]).await),
    };
    assert!(outcome.is_err() || !always, "{refusal}: it went well");
    let shown = page.script(&format!("return {SHOWN}"), vec![]).await;
    assert_eq!(shown, json!(outcome.is_err()), "{refusal}");
    assert!(outcome.is_ok() || began.elapsed() < Duration::from_secs(5), "{refusal}: after {:?}", began.elapsed());
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(page.script(TOLD, vec![run.into()]).await, json!(1), "{refusal}");
}

/// The page's own: as many tasks as there can be do not fit.
async fn memory_does_not_grow(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.fail(Fault::LITTLE_MEMORY);
    let page = Page::open(browser, &server.address()).await;
    let run = page
        .start(json!({
            "workload": "grain", "size": 100_000, "work": 100, "strategies": ["event-loop"], "samples": 5,
        }))
        .await;
    let outcome = tokio::time::timeout(Duration::from_secs(30), page.outcome(&run)).await;
    outcome.expect("it ends").expect_err("there is no room for it");
    assert_eq!(page.script(&format!("return {SHOWN}"), vec![]).await, json!(true));
    assert_eq!(page.script(TOLD, vec![run.into()]).await, json!(1));
}
