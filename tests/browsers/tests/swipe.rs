//! A finger that moves up or down the page from a slider or from the lanes scrolls and changes nothing; one that moves
//! along them moves the slider, or chooses the moment, as a tap does. In Chromium, which can emulate touch without a
//! touch screen.

use browsers::{Browser, Engine, Page, Server, Site, visit_any};
use serde_json::{Value, json};

#[test]
fn chromium() {
    visit_any(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    browser.resize(390, 500).await;
    touch(browser, "Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    let page = Page::open(browser, &format!("{}?size=200&samples=1&workers=2", server.address())).await;
    page.press("#run").await;
    page.until_results().await;
    page.script("scrollTo(0, 0)", vec![]).await;
    let before = page.script(STATE, vec![]).await;

    swipe(browser, &page, SLIDER, [4.0, -30.0]).await;
    page.until("scrollY > 50").await;
    assert_eq!(page.script(STATE, vec![]).await, before, "up the page");
    page.until("!document.querySelector('#results tbody:empty')").await;

    // the page goes on scrolling for a while after the finger is lifted
    page.wait("setTimeout(arguments[0], 1000)", vec![]).await;
    page.script("scrollTo(0, 0)", vec![]).await;
    swipe(browser, &page, SLIDER, [12.0, 0.0]).await;
    page.until(&format!("document.querySelector('#size input').value !== {}", before["value"])).await;

    page.press("#run").await;
    page.until_results().await;
    chooses_the_moment(browser, &page).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// What the player says about the moment.
const MOMENT: &str = "document.querySelector('#player output').innerText";

/// Swipes and taps on the lanes.
async fn chooses_the_moment(browser: &Browser, page: &Page<'_>) {
    let show = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' });
        window.from = scrollY";
    page.script(show, vec![LANES.into()]).await;
    swipe(browser, page, LANES, [1.0, -30.0]).await;
    page.until("scrollY !== from").await;
    assert_eq!(page.script("return !!document.querySelector('.veil')", vec![]).await, json!(false), "it only scrolled");
    page.wait("setTimeout(arguments[0], 1000)", vec![]).await;

    page.script(show, vec![LANES.into()]).await;
    tap(browser, page, LANES).await;
    page.until(&format!("document.querySelector('.race .veil') && {MOMENT}")).await;
    let tapped = page.script(&format!("return {MOMENT}"), vec![]).await;
    page.script(show, vec![LANES.into()]).await;
    swipe(browser, page, LANES, [12.0, 0.0]).await;
    page.until(&format!("{MOMENT} !== {tapped}")).await;
    assert_eq!(page.script("return scrollY === from", vec![]).await, json!(true), "along the lanes nothing scrolls");
}

/// The elements that a finger touches: a slider, and the first strategy's lanes.
const SLIDER: &str = "#size input";
const LANES: &str = ".race .veil-place";

/// The slider's value, and what a change of it would affect.
const STATE: &str = "return {
        value: document.querySelector('#size input').value,
        address: location.search,
        headline: document.querySelector('#headline').textContent,
        results: document.querySelectorAll('#results tbody tr').length,
    };";

/// Where a finger touches an element: beside the middle, where a slider's thumb is not.
async fn place(page: &Page<'_>, on: &str) -> [f64; 2] {
    let place = "const { left, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
        return [left + width * 0.3, top + height / 2]";
    serde_json::from_value(page.script(place, vec![on.into()]).await).expect("a place")
}

/// Touches an element, and lifts the finger.
async fn tap(browser: &Browser, page: &Page<'_>, on: &str) {
    let [x, y] = place(page, on).await;
    touch(browser, "Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] }))
        .await;
    touch(browser, "Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).await;
}

/// Touches an element, moves in steps, and lifts the finger.
async fn swipe(browser: &Browser, page: &Page<'_>, on: &str, [across, down]: [f64; 2]) {
    let [x, y] = place(page, on).await;
    let at = |step: f64| json!([{ "x": x + across * step, "y": y + down * step }]);
    touch(browser, "Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": at(0.0) })).await;
    for step in 1..=8 {
        touch(browser, "Input.dispatchTouchEvent", json!({ "type": "touchMove", "touchPoints": at(step.into()) }))
            .await;
    }
    touch(browser, "Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).await;
}

async fn touch(browser: &Browser, method: &str, what: Value) {
    browser.driver.cdp().send_raw(method, what).await.expect("chromedriver passes it on");
}
