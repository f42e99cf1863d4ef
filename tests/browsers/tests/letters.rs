//! Letters as large and as far apart as a visitor wants them: no smaller than 24 pixels, 32 where the page says nothing, with the
//! spaces of WCAG 1.4.12, or with more contrast. No text lies on another, on a control or on a canvas, and nothing has to be
//! scrolled sideways, wide and narrow, in the lab and in the texts.

use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Frame, Page, Preference, Server, Site, visit, visit_preferring};
use serde_json::{Value, json};

/// A phone and a laptop.
const WIDTHS: [u32; 2] = [390, 1280];
/// A race that is over within a second, with a name that takes two lines.
const RACE: &str = "strategies=blocking,event-loop,threads,processes,gil&size=200&samples=2&workers=3";
/// How long the page may take for anything.
const LIMIT: Duration = Duration::from_secs(60);
/// After this long a page that has another width stands still.
const SETTLED: Duration = Duration::from_millis(400);
/// Finds what lies on what.
const OVERLAPS: &str = include_str!("overlaps.js");
/// Space as whoever reads with difficulty may want it: WCAG 2.2, success criterion 1.4.12.
const SPACES: &str =
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }";

#[test]
fn chromium_least_24() {
    visit_preferring(Preference::LeastLetters(24), Engine::Chromium, story);
}

#[test]
fn firefox_least_24() {
    visit_preferring(Preference::LeastLetters(24), Engine::Firefox, story);
}

#[test]
fn chromium_usual_32() {
    visit_preferring(Preference::Letters(32), Engine::Chromium, story);
}

#[test]
fn firefox_usual_32() {
    visit_preferring(Preference::Letters(32), Engine::Firefox, story);
}

#[test]
fn chromium_spaced() {
    visit(Engine::Chromium, async |browser| told(browser, SPACES).await);
}

#[test]
fn firefox_spaced() {
    visit(Engine::Firefox, async |browser| told(browser, SPACES).await);
}

#[test]
fn chromium_more_contrast() {
    visit(Engine::Chromium, async |browser| {
        browser.emulate(&[("prefers-contrast", "more")]).await;
        told(browser, "").await;
    });
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let small = "const range = document.createRange();
        range.selectNodeContents(document.querySelector('.lane-label'));
        return range.getBoundingClientRect().height > 24";
    assert_eq!(page.script(small, vec![]).await, json!(true), "the browser has larger letters than usual");
    told(browser, "").await;
}

/// The front page before and after a run, a slide, and every text, with this style besides.
async fn told(browser: &Browser, style: &str) {
    // in a frame, because no window of Firefox is as narrow as a phone
    let server = Server::start(Site::shipped());
    let frame = Frame { source: &server.address(), isolated_parent: true, allow: true, credentialless: false };
    let around = Server::start(Site::parent(frame));
    browser.resize(1400, 900).await;
    let page = Page::open(browser, &around.address()).await;
    let reader = Reader { browser, page, lanes: server.address() };
    reader.open(&format!("?{RACE}"), style).await;
    reader.sees_all("idle").await;
    reader.until("document.querySelector('#run')").await;
    reader.script("document.querySelector('#run').click()").await;
    reader.until("document.querySelector('#run') && document.querySelector('#results tbody tr')").await;
    reader.script("for (const one of document.querySelectorAll('details:not(.more)')) one.open = true").await;
    reader.sees_all("after a run").await;
    reader.script("document.querySelector('#player .step').click()").await;
    reader.script("document.querySelector('#moment-as-table').open = true").await;
    reader.sees_all("a moment").await;
    reader.script("document.querySelector('#player .transport > button:last-of-type').click()").await;
    for sheet in ["details:has(.matrix)", "details:has(.params)"] {
        reader.script(&format!("document.querySelector('{sheet}').open = true")).await;
        reader.sees_all(sheet).await;
    }
    reader.open(&format!("?view=embed&{RACE}"), style).await;
    reader.sees_all("a slide").await;
    let texts = chapters::NAMES.iter().map(|name| format!("chapters/{name}/"));
    for text in texts.chain(["glossary/", "sheet/"].map(String::from)) {
        reader.open(&text, style).await;
        reader.sees_all(&text).await;
    }
}

/// Whoever reads what is in the frame.
struct Reader<'b> {
    browser: &'b Browser,
    page: Page<'b>,
    /// Where the frame's pages are.
    lanes: String,
}

impl Reader<'_> {
    /// Opens this in the frame, and waits until nothing is there any more that says that it is loaded.
    async fn open(&self, address: &str, style: &str) {
        self.script("window.old = true").await;
        let address = format!("{}{address}", self.lanes);
        self.page.script("document.querySelector('iframe').src = arguments[0]", vec![address.into()]).await;
        self.until("!window.old && document.readyState === 'complete' && !document.querySelector('#starting')").await;
        let adopt =
            "const sheet = new CSSStyleSheet(); sheet.replaceSync(STYLE); document.adoptedStyleSheets = [sheet]";
        self.script(&adopt.replace("STYLE", &json!(style).to_string())).await;
    }

    async fn script(&self, code: &str) -> Value {
        self.page.script_in_frame("lanes", code, vec![]).await
    }

    async fn until(&self, condition: &str) {
        let began = Instant::now();
        while self.script(&format!("return Boolean({condition})")).await != json!(true) {
            let said = async || self.script("return document.body?.innerText.slice(0, 300)").await;
            assert!(began.elapsed() < LIMIT, "{:?}: never {condition}; {}", self.browser.engine, said().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// At each width nothing lies on what it should not.
    async fn sees_all(&self, when: &str) {
        for width in WIDTHS {
            self.page.script("document.querySelector('iframe').width = arguments[0]", vec![width.into()]).await;
            tokio::time::sleep(SETTLED).await;
            let found = self.script(&format!("{OVERLAPS} return [innerWidth, overlaps]")).await;
            assert_eq!(found, json!([width, []]), "{:?}, {when}, {width} px wide", self.browser.engine);
        }
    }
}
