//! Everything that is loaded before Run works is small when it is compressed, and the module, most of it, is asked for
//! once and before the scripts that need it: an engine that does not take what the document announces for what a script
//! fetches would load it twice. Weighed in Chromium, because all engines request the same files.

use browsers::{Browser, Engine, Page, Server, Site, first_load, in_every_engine, visit_any};

/// The compressed size that passes today, in bytes. It is to become [`first_load::LIMIT`] as soon as the page keeps
/// that; decision 51 says why it does not yet.
const ALLOWED: usize = 640_000;

/// The same for a chapter; the goal is 450,000.
const CHAPTER: usize = 650_000;

in_every_engine!(once);

#[test]
fn weight() {
    visit_any(Engine::Chromium, weigh);
}

async fn once(browser: &Browser) {
    for place in ["", "chapters/gil/"] {
        let server = Server::start(Site::shipped());
        Page::open(browser, &format!("{}{place}", server.address())).await;
        let asked = server.asked();
        let all = |name: &str| asked.iter().enumerate().filter(|(_, path)| *path == name).map(|(at, _)| at).collect();
        let (module, glue): (Vec<_>, Vec<_>) = (all("/lanes_bg.wasm"), all("/lanes.js"));
        assert_eq!(module.len(), 1, "/{place} asks for the module once: {asked:?}");
        assert!(module < glue, "/{place} asks for the module first: {asked:?}");
    }
}

async fn weigh(browser: &Browser) {
    let pages =
        chapters::NAMES.iter().map(|name| (format!("chapters/{name}/"), "#commit, #commit-1, #decide", CHAPTER));
    for (place, there, most) in [(String::new(), "#run:enabled", ALLOWED)].into_iter().chain(pages) {
        let site = Site::shipped();
        let server = Server::start(site.clone());
        let page = Page::open(browser, &format!("{}{place}", server.address())).await;
        page.until(&format!("document.querySelector('{there}')")).await;
        let files = first_load::weigh(&site, &server.asked());
        assert!(files.iter().any(|(path, ..)| path == "/lanes_bg.wasm"), "the module is not where it was: {files:?}");
        let weight: usize = files.iter().map(|(_, _, gzipped)| gzipped).sum();
        println!("/{place}: {weight} bytes of {}: {files:?}", first_load::LIMIT);
        assert!(weight <= most, "/{place}: {weight} bytes: {files:?}");
    }
}
