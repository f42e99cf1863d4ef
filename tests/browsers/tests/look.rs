//! How the page looks, in Chromium: in each of its states it fits every width, is accessible, and requests nothing from
//! other hosts.
//!
//! Elements are found by ids that the page keeps stable for tests: `#run`, `#cancel`, `#progress`, `#headline`,
//! `#problems`, `#results`, and `[data-strategy]` on each strategy's row.

use browsers::{Browser, Engine, Fault, Page, Server, Site, visit_any};
use serde_json::json;

use crate::axe;

/// A narrow phone, a phone, a laptop, a projector.
const WIDTHS: [u32; 4] = [320, 390, 1280, 1920];
/// The strategies of the opening race.
const RACE: [&str; 4] = ["blocking", "event-loop", "threads", "processes"];
/// A race that is over within a second.
const SHORT: &str = "size=200&samples=1&workers=2";
/// A race that still runs after everything has been checked.
const LONG: &str = "workload=primes&size=5000000&samples=50&workers=2&strategies=processes";

/// Sheets that cover the lanes when they are open, so that each is checked by itself.
const SHEETS: [&str; 2] = ["details:has(.matrix)", "details:has(#params)"];

#[test]
fn chromium() {
    visit_any(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let open = async |query: &str| Page::open(browser, &format!("{}?{query}", server.address())).await;

    let page = open(SHORT).await;
    is_well_made(browser, &page, "idle").await;
    page.press("#run").await;
    shows_what_happened(&page).await;
    ask_for_the_rest(&page).await;
    is_well_made(browser, &page, "after a run, with what would be and what things cost").await;
    for player in ["#player", "#simulated-player"] {
        page.script(OPEN, vec!["details:has(#simulated-player)".into(), true.into()]).await;
        page.press(&format!("{player} .step:nth-of-type(3)")).await;
    }
    is_well_made(browser, &page, "with a moment of what was and of what would be").await;
    asks_nobody_else(&page, &server).await;

    for (query, when) in STATES {
        let page = open(query).await;
        page.press("#run").await;
        page.until_results().await;
        is_well_made(browser, &page, when).await;
    }
    says_what_is_not_legal(browser, &open("workload=nonsense&size=64").await).await;
    is_cancelled(browser, &open(LONG).await).await;
    runs_by_itself(&open(&format!("{SHORT}&autorun=1")).await).await;
    assert_eq!(browser.complaints().await, [""; 0]);

    server.fail(Fault::ARRAY_MISSING);
    fails(browser, &server, &open("workload=arrays&size=4&samples=1").await).await;
    lacks_threads(browser).await;
}

/// Experiments after which the page shows something else, and a description of that state.
const STATES: [(&str, &str); 4] = [
    ("workload=grain&size=20&work=5&strategies=threads,processes&workers=3&samples=2&sweep=1", "after a sweep"),
    ("workload=activity&size=4&time=50&strategies=blocking,gil&workers=4&samples=1", "after activity"),
    ("size=200&samples=1&workers=8&strategies=threads,gil,processes,actors,offload", "with many lanes"),
    ("size=200&samples=1&workers=2&view=embed", "in a slide"),
];

/// Opens everything that a page shows after a run only on request.
async fn ask_for_the_rest(page: &Page<'_>) {
    page.press("#what-if > summary").await;
    page.press("#simulate").await;
    page.until("document.querySelector('#what-if-table')").await;
    page.press("#costs > summary").await;
    page.press("#measure-costs").await;
    page.until("document.querySelector('#costs-table')").await;
    page.press("[data-strategy=threads] .elsewhere > summary").await;
    page.press("[data-file='threads.rs']").await;
    page.until("document.querySelector('[data-file=\"threads.rs\"] + pre').innerText").await;
}

/// Checks the page during a run, and after the run was cancelled.
async fn is_cancelled(browser: &Browser, page: &Page<'_>) {
    page.press("#run").await;
    page.until("document.querySelector('#cancel') && document.querySelector('#progress').value > 0").await;
    is_well_made(browser, page, "while it runs").await;
    page.press("#cancel").await;
    page.until("document.querySelector('#run')").await;
    is_well_made(browser, page, "after a run that was cancelled").await;
}

/// A run that fails says why.
async fn fails(browser: &Browser, server: &Server, page: &Page<'_>) {
    page.press("#run").await;
    page.until("document.querySelector('#headline.failed')").await;
    server.heal();
    is_well_made(browser, page, "after a run that failed").await;
}

/// On a host without headers, in a browser that takes no service worker.
async fn lacks_threads(browser: &Browser) {
    let server = Server::start(Site::plain());
    let page = Page::open(browser, &format!("{}?{SHORT}", server.address())).await;
    page.press("#run").await;
    page.until_results().await;
    page.until("document.querySelector('[data-strategy=threads] .why')").await;
    is_well_made(browser, &page, "where threads are unavailable").await;
}

/// The page is accessible and fits every width, in both themes and with everything open.
async fn is_well_made(browser: &Browser, page: &Page<'_>, when: &str) {
    axe::load(page).await;
    page.script(OPEN, vec!["details:not(.more)".into(), true.into()]).await;
    fits_every_width(browser, page, when).await;
    for theme in ["light", "dark"] {
        set_theme(page, theme).await;
        axe::finds_nothing(page, "html", &format!("{when}, {theme}")).await;
        for sheet in SHEETS {
            page.script(OPEN, vec![sheet.into(), true.into()]).await;
            axe::finds_nothing(page, sheet, &format!("{when}, {theme}, {sheet}")).await;
            page.script(OPEN, vec![sheet.into(), false.into()]).await;
        }
    }
    page.script(OPEN, vec!["details".into(), false.into()]).await;
}

/// Opens or closes all elements that the first argument selects; the second argument says which.
const OPEN: &str = "for (const one of document.querySelectorAll(arguments[0])) one.open = arguments[1]";

/// Presses the theme button, which a slide does not show, until the page has this theme.
async fn set_theme(page: &Page<'_>, theme: &str) {
    let press = "document.querySelector('#theme').click()";
    page.until(&format!("(document.documentElement.dataset.theme === '{theme}' || void {press})")).await;
}

/// `autorun=1` starts a run by itself, and every strategy's picture is painted completely.
async fn runs_by_itself(page: &Page<'_>) {
    shows_what_happened(page).await;
    let painted = "return [...document.querySelectorAll('.pictures canvas')].map((canvas) => canvas.getContext('2d')
        .getImageData(0, 0, canvas.width, canvas.height).data.every((byte, at) => at % 4 != 3 || byte == 255))";
    assert_eq!(page.script(painted, vec![]).await, json!(RACE.map(|_| true)), "pictures without a hole");
}

