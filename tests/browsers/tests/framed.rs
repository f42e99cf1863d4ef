//! In a frame of a deck from another site, Lanes is isolated where the browser can do that, says why where it cannot,
//! and talks only to its parent.

use browsers::{Browser, Engine, Frame, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, WITHOUT_ISOLATION, busy, isolation_is_missing, run_of, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    in_a_plain_deck(browser, &server).await;
    in_an_isolated_deck(browser, &server, true).await;
    in_an_isolated_deck(browser, &server, false).await;
    in_a_plain_deck_by_service_worker(browser).await;
    in_an_isolated_deck_without_headers(browser).await;
}

/// Only Chromium isolates a frame without an isolated parent (Document-Isolation-Policy).
async fn in_a_plain_deck(browser: &Browser, server: &Server) {
    let deck = deck(server, false, false);
    let page = Page::open(browser, &deck.address()).await;
    is_as_isolated_as_it_can_be(browser.engine, &page).await;
    runs_are_cancelled_through_the_parent(&page).await;
    strangers_are_ignored(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// The parent's isolation extends to a frame with the shipped headers, in every engine, with `allow` or without.
async fn in_an_isolated_deck(browser: &Browser, server: &Server, allow: bool) {
    let deck = deck(server, true, allow);
    let page = Page::open(browser, &deck.address()).await;
    let offer = page.capabilities().await.expect("the page is ready");
    assert!(offer.shared_memory, "allow: {allow}");
    assert_eq!(offer.unavailable(), [], "allow: {allow}");
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(page.errors().await, [""; 0]);
}

async fn in_a_plain_deck_by_service_worker(browser: &Browser) {
    let server = Server::start(Site::by_service_worker());
    let deck = deck(&server, false, false);
    let page = Page::open(browser, &deck.address()).await;
    is_as_isolated_as_it_can_be(browser.engine, &page).await;
    let loads = server.asked().iter().filter(|path| *path == "/").count();
    assert_eq!(loads, if browser.engine == Engine::Chromium { 2 } else { 1 }, "at most one reload, none in vain");
    assert_eq!(page.errors().await, [""; 0]);
}

/// An isolated deck shows only frames that are sent with the headers; a service worker cannot help, because the
/// document that would start it never arrives. Chromium accepts a frame without headers if it is marked
/// `credentialless`; README says so.
async fn in_an_isolated_deck_without_headers(browser: &Browser) {
    for allow in [true, false] {
        let server = Server::start(Site::by_service_worker());
        let deck = deck(&server, true, allow);
        never_arrives(&Page::go(browser, &deck.address()).await, &server).await;
    }
    for site in [Site::by_service_worker(), Site::plain()] {
        let server = Server::start(site);
        let source = &server.other_address();
        let frame = Frame { source, isolated_parent: true, allow: true, credentialless: true };
        let deck = Server::start(Site::parent(frame));
        if browser.engine != Engine::Chromium {
            never_arrives(&Page::go(browser, &deck.address()).await, &server).await;
            continue;
        }
        let page = Page::open(browser, &deck.address()).await;
        assert_eq!(page.capabilities().await.expect("the page is ready").unavailable(), []);
        runs_well(&page, &STRATEGIES).await;
        assert_eq!(server.asked().iter().filter(|path| *path == "/").count(), 1, "no reload");
        assert_eq!(page.errors().await, [""; 0]);
    }
}

async fn never_arrives(page: &Page<'_>, server: &Server) {
    page.wait("setTimeout(arguments[0], 2000)", vec![]).await;
    assert!(page.capabilities().await.is_none());
    assert_eq!(server.asked(), ["/"], "the deck refused its document");
}

/// A deck that frames Lanes under the host's other name, so that the deck is another site.
fn deck(server: &Server, isolated_parent: bool, allow: bool) -> Server {
    Server::start(Site::parent(Frame {
        source: &server.other_address(),
        isolated_parent,
        allow,
        credentialless: false,
    }))
}

async fn is_as_isolated_as_it_can_be(engine: Engine, page: &Page<'_>) {
    let offer = page.capabilities().await.expect("the page tells its parent that it is ready");
    if engine == Engine::Chromium {
        assert_eq!(offer.unavailable(), []);
        runs_well(page, &STRATEGIES).await;
    } else {
        isolation_is_missing(&offer);
        runs_well(page, &WITHOUT_ISOLATION).await;
    }
}

async fn runs_are_cancelled_through_the_parent(page: &Page<'_>) {
    let run = page.start(busy(&["event-loop"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    page.cancel(&run).await;
    let outcome = page.outcome(&run).await;
    assert!(outcome.as_ref().is_err_and(|message| message.contains("cancel")), "{outcome:?}");
    let progress = page.progress(&run).await;
    assert!(progress.iter().all(|&(done, total)| done <= total && total == 51), "{progress:?}");
}

/// Lanes ignores messages from other frames.
async fn strangers_are_ignored(page: &Page<'_>) {
    let strange = json!({ "type": "lanes:run", "id": "strange", "experiment": busy(&["blocking"], 1) });
    let readies = "return recorder.messages.filter(({ type }) => type === 'lanes:ready').length";
    page.is_complete().await;
    let before = page.script(readies, vec![]).await;
    for message in [strange, json!({ "type": "lanes:hello" })] {
        page.script_in_frame("sibling", "tell(arguments[0])", vec![message.to_string().into()]).await;
    }
    let run = page.run(busy(&["event-loop"], 1)).await.expect("a good run meanwhile");
    assert!(run_of(&run, "event-loop").answer.is_some());
    let heard = page.script("return recorder.messages.filter(({ id }) => id === 'strange')", vec![]).await;
    assert_eq!(heard, json!([]));
    assert_eq!(page.script(readies, vec![]).await, before);
}
