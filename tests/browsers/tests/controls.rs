//! The controls, used by mouse and by keyboard: the address follows them, a reload gives the same again, illegal values
//! are named, and a framed view has all controls that it needs.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::experiments::STRATEGIES;

in_every_engine!(story);

/// The summary that opens the sheet with the matrix of strategies, and the one that opens the sheet with everything
/// else.
const MATRIX: &str = "details:has(.matrix) > summary";
const MORE: &str = "details:has(#params) > summary";
/// A race that still runs when the test cancels it.
const LONG: &str = "size=700&samples=50&workers=2";
/// A race and a sweep that are soon over.
const SHORT: &str = "size=100&samples=1&workers=2";
const SWEEP: &str = "workload=grain&size=20&work=5&strategies=threads,processes&workers=3&samples=2&sweep=1";

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    the_address_follows_each_control(&page).await;
    a_reload_gives_the_same(browser, &page).await;
    the_address_says_what_is_not_legal(browser, &server).await;
    a_long_freeze_is_announced(browser, &server).await;
    the_keyboard_is_enough(browser, &server).await;
    an_embedded_view_runs(browser, &server).await;
    one_press_is_one_wish(browser, &server).await;
    for query in [SHORT, SWEEP] {
        the_last_result_comes_back(browser, &server, query).await;
    }
    foreign_keys_change_nothing(browser, &server).await;
}

/// A double click on Run, or Enter held down, runs once.
async fn one_press_is_one_wish(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?{LONG}", server.address())).await;
    page.press_twice("#run").await;
    page.until("document.querySelector('#progress').value > 0").await;
    assert_eq!(page.script("return !!document.querySelector('#cancel')", vec![]).await, json!(true), "it runs still");
    page.press("#cancel").await;
    page.until("document.querySelector('#run')").await;
    let held = "const run = document.querySelector('#run'); run.focus();
        const down = (repeat) => run.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat, cancelable: true, bubbles: true }));
        return [down(false), down(true)]";
    assert_eq!(page.script(held, vec![]).await, json!([true, false]), "a key that is held down presses nothing");
}

/// The texts of a result.
const SHOWN: &str = "return ['#headline', '#results', '#scaling-table']
    .map((part) => document.querySelector(part)?.textContent ?? null)";
/// The picture of the lanes, once it has not changed for some frames.
const LANES: &str = "const [done] = arguments;
    let left = 0, before;
    (function look() {
        const now = [...document.querySelectorAll('.race canvas')].map((canvas) => canvas.toDataURL()).join();
        left = now === before ? left - 1 : 12;
        before = now;
        left > 0 ? setTimeout(look, 50) : done(now);
    })()";

/// After moving the slider right and left, and after one worker more and one less, the result of the first experiment
/// is shown again, with its lanes, and can be downloaded.
async fn the_last_result_comes_back(browser: &Browser, server: &Server, query: &str) {
    let page = Page::open(browser, &format!("{}?{query}", server.address())).await;
    page.press("#run").await;
    page.until_results().await;
    let (shown, lanes) = (page.script(SHOWN, vec![]).await, page.wait(LANES, vec![]).await);
    let report = taken_away(browser, &page).await;
    let is_back = "document.querySelector('#download') && document.querySelector('.recording')";
    page.press("[name=more]").await;
    page.until("!document.querySelector('#download')").await;
    page.press("[name=fewer]").await;
    page.until(is_back).await;
    assert_eq!(page.script(SHOWN, vec![]).await, shown, "{query}: a worker more and less");
    page.type_into("[name=size]", Key::Right).await;
    page.until("!document.querySelector('#download')").await;
    assert!(page.wait(LANES, vec![]).await != lanes, "{query}: nothing is drawn of another experiment");
    page.type_into("[name=size]", Key::Left).await;
    page.until(is_back).await;
    assert_eq!(page.script(SHOWN, vec![]).await, shown, "{query}: the slider right and left");
    assert!(page.wait(LANES, vec![]).await == lanes, "{query}: the lanes are others");
    assert!(taken_away(browser, &page).await == report, "{query}: the report is another");
    page.press("#run").await;
    page.until("!document.querySelector('.recording')").await;
    page.until_results().await;
    assert_eq!(page.script("return document.querySelector('.recording')", vec![]).await, json!(null), "a new result");
    assert_eq!(page.errors().await, [""; 0]);
}

/// Downloads the report.
async fn taken_away(browser: &Browser, page: &Page<'_>) -> Value {
    page.press("#download").await;
    browser.saved("lanes-report.json").await
}

