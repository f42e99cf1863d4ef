//! A finger that goes up or down the page, and begins on a slider, scrolls and changes nothing; one that goes along it moves it.
//! In Chromium, which has a finger without a screen to touch.

use browsers::{Browser, Engine, Page, Server, Site, visit};
use serde_json::{Value, json};

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
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

    swipe(browser, &page, [4.0, -30.0]).await;
    page.until("scrollY > 50").await;
    assert_eq!(page.script(STATE, vec![]).await, before, "up the page");
    page.until("!document.querySelector('#results tbody:empty')").await;

    // what a finger sets going goes on for a while
    page.wait("setTimeout(arguments[0], 1000)", vec![]).await;
    page.script("scrollTo(0, 0)", vec![]).await;
    swipe(browser, &page, [12.0, 0.0]).await;
    page.until(&format!("document.querySelector('#size input').value !== {}", before["value"])).await;
}

/// The slider, and what it would change.
const STATE: &str = "return {
        value: document.querySelector('#size input').value,
        address: location.search,
        headline: document.querySelector('#headline').textContent,
        results: document.querySelectorAll('#results tbody tr').length,
    };";

/// A finger goes down beside the slider's thumb, moves in steps, and goes up.
async fn swipe(browser: &Browser, page: &Page<'_>, [across, down]: [f64; 2]) {
    let place = "const { left, top, width, height } = document.querySelector('#size input').getBoundingClientRect();
        return [left + width * 0.3, top + height / 2]";
    let [x, y]: [f64; 2] = serde_json::from_value(page.script(place, vec![]).await).expect("a place");
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
