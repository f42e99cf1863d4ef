//! A failure of the browser itself is distinguished from one of the page: only then is a story run again, and only
//! once.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use browsers::{Browser, Engine, Page, Server, Site, visit};

fn how_often(story: impl AsyncFn(&Browser, &Server, u32)) -> (u32, bool) {
    let (count, server) = (Cell::new(0), Server::start(Site::shipped()));
    let ending = catch_unwind(AssertUnwindSafe(|| {
        visit(Engine::WebKit, async |browser| {
            count.set(count.get() + 1);
            story(browser, &server, count.get()).await;
        });
    }));
    (count.get(), ending.is_ok())
}

/// Opens the page, loses it while a script waits, and fails because of that.
async fn loses_its_page(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    let loss = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        browser.lose_page();
    };
    tokio::join!(page.until("false"), loss);
}

#[test]
fn a_browser_that_fails_is_replaced_once() {
    let once = async |browser: &Browser, server: &Server, time| match time {
        1 => loses_its_page(browser, server).await,
        _ => _ = Page::open(browser, &server.address()).await,
    };
    assert_eq!(how_often(once), (2, true));
    let always = async |browser: &Browser, server: &Server, _| loses_its_page(browser, server).await;
    assert_eq!(how_often(always), (2, false));
}

#[test]
fn a_story_that_fails_is_not_told_again() {
    let wrong = async |browser: &Browser, server: &Server, _| {
        Page::open(browser, &server.address()).await.script("throw new Error('for the test')", vec![]).await;
    };
    assert_eq!(how_often(wrong), (1, false));
}
