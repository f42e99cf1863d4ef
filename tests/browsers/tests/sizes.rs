//! After any change of sizes, every lane is drawn beside its name within a second, as sharply as the screen allows:
//! another size of the window or of letters, another style, another ratio of screen pixels to CSS pixels, and, from the
//! start, texts that are zoomed by themselves.

use std::time::Duration;

use browsers::{Browser, Engine, Page, Preference, Server, Site, in_every_engine, visit_preferring};
use serde_json::{Value, json};

in_every_engine!(story);

#[test]
fn firefox_texts_at_150_per_cent() {
    visit_preferring(Preference::TextZoom(150), Engine::Firefox, zoomed_story);
}

#[test]
fn firefox_texts_at_200_per_cent() {
    visit_preferring(Preference::TextZoom(200), Engine::Firefox, zoomed_story);
}

#[test]
fn firefox_least_letters() {
    visit_preferring(Preference::LeastLetters(24), Engine::Firefox, zoomed_story);
}

/// An experiment whose lanes have names, and all have something to compute.
const EXPERIMENT: &str = "workload=primes&size=2000000&strategies=blocking,threads,processes&workers=2&samples=1";

/// How long a change may take to be drawn.
const WITHIN: Duration = Duration::from_secs(1);

/// Changes that are made to the page, one after the other.
const CHANGES: [(&str, &str); 5] = [
    ("larger letters", "document.documentElement.style.fontSize = '23px'"),
    (
        "and names with more room",
        "document.querySelectorAll('.lane-label').forEach((label) => label.style.paddingBlock = '3px')",
    ),
    ("and a narrower page", "document.body.style.maxInlineSize = '600px'"),
    (
        "and names in two lines",
        "document.querySelectorAll('.labels').forEach((labels) => labels.style.inlineSize = '3rem')",
    ),
    ("smaller letters", "document.documentElement.style.fontSize = '11px'"),
];

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = run(browser, &server).await;
    is_drawn_well(browser, &page, "as it was opened").await;
    for (what, change) in CHANGES {
        page.script(change, vec![]).await;
        is_drawn_well(browser, &page, what).await;
    }
    if browser.engine == Engine::Chromium {
        for ratio in [2.0, 1.25, 1.0] {
            let cdp = browser.driver.cdp();
            cdp.emulation()
                .set_device_metrics_override(1000, 800, ratio, false)
                .await
                .expect("chromedriver passes it on");
            is_drawn_well(browser, &page, &format!("{ratio} pixels of the screen for one")).await;
        }
    }
    assert_eq!(page.errors().await, [""; 0]);
}

/// Texts are larger than everything around them before the page is opened.
async fn zoomed_story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = run(browser, &server).await;
    let higher = "return document.querySelector('.lane-label').getBoundingClientRect().height > 22";
    assert_eq!(page.script(higher, vec![]).await, json!(true), "texts are larger");
    is_drawn_well(browser, &page, "with larger texts").await;
    page.script("document.body.style.maxInlineSize = '600px'", vec![]).await;
    is_drawn_well(browser, &page, "and a narrower page").await;
}

async fn run<'b>(browser: &'b Browser, server: &Server) -> Page<'b> {
    let page = Page::open(browser, &format!("{}?{EXPERIMENT}", server.address())).await;
    page.press("#run").await;
    page.until_results().await;
    page
}

async fn is_drawn_well(browser: &Browser, page: &Page<'_>, when: &str) {
    tokio::time::sleep(WITHIN).await;
    let seen = page.script(LANES, vec![]).await;
    let rows = seen["rows"].as_u64().unwrap_or_default();
    assert_eq!((rows, &seen["apart"]), (3, &Value::Array(vec![])), "{:?}, {when}: {seen}", browser.engine);
}

/// Lists canvases whose pixels are not those of the screen, and lanes that are not beside their names. A lane is where
/// pixels have exactly its colour.
pub const LANES: &str = "
    const apart = [];
    const colour = (token) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(${token})`;
        const [, ...parts] = getComputedStyle(probe).color.match(/(\\d+), (\\d+), (\\d+)/);
        probe.remove();
        return parts.map(Number);
    };
    for (const canvas of document.querySelectorAll('.strip canvas, .axis canvas')) {
        for (const [pixels, size] of [[canvas.width, canvas.clientWidth], [canvas.height, canvas.clientHeight]]) {
            const wanted = size * devicePixelRatio;
            if (Math.abs(pixels - wanted) > 0.51) apart.push(`${pixels} pixels for ${wanted}`);
        }
    }
    const rows = document.querySelectorAll('.row:has(.strip)');
    for (const row of rows) {
        const canvas = row.querySelector('.strip canvas');
        const top = canvas.getBoundingClientRect().top;
        const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        row.querySelectorAll('.lane-label').forEach((label, lane) => {
            const [red, green, blue] = colour(label.textContent === 'page' ? '--lane-page' : `--lane-${lane}`);
            let first = Infinity, last = -Infinity;
            for (let at = 0; at < data.length; at += 4) {
                if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) {
                    const y = Math.floor(at / 4 / width);
                    first = Math.min(first, y);
                    last = Math.max(last, y + 1);
                }
            }
            const box = label.getBoundingClientRect();
            const [from, to] = [first, last].map((y) => y / (canvas.height / canvas.clientHeight) + top);
            if (!(Math.abs(from - box.top) <= 2 && Math.abs(to - box.bottom) <= 2)) {
                apart.push(`${row.dataset.strategy}, ${label.textContent}: ${from} to ${to}, its name ${box.top} to ${box.bottom}`);
            }
        });
    }
    return { rows: rows.length, apart };";
