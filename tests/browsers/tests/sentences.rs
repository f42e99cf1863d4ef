//! Where Lanes cannot start, a sentence says why: never a blank page, and never "Loading" for good.

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};

in_every_engine!(story);

/// The fault, and a part of the sentence.
const SENTENCES: [(Fault, &str); 7] = [
    (Fault::NO_WEBASSEMBLY, "Lanes needs WebAssembly, and this browser has none"),
    (Fault::NO_SIMD, "Lanes needs WebAssembly with SIMD"),
    (Fault::NO_THREADS, "Lanes needs WebAssembly with threads"),
    (Fault::GLUE_MISSING, "Lanes could not start: "),
    (Fault::EARLY_MISSING, "Lanes could not start: "),
    (Fault::MODULE_MISSING, "Lanes could not start: "),
    (Fault::MODULE_GARBLED, "Lanes could not start: "),
];

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for (fault, sentence) in SENTENCES {
        server.fail(fault);
        let page = Page::go(browser, &server.address()).await;
        page.until("!document.body.innerText.includes('Loading')").await;
        let shown = page.script("return document.body.innerText", vec![]).await;
        assert!(shown.as_str().is_some_and(|words| words.contains(sentence)), "{fault:?}: {shown}");
        server.heal();
    }
    Page::open(browser, &server.address()).await;
}
