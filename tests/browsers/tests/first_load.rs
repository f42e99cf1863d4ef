//! Everything that is loaded before Run works is small, as a host that compresses would send it: in Chromium, for all
//! engines ask for the same files.

use browsers::{Browser, Engine, Page, Server, Site, first_load, visit};

/// Bytes that pass today: [`first_load::LIMIT`], as soon as the page keeps it.
const ALLOWED: usize = 400_000;

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let site = Site::shipped();
    let server = Server::start(site.clone());
    let page = Page::open(browser, &server.address()).await;
    page.until("document.querySelector('#run:enabled')").await;
    let files = first_load::weigh(&site, &server.asked());
    assert!(files.iter().any(|(path, ..)| path == "/lanes_bg.wasm"), "the module is not where it was: {files:?}");
    let weight: usize = files.iter().map(|(_, _, gzipped)| gzipped).sum();
    println!("{weight} bytes of {}: {files:?}", first_load::LIMIT);
    assert!(weight <= ALLOWED, "{weight} bytes: {files:?}");
}
