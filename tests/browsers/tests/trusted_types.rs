//! On a host that demands Trusted Types, Lanes runs as on any other; on a host that forbids the policy that Lanes
//! needs, the page says so.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, runs_well};

in_every_engine!(story);

const POLICY: &str = "Content-Security-Policy";

async fn story(browser: &Browser) {
    it_runs(browser, Site::shipped()).await;
    it_runs(browser, Site::by_service_worker()).await;
    the_policy_is_refused(browser).await;
}

/// It runs everywhere: in pages, and in workers that start workers.
async fn it_runs(browser: &Browser, site: Site) {
    let server = Server::start(site.with_header(POLICY, "require-trusted-types-for 'script'"));
    let page = Page::open(browser, &server.address()).await;
    runs_well(&page, &STRATEGIES).await;
    assert_eq!(page.errors().await, [""; 0]);
    let elsewhere =
        "try { new Worker('https://example.org/worker.js'); return 'started' } catch ({ name }) { return name }";
    assert_eq!(page.script(elsewhere, vec![]).await, json!("TypeError"), "the policy takes our own scripts only");
    let page = Page::open(browser, &format!("{}chapters/gil/", server.address())).await;
    assert_eq!(page.errors().await, [""; 0]);
}

async fn the_policy_is_refused(browser: &Browser) {
    let demand = "require-trusted-types-for 'script'; trusted-types 'none'";
    let server = Server::start(Site::shipped().with_header(POLICY, demand));
    let page = Page::go(browser, &server.address()).await;
    page.until("document.querySelector('#starting-text')?.textContent.includes('forbids the policy')").await;
}