/// Keys that other programs add to addresses, and the punctuation that ends a sentence around a link, change nothing.
async fn foreign_keys_change_nothing(browser: &Browser, server: &Server) {
    let seen = "return [document.querySelector('#workload').value, document.querySelector('[name=size]').value,
        [...document.querySelectorAll('[data-strategy]')].map((row) => row.dataset.strategy).join(),
        document.querySelector('#problems').hidden]";
    let seen_at = async |query: &str| {
        let page = Page::open(browser, &format!("{}{query}", server.address())).await;
        page.script(seen, vec![]).await
    };
    let plain = seen_at("").await;
    for query in ["?fbclid=x", "?utm_source=a&ref=hn"] {
        assert_eq!(seen_at(query).await, plain, "{query}");
    }
    let link = "?workload=primes&strategies=blocking%2Cthreads";
    assert_eq!(seen_at(&format!("{link})")).await, seen_at(link).await);
    assert_eq!(seen_at(link).await[3], true);
}

/// Moving a slider adds no entry to the browser's history.
async fn the_address_follows_each_control(page: &Page<'_>) {
    let before = page.script("return history.length", vec![]).await;
    page.press("#workload option[value=grain]").await;
    says(page, "workload", "grain").await;
    page.type_into("[name=size]", Key::Right).await;
    says(page, "size", "11000").await;
    assert_eq!(page.script("return document.querySelector('[name=size] + output').innerText", vec![]).await, "11,000");
    page.type_into("[name=size]", Key::Left + Key::Left).await;
    says(page, "size", "9900").await;

    page.press(MATRIX).await;
    for strategy in ["gil", "processes", "actors"] {
        page.press(&format!("[name={strategy}]")).await;
    }
    let chosen = ["blocking", "event-loop", "threads", "gil", "actors"];
    let chosen: Vec<_> = STRATEGIES.iter().copied().filter(|strategy| chosen.contains(strategy)).collect();
    says(page, "strategies", &chosen.join(",")).await;

    let workers = page.script("return Number(document.querySelector('#workers').value)", vec![]).await;
    for button in ["more", "more", "fewer"] {
        page.press(&format!("[name={button}]")).await;
    }
    says(page, "workers", &(workers.as_u64().expect("a number") + 1).to_string()).await;

    page.press(MORE).await;
    page.press("[name=sweep]").await;
    says(page, "sweep", "1").await;
    page.type_into("[name=work]", Key::Home).await;
    says(page, "work", "1").await;
    instead(page, "[name=samples]", "3").await;
    says(page, "samples", "3").await;
    instead(page, "[name=seed]", "42").await;
    says(page, "seed", "42").await;
    instead(page, "[name=samples]", "999").await;
    is_named(page, &["samples", "999", "a whole number from 1 to 50"]).await;
    says(page, "samples", "3").await;
    assert_eq!(page.script("return document.querySelector('[name=samples]').value", vec![]).await, "3");

    for theme in ["light", "dark"] {
        page.press("#theme").await;
        says(page, "theme", theme).await;
        assert_eq!(page.script("return document.documentElement.dataset.theme", vec![]).await, theme);
    }
    assert_eq!(page.script("return history.length", vec![]).await, before);
    assert_eq!(page.errors().await, [""; 0]);
}

/// Waits until `key` has this value in the address.
async fn says(page: &Page<'_>, key: &str, value: &str) {
    page.until(&format!("new URLSearchParams(location.search).get('{key}') === '{value}'")).await;
}

/// Replaces the text of a field, and leaves the field.
async fn instead(page: &Page<'_>, selector: &str, text: &str) {
    page.script("document.querySelector(arguments[0]).select()", vec![selector.into()]).await;
    page.type_into(selector, text.to_owned() + Key::Tab).await;
}

/// Expects a message about something illegal that contains all of `parts`, and dismisses it.
async fn is_named(page: &Page<'_>, parts: &[&str]) {
    page.until("!document.querySelector('#problems').hidden").await;
    let problems = page.script("return document.querySelector('#problems').innerText", vec![]).await;
    let problems = problems.as_str().expect("a text");
    for part in parts {
        assert!(problems.contains(part), "{problems:?} does not say {part:?}");
    }
    page.press("#problems button").await;
    page.until("document.querySelector('#problems').hidden").await;
}

/// After a reload every control has the same value, and nothing is refused.
async fn a_reload_gives_the_same(browser: &Browser, page: &Page<'_>) {
    let controls =
        "return [location.href, document.querySelector('#workers').value, document.querySelector('.chosen').innerText,
        [...document.querySelectorAll('.controls [name]')].map(({ name, value, checked }) => [name, value, checked])]";
    let before = page.script(controls, vec![]).await;
    let page = Page::open(browser, before[0].as_str().expect("an address")).await;
    assert_eq!(page.script(controls, vec![]).await, before);
    assert_eq!(page.script("return document.querySelector('#problems').hidden", vec![]).await, json!(true));
    assert_eq!(page.script("return document.documentElement.dataset.theme", vec![]).await, "dark");
}

