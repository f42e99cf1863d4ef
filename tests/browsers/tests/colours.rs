//! Where the visitor has chosen the colours, every word and every mark has enough contrast to its background, whatever
//! theme the page is set to: 4.5 to 1 for texts, 3 to 1 for marks, measured in what is really shown. The same holds for
//! visitors who want more contrast.

use browsers::{Browser, Engine, Page, Preference, Server, Site, visit_any, visit_preferring};
use serde_json::json;

/// A race that is over within a second.
const RACE: &str = "strategies=blocking,event-loop,threads,processes&size=300&samples=2&workers=3";

#[test]
fn chromium() {
    visit_any(Engine::Chromium, story);
}

#[test]
fn firefox() {
    visit_preferring(Preference::OwnColours, Engine::Firefox, async |browser| {
        let server = Server::start(Site::shipped());
        for theme in ["light", "dark"] {
            let page = open(browser, &server, theme).await;
            let own = page.script("return matchMedia('(forced-colors: active)').matches", vec![]).await;
            assert_eq!(own, json!(true), "the browser has the visitor's colours");
            can_be_told(browser, &page, &format!("white on black, theme={theme}")).await;
        }
    });
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for (scheme, theme) in [("dark", "light"), ("light", "dark"), ("dark", "auto"), ("light", "auto")] {
        browser.emulate(&[("forced-colors", "active"), ("prefers-color-scheme", scheme)]).await;
        let page = open(browser, &server, theme).await;
        can_be_told(browser, &page, &format!("a {scheme} scheme, theme={theme}")).await;
    }
    for theme in ["light", "dark"] {
        browser.emulate(&[("prefers-contrast", "more")]).await;
        let page = open(browser, &server, theme).await;
        can_be_told(browser, &page, &format!("more contrast, theme={theme}")).await;
    }
    it_may_change_its_mind(browser, &server).await;
}

#[test]
fn chapters() {
    visit_any(Engine::Chromium, async |browser: &Browser| {
        let server = Server::start(Site::shipped());
        for scheme in ["light", "dark"] {
            browser.emulate(&[("forced-colors", "active"), ("prefers-color-scheme", scheme)]).await;
            browser.resize(1280, 1100).await;
            for name in chapters::NAMES {
                let page = Page::open(browser, &format!("{}chapters/{name}/?fresh=1", server.address())).await;
                if *name == "decide" {
                    // what appears later moves the rest
                    page.until("/^Done/.test(document.querySelector('#stage')?.textContent)").await;
                }
                every_screen_can_be_told(browser, &page, &format!("{name}, a {scheme} scheme")).await;
            }
        }
    });
}

/// Checks the page one screen after the other, down to its end.
async fn every_screen_can_be_told(browser: &Browser, page: &Page<'_>, when: &str) {
    let mut texts = 0;
    for screen in 0.. {
        let on = "scrollTo({ top: arguments[0] * innerHeight, behavior: 'instant' });
            return scrollY > (arguments[0] - 1) * innerHeight || arguments[0] === 0";
        if page.script(on, vec![screen.into()]).await == json!(false) {
            break;
        }
        page.stands_still().await;
        let shown = browser.driver.screenshot_as_png_base64().await.expect("drivers take pictures");
        let looked = page.wait(LOOK, vec![shown.into()]).await;
        assert_eq!(looked["faint"], json!([]), "{:?}, {when}, screen {screen}", browser.engine);
        texts += looked["counts"]["texts"].as_u64().expect("a number");
    }
    assert!(texts > 20, "{when}: {texts} texts");
}

/// Forced colours are switched on and off while the page is open: everything is drawn again in the new colours.
async fn it_may_change_its_mind(browser: &Browser, server: &Server) {
    browser.emulate(&[]).await;
    let page = open(browser, server, "light").await;
    let wishes: [&[(&str, &str)]; 2] = [&[("forced-colors", "active"), ("prefers-color-scheme", "dark")], &[]];
    for wish in wishes {
        browser.emulate(wish).await;
        page.wait("setTimeout(arguments[0], 300)", vec![]).await;
        can_be_told(browser, &page, &format!("changed to {wish:?}")).await;
    }
}

