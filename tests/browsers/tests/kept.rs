//! A browser that is kept is like a new one to the next story.

use browsers::{Browser, Engine, Page, Server, Site, in_every_engine, visit_any};
use serde_json::json;

in_every_engine!(by twice, story);

/// The second time to the browser that is kept, unless another test has taken it.
fn twice(engine: Engine, story: impl AsyncFn(&Browser) + Copy) {
    visit_any(engine, story);
    visit_any(engine, story);
}

/// What a story finds, and how it leaves its browser.
async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    page.until("document.hasFocus()").await;
    let is_large = page.script("return [innerWidth > 500, innerHeight > 400]", vec![]).await;
    assert_eq!(is_large, json!([true, true]));
    browser.resize(500, 400).await;
}
