//! On a host without headers the page's own service worker isolates it, after one reload, and for good.

use browsers::{Browser, Page, Server, Site, in_every_engine};

use crate::experiments::{STRATEGIES, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::by_service_worker());
    let loads = || server.asked().iter().filter(|path| *path == "/").count();

    let page = Page::open(browser, &server.address()).await;
    assert_isolated(&page).await;
    assert_eq!(loads(), 2, "one reload");

    let page = Page::open(browser, &server.address()).await;
    assert_isolated(&page).await;
    assert_eq!(loads(), 3, "the service worker stays, so no reload");
    assert_eq!(page.errors().await, [""; 0]);
}

async fn assert_isolated(page: &Page<'_>) {
    let offer = page.capabilities().await.expect("the page is ready");
    assert!(offer.shared_memory);
    assert_eq!(offer.unavailable(), []);
    runs_well(page, &STRATEGIES).await;
}
