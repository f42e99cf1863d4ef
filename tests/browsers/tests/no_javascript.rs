//! With JavaScript off, the page says why it needs JavaScript. Not in WebKit, whose driver itself needs JavaScript.

use browsers::{Browser, Engine, Preference, Server, Site, visit_preferring};
use thirtyfour::By;

#[test]
fn chromium() {
    visit_preferring(Preference::NoJavaScript, Engine::Chromium, story);
}

#[test]
fn firefox() {
    visit_preferring(Preference::NoJavaScript, Engine::Firefox, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    browser.driver.goto(server.address()).await.expect("a document loads without");
    let body = browser.driver.find(By::Tag("body")).await.expect("a document has one");
    let shown = body.text().await.expect("the driver sees what is shown");
    println!("{shown}");
    assert!(shown.contains("needs JavaScript. Please allow it"), "{shown:?}");
    let asked = server.asked();
    assert!(!asked.iter().any(|path| path.ends_with(".js")), "scripts are off, so none is fetched: {asked:?}");
}