async fn the_address_says_what_is_not_legal(browser: &Browser, server: &Server) {
    let query = "workload=grain&size=0&work=ten&strategies=threads,nobody&theme=pink&sweep=2&pace=9";
    let page = Page::open(browser, &format!("{}?{query}", server.address())).await;
    let illegal = ["size", "“0”", "from 1 to 100000", "work", "“ten”", "from 1 to 2000", "“nobody”", "a comma list of"];
    let others = ["“pink”", "auto, light, dark", "“2”", "1, 0, true, false", "“pace”", "the settings are workload"];
    is_named(&page, &[&illegal[..], &others].concat()).await;
    assert_eq!(
        page.script("return document.querySelector('.chosen').innerText", vec![]).await,
        format!("1 of {}", STRATEGIES.len())
    );
}

/// The page announces a long freeze, by waiting or by computing; otherwise a visitor would think that it has crashed.
async fn a_long_freeze_is_announced(browser: &Browser, server: &Server) {
    for (work, announced) in [("proxy&size=200", true), ("raytrace&size=1024&paths=256", true), ("raytrace", false)] {
        let page = Page::open(browser, &format!("{}?workload={work}", server.address())).await;
        let headline = page.script("return document.querySelector('#headline').innerText", vec![]).await;
        let said = headline.as_str().expect("a text").contains("will freeze the page for about");
        assert_eq!(said, announced, "{work}: {headline}");
    }
}

/// Tab goes through the controls and reaches Run; a sheet is opened, used and closed by keys; R runs wherever the focus
/// is, and so does Enter on the button; Escape cancels.
async fn the_keyboard_is_enough(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?{LONG}", server.address())).await;
    tab_until(&page, "document.activeElement.matches('details:has(.matrix) > summary')").await;
    page.keys(Key::Enter.value()).await;
    page.until("document.querySelector('details:has(.matrix)').open").await;
    tab_until(&page, "document.activeElement.name === 'gil'").await;
    page.keys(" ").await;
    page.until("document.querySelector('[data-strategy=gil]')").await;
    page.keys(Key::Escape.value()).await;
    page.until("!document.querySelector('details:has(.matrix)').open").await;
    tab_until(&page, "document.activeElement.id === 'run'").await;
    for key in ["r".to_owned(), Key::Enter.value().to_string()] {
        page.keys(key).await;
        page.until("document.activeElement.id === 'cancel'").await;
        page.keys(Key::Escape.value()).await;
        page.until("document.activeElement.id === 'run'").await;
        page.until("document.querySelector('#headline').innerText.startsWith('Cancelled')").await;
    }
    the_key_can_be_switched_off(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// Speech input can type single letters, so the key can be switched off. If R still started a run, Run would be gone,
/// and the waits below would fail.
async fn the_key_can_be_switched_off(page: &Page<'_>) {
    let keys = "[document.querySelector('#run')?.getAttribute('aria-keyshortcuts'), \
        document.querySelector('#run kbd')?.innerText].join()";
    page.until(&format!("{keys} === 'r,R'")).await;
    page.press(MORE).await;
    page.press("[name=key]").await;
    page.until(&format!("{keys} === ','")).await;
    page.keys("r").await;
    page.press("[name=key]").await;
    page.until(&format!("{keys} === 'r,R'")).await;
}

/// Presses Tab until the condition `so` is true, at most as many times as there are elements to focus.
async fn tab_until(page: &Page<'_>, so: &str) {
    let here = format!("return {so}");
    let places = page.script("return document.querySelectorAll('a, button, input, select, summary').length", vec![]);
    for _ in 0..=places.await.as_u64().expect("a number") {
        if page.script(&here, vec![]).await == json!(true) {
            return;
        }
        page.keys(Key::Tab.value()).await;
    }
    let at = page.script("return document.activeElement.outerHTML.slice(0, 200)", vec![]).await;
    panic!("Tab never comes to where {so}; at last it is at {at}");
}

/// A slide shows controls, lanes and words, but neither head nor foot.
async fn an_embedded_view_runs(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?view=embed&size=100&samples=1&workers=2", server.address())).await;
    let shown = "return ['.top', '.credits', '.controls', '.race', '#headline']
        .map((part) => document.querySelector(part).getClientRects().length > 0)";
    assert_eq!(page.script(shown, vec![]).await, json!([false, false, true, true, true]));
    page.press("#run").await;
    page.until_results().await;
    assert_eq!(page.script(shown, vec![]).await, json!([false, false, true, true, true]), "after a run");
    says(&page, "view", "embed").await;
    assert_eq!(page.errors().await, [""; 0]);
}
