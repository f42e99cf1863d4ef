//! Errors in Lanes' own code: a part that stops at one reports the place to the part that waits for it, and to the
//! console.
//!
//! Lanes has no known error of this kind. The tests cause one by making calls throw that cannot fail otherwise (a
//! message to oneself, or the creation of its channel), and by a clock that returns NaN.

use std::time::Duration;

use browsers::{Browser, Engine, Fault, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};

use crate::experiments::{STRATEGIES, busy, runs_well};

in_every_engine!(story);

/// How soon the page has to say that it stopped.
const LIMIT: Duration = Duration::from_secs(5);

async fn story(browser: &Browser) {
    let server = Server::with_switches(Site::shipped());
    for broken in [BREAK, NO_CHANNEL] {
        the_page_says_so_and_can_be_loaded_again(browser, &server, broken).await;
    }
    so_does_a_text(browser, &server).await;
    so_do_processes_and_threads(browser, &server).await;
}

/// Records errors in the console from now on.
const HEAR: &str = "window.told = []; const { error } = console;
    console.error = (...all) => { told.push(all.join(' ')); error.apply(console, all); }";

/// From now on no channel takes a message.
const BREAK: &str = "MessagePort.prototype.postMessage = () => { throw new Error('a panic for the test'); }";
/// From now on no new channel can be made, and each sample needs one.
const NO_CHANNEL: &str = "recorder.refuse.channels()";

/// The number of messages to the deck that ended a run.
const TOLD: &str =
    "return recorder.messages.filter(({ type, id }) => /result|error/.test(type) && id === arguments[0]).length";

async fn the_page_says_so_and_can_be_loaded_again(browser: &Browser, server: &Server, broken: &str) {
    let page = Page::open(browser, &server.address()).await;
    let shown = "document.querySelector('#broken').getClientRects().length > 0";
    assert_eq!(page.script(&format!("return {shown}"), vec![]).await, json!(false), "nothing is wrong yet");
    page.script(HEAR, vec![]).await;
    let run = page.start(busy(&["event-loop"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    page.script(broken, vec![]).await;
    tokio::time::timeout(LIMIT, page.until(shown)).await.expect("it says so in time");
    let heard = page.outcome(&run).await.expect_err("it cannot go on");
    assert!(heard.starts_with("Lanes stopped at an error of its own") && names_a_line(&heard), "{broken}: {heard}");

    let said = page.script("return document.querySelector('#broken').innerText", vec![]).await;
    assert!(said.as_str().is_some_and(|said| said.contains("Lanes stopped at an error of its own")), "{said}");
    let role = "const panel = document.querySelector('#broken');
        return [panel.role, document.getElementById(panel.getAttribute('aria-labelledby'))?.innerText,
            document.activeElement.id, document.querySelector('main').inert]";
    let sentence = "Lanes stopped at an error of its own, and cannot go on.";
    assert_eq!(page.script(role, vec![]).await, json!(["alertdialog", sentence, "broken-reload", true]));
    let details = page.script("return document.querySelector('#broken-details').textContent", vec![]).await;
    let details = details.as_str().expect("a text");
    assert!(names_a_line(details) && details.contains("panicked at"), "{details:?} does not say where");
    assert!(broken == BREAK || details.contains("no channels"), "{details:?} does not say why");
    let told = page.script("return told.join('\\n')", vec![]).await;
    assert!(told.as_str().is_some_and(names_a_line), "the console is told {told}");
    assert_eq!(page.script(TOLD, vec![run.into()]).await, json!(1), "{broken}: the deck is told once");

    page.is_loaded_again(page.press("#broken-reload")).await;
    assert_eq!(page.script(&format!("return {shown}"), vec![]).await, json!(false));
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(page.errors().await, [""; 0], "a page that was loaded again is a new one");
}

/// On pages with and without labs, the panel is outside of the part of the page that no longer takes clicks.
async fn so_does_a_text(browser: &Browser, server: &Server) {
    for place in ["chapters/interleaved/", "glossary/", "sheet/"] {
        let page = Page::open(browser, &format!("{}{place}", server.address())).await;
        if page.script("return !!document.querySelector('.lab')", vec![]).await == json!(true) {
            let run = page.start(busy(&["event-loop"], 50)).await;
            page.hear(&run, &["lanes:progress"]).await;
            page.script(BREAK, vec![]).await;
        } else {
            page.script("lanesBroke('a panic for the test')", vec![]).await; // there is no run here that could be broken
        }
        page.until("document.querySelector('#broken')?.getClientRects().length > 0").await;
        let focused = page.script("return document.activeElement.id", vec![]).await;
        assert_eq!(focused, json!("broken-reload"), "{place}");
        page.press("#broken summary").await;
        page.until("document.querySelector('#broken details').open").await;
        page.is_loaded_again(page.press("#broken-reload")).await;
    }
}

/// The page gets their last message, shows it and goes on, and the next run is good. Only Chromium reports what workers
/// write to the console.
async fn so_do_processes_and_threads(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    browser.complaints().await;
    for (fault, experiment) in [(Fault::PROCESS_PANICS, WITH_INPUT), (Fault::THREAD_PANICS, WITH_A_LOCK)] {
        server.fail(fault);
        let experiment: Value = serde_json::from_str(experiment).expect("it is JSON");
        let why = page.run(experiment).await.expect_err("it cannot work");
        server.heal();
        let said = "its code stopped at an error of its own: panicked at ";
        assert!(why.contains(said) && names_a_line(&why), "{fault:?}: {why:?}");
        page.until(&format!("document.querySelector('#headline').innerText.includes({})", json!(said))).await;
        let broken = page.script("return document.querySelector('#broken').hidden", vec![]).await;
        assert_eq!(broken, json!(true), "{fault:?}: the page itself goes on");
        let complaints = browser.complaints().await;
        let told = complaints.iter().any(|told| told.contains("panicked at"));
        assert!(told || browser.engine != Engine::Chromium, "{fault:?}: the console is told {complaints:?}");
        runs_well(&page, &STRATEGIES).await;
    }
    assert_eq!(page.errors().await, [""; 0]);
}

/// Each task has an input: the number of its counters.
const WITH_INPUT: &str =
    r#"{ "workload": "counter", "size": 200, "way": "own", "strategies": ["processes"], "samples": 1 }"#;
/// Half a second of work, in which threads acquire the lock a hundred times.
const WITH_A_LOCK: &str =
    r#"{ "workload": "primes", "size": 5000000, "strategies": ["gil"], "workers": 2, "samples": 1 }"#;

/// Whether a message names a file and a line.
fn names_a_line(message: &str) -> bool {
    let files = message.split(|letter: char| letter.is_whitespace() || letter == ',');
    let mut lines = files.filter_map(|file| file.split_once(".rs:"));
    lines.any(|(_, line)| line.starts_with(|digit: char| digit.is_ascii_digit()))
}
