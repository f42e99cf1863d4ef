//! Several frames of Lanes in one deck, on a host without headers: each gets what the browser can offer after at most
//! one reload of its own, and a service worker that is too late is active at the next visit.

use browsers::{Browser, Engine, Fault, Frame, Page, Server, Site, in_every_engine};
use serde_json::json;

in_every_engine!(story);

/// What the frames said about shared memory, in their order; `null` for a frame that has said nothing yet.
const SAID: &str = "Array.from(frames, (frame) => ready.get(frame) ?? null)";

async fn story(browser: &Browser) {
    for frames in [2, 6] {
        every_frame_is_isolated(browser, frames).await;
    }
    one_that_is_late_is_there_the_next_time(browser).await;
}

async fn every_frame_is_isolated(browser: &Browser, frames: usize) {
    let server = Server::start(Site::by_service_worker());
    let loads = || server.asked().iter().filter(|path| *path == "/").count();
    let deck = deck(&server, frames);
    let address = format!("{}frames", deck.address());
    let can = browser.engine == Engine::Chromium;

    let page = Page::go(browser, &address).await;
    page.until(&format!("{SAID}.every((said) => said === {can})")).await;
    let before = loads();
    assert!(before >= frames && before <= if can { 2 * frames } else { frames }, "{before} loads of {frames} frames");

    let page = Page::go(browser, &address).await;
    page.until(&format!("{SAID}.every((said) => said === {can})")).await;
    assert_eq!(loads() - before, frames, "the service worker stays, so no reload");
    assert_eq!(page.errors().await, [""; 0]);
}

/// A deck with frames of a host under its other name, which records what they say.
fn deck(server: &Server, frames: usize) -> Server {
    let source = &server.other_address();
    let frame = format!("<iframe src=\"{source}\" width=\"380\" height=\"300\"></iframe>");
    let html = format!(
        "<!doctype html><html><head><title>A deck</title><script>window.ready = new Map();\
         addEventListener('message', ({{ source, data }}) => {{\
         if (data.type === 'lanes:ready') ready.set(source, data.capabilities.shared_memory); }});\
         </script></head><body>{}</body></html>",
        frame.repeat(frames)
    );
    let parent = Site::parent(Frame { source, isolated_parent: false, allow: false, credentialless: false });
    Server::start(parent.with_document("/frames", &html))
}

/// The page does not wait for a late service worker, and loses nothing by that.
async fn one_that_is_late_is_there_the_next_time(browser: &Browser) {
    let server = Server::start(Site::by_service_worker());
    server.fail(Fault::SERVICE_WORKER_LATE);
    let shared = async |page: Page<'_>| page.capabilities().await.expect("the page is ready").shared_memory;
    let page = Page::open(browser, &server.address()).await;
    let active = "navigator.serviceWorker.ready.then(({ active }) => arguments[0](Boolean(active)))";
    assert_eq!(page.wait(active, vec![]).await, json!(true));
    assert!(!shared(page).await, "it came too late");
    assert!(shared(Page::open(browser, &server.address()).await).await, "and is there the next time");
    let loads = server.asked().iter().filter(|path| *path == "/").count();
    assert_eq!(loads, 2, "without any reload");
}