/// Nothing overflows sideways at any width, whichever sheet is open.
async fn fits_every_width(browser: &Browser, page: &Page<'_>, when: &str) {
    let mut too_wide = Vec::new();
    for width in WIDTHS {
        browser.resize(width, 800).await;
        for sheet in SHEETS {
            page.script(OPEN, vec![sheet.into(), true.into()]).await;
            let overflow = "return document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth";
            let overflow = page.script(overflow, vec![]).await;
            if overflow != json!(0) {
                too_wide.push(format!("at {width} px by {overflow} px with {sheet}"));
            }
            page.script(OPEN, vec![sheet.into(), false.into()]).await;
        }
    }
    assert_eq!(too_wide, [""; 0], "{when}");
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

/// All files came from the page's own host.
async fn asks_nobody_else(page: &Page<'_>, server: &Server) {
    let names = page.script("return performance.getEntriesByType('resource').map(({ name }) => name)", vec![]).await;
    let names: Vec<String> = serde_json::from_value(names).expect("addresses");
    let own = server.address();
    let foreign: Vec<_> = names.iter().filter(|name| !name.starts_with(&own) && !name.starts_with("blob:")).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    assert!(!names.is_empty());
}

async fn says_what_is_not_legal(browser: &Browser, page: &Page<'_>) {
    let problems = page.script("return document.querySelector('#problems').textContent", vec![]).await;
    let problems = problems.as_str().unwrap_or_default().to_owned();
    for part in ["nonsense", "mandelbrot", "primes"] {
        assert!(problems.contains(part), "{problems:?} does not name {part}");
    }
    is_well_made(browser, page, "with something illegal").await;
}
