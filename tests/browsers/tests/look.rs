//! What people see and touch, in Chromium: it fits every width, anybody can use it, the keyboard is enough, and it
//! asks nobody else for anything.
//!
//! Elements are found by the ids that the page keeps for tests: `#run`, `#cancel`, `#progress`, `#headline`,
//! `#problems`, `#results`, and `[data-strategy]` on each strategy's row.

use std::path::Path;
use std::{env, fs};

use browsers::{Browser, Engine, Page, Server, Site, visit};
use serde_json::{Value, json};
use thirtyfour::Key;

/// A narrow phone, a phone, a laptop, a projector.
const WIDTHS: [u32; 4] = [320, 390, 1280, 1920];
/// Whom the page lets race where nobody chose.
const RACE: [&str; 4] = ["blocking", "event-loop", "threads", "processes"];
/// A race that is over within a second.
const SHORT: &str = "size=200&samples=1&workers=2";
/// A race that is still on when somebody gets around to cancelling it.
const LONG: &str = "size=700&samples=50&workers=2";

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for theme in ["light", "dark"] {
        let page = Page::open(browser, &format!("{}?{SHORT}&theme={theme}", server.address())).await;
        is_accessible(&page, &format!("{theme}, idle")).await;
        fits_every_width(browser, &page, "idle").await;
        page.press("#run").await;
        shows_what_happened(&page).await;
        is_accessible(&page, &format!("{theme}, after a run")).await;
        fits_every_width(browser, &page, "after a run").await;
        asks_nobody_else(&page, &server).await;
    }
    runs_by_itself(browser, &server).await;
    says_what_is_not_legal(browser, &server).await;
    keyboard_is_enough(browser, &server).await;
    assert_eq!(browser.complaints().await, [""; 0]);
}

/// `autorun=1` runs without a hand, and every strategy's picture has been painted.
async fn runs_by_itself(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?{SHORT}&autorun=1", server.address())).await;
    shows_what_happened(&page).await;
    let painted = "return [...document.querySelectorAll('.pictures canvas')].map((canvas) => canvas.getContext('2d')
        .getImageData(0, 0, canvas.width, canvas.height).data.every((byte, at) => at % 4 != 3 || byte == 255))";
    assert_eq!(page.script(painted, vec![]).await, json!(RACE.map(|_| true)), "pictures without a hole");
}

/// No serious or critical finding of axe-core.
async fn is_accessible(page: &Page<'_>, when: &str) {
    page.script(&axe(), vec![]).await;
    let check = "const done = arguments[0]; axe.run(document).then(({ violations }) => done(violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)))";
    assert_eq!(page.wait(check, vec![]).await, json!([]), "{when}");
}

/// The source of axe-core: `LANES_AXE`, or where set-up puts it.
fn axe() -> String {
    let here = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
    let file = env::var_os("LANES_AXE").map_or_else(here, Into::into);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; `make setup` fetches it", file.display()))
}

async fn fits_every_width(browser: &Browser, page: &Page<'_>, when: &str) {
    let mut too_wide = Vec::new();
    page.script("document.querySelectorAll('details').forEach((details) => details.open = true)", vec![]).await;
    for width in WIDTHS {
        browser.resize(width, 800).await;
        let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let overflow = page.script(overflow, vec![]).await;
        if overflow != json!(0) {
            too_wide.push(format!("at {width} px by {overflow} px"));
        }
    }
    assert_eq!(too_wide, [""; 0], "{when}");
    page.script("document.querySelectorAll('details').forEach((details) => details.open = false)", vec![]).await;
    browser.resize(1280, 800).await;
}

/// After a run: a sentence, a row for each strategy, a number for each in the table.
async fn shows_what_happened(page: &Page<'_>) {
    page.until_results().await;
    let rows = page.script("return document.querySelectorAll('#results tbody tr').length", vec![]).await;
    assert_eq!(rows, json!(RACE.len()), "rows in the table");
    let lanes = "return [...document.querySelectorAll('[data-strategy]')].map((row) => row.dataset.strategy)";
    assert_eq!(page.script(lanes, vec![]).await, json!(RACE), "rows of lanes");
    let headline = page.script("return document.querySelector('#headline').textContent.trim()", vec![]).await;
    assert!(headline.as_str().is_some_and(|words| words.contains(' ')), "{headline}");
    assert_eq!(page.errors().await, [""; 0]);
}

/// Everything came from the page's own host.
async fn asks_nobody_else(page: &Page<'_>, server: &Server) {
    let names = page.script("return performance.getEntriesByType('resource').map(({ name }) => name)", vec![]).await;
    let names: Vec<String> = serde_json::from_value(names).expect("addresses");
    let own = server.address();
    let foreign: Vec<_> = names.iter().filter(|name| !name.starts_with(&own) && !name.starts_with("blob:")).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    assert!(!names.is_empty());
}

async fn says_what_is_not_legal(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?workload=nonsense&size=64", server.address())).await;
    let problems = page.script("return document.querySelector('#problems').textContent", vec![]).await;
    let problems = problems.as_str().unwrap_or_default().to_owned();
    for part in ["nonsense", "mandelbrot", "primes"] {
        assert!(problems.contains(part), "{problems:?} does not name {part}");
    }
}

/// R runs, Escape cancels, wherever the focus is.
async fn keyboard_is_enough(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?{LONG}", server.address())).await;
    let running = "document.querySelector('#cancel')";
    assert_eq!(page.script(&format!("return {running}"), vec![]).await, Value::Null);
    browser.driver.action_chain().send_keys("r").perform().await.expect("keys can be pressed");
    page.until(running).await;
    browser.driver.action_chain().send_keys(Key::Escape.value()).perform().await.expect("keys can be pressed");
    page.until(&format!("!({running})")).await;
    assert_eq!(page.errors().await, [""; 0]);
}