async fn open<'b>(browser: &'b Browser, server: &Server, theme: &str) -> Page<'b> {
    browser.resize(1280, 1100).await;
    let page = Page::open(browser, &format!("{}?theme={theme}&{RACE}", server.address())).await;
    page.press("#run").await;
    page.until_results().await;
    page
}

async fn can_be_told(browser: &Browser, page: &Page<'_>, when: &str) {
    page.script("scrollTo(0, 0); document.activeElement?.blur()", vec![]).await;
    let shown = browser.driver.screenshot_as_png_base64().await.expect("drivers take pictures");
    let looked = page.wait(LOOK, vec![shown.into()]).await;
    let counts = &looked["counts"];
    assert!(counts["texts"].as_u64() > Some(30) && counts["marks"] == 8 && counts["lanes"] == 8, "{when}: {counts}");
    assert_eq!(looked["faint"], json!([]), "{:?}, {when}", browser.engine);
}

/// Examines a picture of the window: in each box, the most frequent colour is the background, and the colour that
/// differs most from it is the foreground.
const LOOK: &str = "const [shown, done] = arguments;
    (async () => {
        const bytes = Uint8Array.from(atob(shown), (letter) => letter.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        const brush = canvas.getContext('2d');
        brush.drawImage(picture, 0, 0);
        const linear = (part) => part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
        const light = (colour) => [16, 8, 0].map((shift) => linear(colour >> shift & 255))
            .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
        const contrast = (one, other) => {
            const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05);
        };
        const scale = picture.width / innerWidth;
        const best = ({ left, top, right, bottom }) => {
            const [x, y, width, height] = [left, top, right - left, bottom - top].map((side) => Math.round(side * scale));
            if (width < 1 || height < 1 || y < 0 || y + height > picture.height) return undefined;
            const { data } = brush.getImageData(x, y, width, height);
            const colours = new Map();
            for (let at = 0; at < data.length; at += 4) {
                const colour = data[at] << 16 | data[at + 1] << 8 | data[at + 2];
                colours.set(colour, (colours.get(colour) ?? 0) + 1);
            }
            const behind = [...colours].sort(([, a], [, b]) => b - a)[0][0];
            return Math.max(...[...colours.keys()].map((colour) => contrast(behind, colour)));
        };
        const faint = [], counts = { texts: 0, marks: 0, lanes: 0 };
        const check = (kind, what, box, least) => {
            const found = best(box);
            if (found === undefined) return;
            counts[kind] += 1;
            if (found < least) faint.push(`${what}: ${found.toFixed(1)} to 1`);
        };
        const range = document.createRange();
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const { parentElement: element, data } = texts.currentNode;
            if (!data.trim() || !element.checkVisibility() || element.closest('.unseen, option, :disabled, script')) continue;
            range.selectNodeContents(texts.currentNode);
            const box = range.getBoundingClientRect(), around = element.closest('pre, .scroll')?.getBoundingClientRect();
            if (around && (box.left < around.left || box.right > around.right)) continue; // scrolled out of sight
            check('texts', data.trim(), box, 4.5);
        }
        for (const key of document.querySelectorAll('.key')) {
            const { left, top, bottom } = key.getBoundingClientRect();
            range.selectNodeContents(key);
            check('marks', `the mark of ${key.textContent}`, { left: left - 2, top, right: range.getBoundingClientRect().left - 2, bottom }, 3);
        }
        for (const row of document.querySelectorAll('.row')) {
            if (!row.closest('.lab').querySelector('.player')) continue; // nothing has run yet
            const { left, right } = row.querySelector('canvas').getBoundingClientRect();
            for (const label of row.querySelectorAll('.lane-label')) {
                const { top, bottom } = label.getBoundingClientRect();
                check('lanes', `${row.dataset.strategy}, ${label.textContent}`, { left, top, right, bottom }, 3);
            }
        }
        for (const axis of document.querySelectorAll('.axis canvas')) check('texts', 'the axis', axis.getBoundingClientRect(), 4.5);
        done({ faint, counts });
    })();";
