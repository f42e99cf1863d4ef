//! Letters as large and as far apart as a visitor wants them: at least 24 pixels, 32 pixels where the page sets no
//! size, with the spacing of WCAG 1.4.12, or with more contrast. No text overlaps another text, a control or a canvas,
//! and nothing needs sideways scrolling, wide and narrow, in the lab and in the texts.

use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Frame, Page, Preference, Server, Site, visit_any, visit_preferring};
use serde_json::{Value, json};

/// A phone and a laptop.
const WIDTHS: [u32; 2] = [390, 1280];
/// A race that is over within a second, with a name that takes two lines.
const RACE: &str = "strategies=blocking,event-loop,threads,processes,gil&size=200&samples=2&workers=3";
/// How long the page may take for anything.
const LIMIT: Duration = Duration::from_secs(60);
/// How long a page may take to settle after a change of its width.
const SETTLED: Duration = Duration::from_millis(400);
/// A script that finds overlapping elements.
const OVERLAPS: &str = include_str!("overlaps.js");
/// Text spacing for people who find reading difficult: WCAG 2.2, success criterion 1.4.12.
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
    visit_any(Engine::Chromium, async |browser| told(browser, SPACES).await);
}

#[test]
fn firefox_spaced() {
    visit_any(Engine::Firefox, async |browser| told(browser, SPACES).await);
}

#[test]
fn chromium_more_contrast() {
    visit_any(Engine::Chromium, async |browser| {
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

/// Checks the front page before and after a run, a slide, and every text, with this additional style.
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

/// A reader of the pages in a frame.
struct Reader<'b> {
    browser: &'b Browser,
    page: Page<'b>,
    /// The address of the frame's pages.
    lanes: String,
}

impl Reader<'_> {
    /// Opens an address in the frame, adds the style, and waits until the page no longer says that it is loading.
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

    /// Checks at each width that nothing overlaps.
    async fn sees_all(&self, when: &str) {
        for width in WIDTHS {
            self.page.script("document.querySelector('iframe').width = arguments[0]", vec![width.into()]).await;
            tokio::time::sleep(SETTLED).await;
            let found = self.script(&format!("{OVERLAPS} return [innerWidth, overlaps]")).await;
            assert_eq!(found, json!([width, []]), "{:?}, {when}, {width} px wide", self.browser.engine);
        }
    }
}
