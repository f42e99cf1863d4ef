//! A slide of any size: everything in a sheet is within reach, by pointer and by keyboard, and a small slide shows the
//! whole opening race. In Chromium, the only browser here that can be made smaller than any window.

use browsers::{Browser, Engine, Fault, Page, Server, Site, visit};
use serde_json::json;

/// Sizes that decks give a frame, from a thumbnail to a whole screen.
const SIZES: [(u32, u32); 6] = [(320, 200), (390, 300), (640, 360), (800, 450), (1024, 576), (1280, 720)];
/// The sheets, selected by an element that only they have.
const SHEETS: [&str; 2] = ["details:has(.matrix)", "details:has(.params)"];
/// A frame that shows the whole opening race.
const SMALL: (u32, u32) = (640, 360);

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for view in ["embed", "full"] {
        let page = Page::open(browser, &format!("{}?view={view}&workload=hash-chain", server.address())).await;
        for (width, height) in SIZES {
            browser.resize(width, height).await;
            for sheet in SHEETS {
                page.press(&format!("{sheet} > summary")).await;
                page.until(&format!("document.querySelector('{sheet}').open")).await;
                let beyond = page.wait(BEYOND, vec![sheet.into()]).await;
                assert_eq!(beyond, json!([]), "{view}, {width} x {height}, {sheet}");
                page.press(&format!("{sheet} > summary")).await;
                page.until(&format!("!document.querySelector('{sheet}').open")).await;
            }
        }
    }
    the_opening_race_is_all_there(browser, &server).await;
}

/// Lists the controls of an open sheet that cannot be reached: by a pointer after scrolling to them, or by the
/// keyboard, which scrolls by itself.
const BEYOND: &str = "const [sheet, done] = arguments;
    const beyond = [];
    const frame = () => new Promise(requestAnimationFrame);
    const inWindow = ({ left, top, right, bottom }) =>
        Math.min(left, top) > -1 && right < document.documentElement.clientWidth + 1 && bottom < innerHeight + 1;
    (async () => {
        const controls = [...document.querySelectorAll(`${sheet} .sheet :is(input, select, button)`)];
        const seen = controls.filter((control) => control.checkVisibility() && control.type !== 'file');
        for (const control of seen) {
            const name = control.name || control.textContent;
            control.scrollIntoView({ block: 'nearest' });
            await frame();
            const box = control.getBoundingClientRect();
            if (!inWindow(box)) beyond.push(`${name} is not in the window`);
            const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            if (!control.contains(hit) && !(hit && control.closest('label')?.contains(hit))) {
                beyond.push(`${name} lies under ${hit?.outerHTML.slice(0, 60)}`);
            }
            scrollTo(0, 0);
            if (control.disabled) continue;
            control.focus();
            await frame();
            if (document.activeElement !== control) beyond.push(`${name} takes no focus`);
            if (!inWindow(control.getBoundingClientRect())) beyond.push(`${name} has the focus out of sight`);
            scrollTo(0, 0);
        }
        if (seen.length < 4) beyond.push(`only ${seen.length} controls`);
        done(beyond);
    })();";

/// All lanes of the race are within the window before and after a run, also with as many lanes as usual machines have
/// cores.
async fn the_opening_race_is_all_there(browser: &Browser, server: &Server) {
    browser.resize(SMALL.0, SMALL.1).await;
    server.fail(Fault::SIXTEEN_CORES);
    for workers in [2, 4, 8, 16] {
        all_are_there(browser, &format!("{}?view=embed&workers={workers}", server.address())).await;
    }
    all_are_there(browser, &format!("{}?view=embed", server.address())).await;
}

async fn all_are_there(browser: &Browser, address: &str) {
    let page = Page::open(browser, address).await;
    let below = "return [...document.querySelectorAll('[data-strategy]')]
        .filter((row) => row.getBoundingClientRect().bottom > innerHeight).map((row) => row.dataset.strategy)";
    assert_eq!(page.script(below, vec![]).await, json!([]), "{address} before a run");
    page.press("#run").await;
    page.until_results().await;
    assert_eq!(page.script("return document.querySelectorAll('[data-strategy]').length", vec![]).await, json!(4));
    assert_eq!(page.script(below, vec![]).await, json!([]), "{address} after a run");
}
