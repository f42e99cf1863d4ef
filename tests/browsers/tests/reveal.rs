//! The example deck in `examples/reveal`, used as a speaker uses it: with the mouse in a frame and with keys, wherever
//! the focus is. A slide that is left in the middle of a run keeps no worker, and shows its last result when it comes
//! back.

use std::time::{Duration, Instant};

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};
use thirtyfour::Key;

in_every_engine!(story);

/// The slides that have frames.
const RACE: usize = 1;
const LOCK: usize = 3;
const WAITS: usize = 5;

/// How long workers may take to end once their slide is left.
const LIMIT: Duration = Duration::from_secs(5);

/// Keeps the set of living workers that the page starts from now on; workers that these have started end with them.
pub const COUNT: &str = "window.living = new Set();
    window.Worker = class extends Worker {
        constructor(...all) { super(...all); living.add(this); }
        terminate() { super.terminate(); living.delete(this); }
    };";

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let deck = Server::start(Site::reveal(Some(&server.other_address())));
    let page = Page::go(browser, &(deck.address() + &Site::REVEAL[1..])).await;
    the_deck_has_its_keys(&page).await;
    a_slide_is_left_in_the_middle_of_a_run(&page).await;
    another_frame_runs_beside_it(&page).await;
    a_slide_runs_by_itself(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// Waits until the deck shows this slide and has it in its address, at which point WebKit's driver forgets which frame
/// it was in.
async fn shows(page: &Page<'_>, slide: usize) {
    let shown = format!("Reveal.isReady() && Reveal.getIndices().h === {slide}");
    let address =
        if slide == 0 { "/^(#\\/)?$/.test(location.hash)".into() } else { format!("location.hash === '#/{slide}'") };
    page.until(&format!("{shown} && {address}")).await;
}

async fn turn(page: &Page<'_>, key: Key, slide: usize) {
    page.keys(key + "").await;
    page.leave_frame().await;
    shows(page, slide).await;
}

/// Goes into a frame, once it has loaded.
async fn enter(page: &Page<'_>, frame: &str) {
    page.enter_frame(frame).await;
    page.until("document.querySelector('#run, #cancel')").await;
}

async fn headline(page: &Page<'_>) -> Value {
    page.script("return document.querySelector('#headline').innerText", vec![]).await
}

/// Before a click the deck has the focus; after a click the frame has it, and the deck still gets its keys.
async fn the_deck_has_its_keys(page: &Page<'_>) {
    shows(page, 0).await;
    turn(page, Key::Right, RACE).await;
    enter(page, "race").await;
    page.script(COUNT, vec![]).await;
    page.press("#run").await;
    page.until_results().await;
    turn(page, Key::Right, RACE + 1).await;
    turn(page, Key::PageDown, LOCK).await;
    turn(page, Key::Home, 0).await;
    turn(page, Key::Space, RACE).await;
    for paused in [true, false] {
        page.keys("b").await;
        page.until(&format!("Reveal.isPaused() === {paused}")).await;
    }
}

/// Whether the label of the result shows a time within this visit.
const MADE_SINCE: &str =
    "const [, day, time] = document.querySelector('.recording').innerText.match(/(\\S+) (\\d\\d:\\d\\d:\\d\\d)/);
    const made = Date.parse(`${day}T${time}Z`);
    return arguments[0] - 1000 <= made && made <= Date.now();";

async fn a_slide_is_left_in_the_middle_of_a_run(page: &Page<'_>) {
    enter(page, "race").await;
    let found = headline(page).await;
    let ran = page.script("return performance.timeOrigin", vec![]).await;
    page.press("#run").await;
    page.until("document.querySelector('#cancel') && living.size > 0").await;
    let left = Instant::now();
    turn(page, Key::Right, RACE + 1).await;
    enter(page, "race").await;
    page.until("living.size === 0").await;
    assert!(left.elapsed() < LIMIT, "its workers ended after {:?}", left.elapsed());
    page.leave_frame().await;

    turn(page, Key::Left, RACE).await;
    enter(page, "race").await;
    page.until("document.querySelector('.recording')?.innerText.startsWith('The last result of this experiment.')")
        .await;
    assert_eq!(headline(page).await, found);
    assert_eq!(page.script(MADE_SINCE, vec![ran]).await, json!(true), "it says when that was");
    page.press("#run").await;
    page.until("document.querySelector('#cancel')").await;
    page.until_results().await;
    let label = page.script("return document.querySelector('.recording')", vec![]).await;
    assert_eq!(label, Value::Null, "it is a new result");
    no_errors(page).await;
}

async fn another_frame_runs_beside_it(page: &Page<'_>) {
    turn(page, Key::Right, RACE + 1).await;
    turn(page, Key::Right, LOCK).await;
    enter(page, "lock").await;
    page.press("#run").await;
    page.until_results().await;
    let threads = page.script("return crossOriginIsolated", vec![]).await;
    assert_eq!(threads, json!(true), "the deck hands its isolation on");
    no_errors(page).await;
}

async fn a_slide_runs_by_itself(page: &Page<'_>) {
    turn(page, Key::Right, LOCK + 1).await;
    let loaded = page.script("return document.querySelector('[name=waits]').hasAttribute('src')", vec![]).await;
    assert_eq!(loaded, json!(false), "not before it is shown");
    turn(page, Key::Right, WAITS).await;
    enter(page, "waits").await;
    page.until_results().await;
    no_errors(page).await;
    turn(page, Key::Right, WAITS + 1).await;
}

/// Checks that nothing was thrown in the frame, and leaves it.
async fn no_errors(page: &Page<'_>) {
    assert_eq!(page.errors().await, [""; 0]);
    page.leave_frame().await;
}
