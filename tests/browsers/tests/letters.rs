//! Letters as large and as far apart as a visitor wants them: no smaller than 24 pixels, 32 where the page says nothing, with the
//! spaces of WCAG 1.4.12, or with more contrast. No text lies on another, on a control or on a canvas, and nothing has to be
//! scrolled sideways, wide and narrow, in the lab and in the texts.

use browsers::{Browser, Engine, Page, Preference, Server, Site, visit, visit_preferring};
use serde_json::json;

/// A phone and a laptop.
const WIDTHS: [u32; 2] = [390, 1280];
/// A race that is over within a second, with a name that takes two lines.
const RACE: &str = "strategies=blocking,event-loop,threads,processes,gil&size=200&samples=2&workers=3";
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
    told(browser, "").await;
}

/// The front page before and after a run, a slide, and every text, with this style besides.
async fn told(browser: &Browser, style: &str) {
    let server = Server::start(Site::shipped());
    let page = open(browser, &format!("{}?{RACE}", server.address()), style).await;
    is_clear(browser, &page, "idle").await;
    page.press("#run").await;
    page.until_results().await;
    page.script("for (const one of document.querySelectorAll('details:not(.more)')) one.open = true", vec![]).await;
    is_clear(browser, &page, "after a run").await;
    for sheet in ["details:has(.matrix)", "details:has(.params)"] {
        page.script("document.querySelector(arguments[0]).open = true", vec![sheet.into()]).await;
        is_clear(browser, &page, sheet).await;
    }
    let page = open(browser, &format!("{}?view=embed&{RACE}", server.address()), style).await;
    is_clear(browser, &page, "a slide").await;
    let texts = chapters::NAMES.iter().map(|name| format!("chapters/{name}/"));
    for text in texts.chain(["glossary/", "sheet/"].map(String::from)) {
        let page = open(browser, &format!("{}{text}", server.address()), style).await;
        is_clear(browser, &page, &text).await;
    }
}

async fn open<'b>(browser: &'b Browser, address: &str, style: &str) -> Page<'b> {
    let page = Page::open(browser, address).await;
    let adopt =
        "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]); document.adoptedStyleSheets = [sheet]";
    page.script(adopt, vec![style.into()]).await;
    page
}

async fn is_clear(browser: &Browser, page: &Page<'_>, when: &str) {
    for width in WIDTHS {
        browser.resize(width, 800).await;
        page.wait("const [done] = arguments; requestAnimationFrame(() => setTimeout(done, 300))", vec![]).await;
        let found = page.script(&format!("return {OVERLAPS}"), vec![]).await;
        assert_eq!(found, json!([]), "{:?}, {when}, {width} px wide", browser.engine);
    }
}
