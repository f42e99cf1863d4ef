//! Where the page's own script cannot even begin, the HTML of the front page and of the chapters names the likely
//! reasons. They stay invisible while the page may still start.

use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Fault, Page, Server, Site, built, in_every_engine};
use serde_json::json;
use thirtyfour::By;

in_every_engine!(story);

/// The page waits for five seconds before it says anything.
const LIMIT: Duration = Duration::from_secs(15);
/// What it then says, whatever the reason.
const REASONS: [&str; 3] = ["opened as a file", "arrive with a wrong type", "sandbox lacks allow-same-origin"];
/// The front page, and one of the chapters.
const PAGES: [&str; 2] = ["", "chapters/gil/"];

async fn story(browser: &Browser) {
    its_script_is_missing(browser).await;
    its_scripts_are_taken_for_text(browser).await;
    its_folder_lacks_the_slash(browser).await;
    it_was_opened_as_a_file(browser).await;
    it_is_in_a_sandbox(browser).await;
    a_sandbox_without_scripts_is_told_of_scripts(browser).await;
}

async fn its_script_is_missing(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.fail(Fault::START_MISSING);
    let page = Page::go(browser, &server.address()).await;
    let now = "const seen = (part) => getComputedStyle(document.querySelector(part)).visibility === 'visible';
        return [performance.now() < 4000, seen('.loading'), seen('.reasons'), document.querySelector('.reasons').clientHeight]";
    let now = page.script(now, vec![]).await;
    assert!(now[0] == json!(false) || now == json!([true, true, false, 0]), "too early for reasons: {now}");
    names_the_reasons(browser, "start.js is missing").await;
    chapter(browser, &server, "start.js is missing").await;
    server.heal();
    let page = Page::open(browser, &server.address()).await;
    assert_eq!(page.script("return document.querySelector('.reasons')", vec![]).await, json!(null));
}

async fn its_scripts_are_taken_for_text(browser: &Browser) {
    let server = Server::start(Site::shipped().mistaking(".js", "text/plain"));
    for path in PAGES {
        Page::go(browser, &format!("{}{path}", server.address())).await;
        names_the_reasons(browser, "text/plain").await;
    }
}

/// A host that does not redirect to the folder's address with a slash; then the browser looks for all files beside the
/// folder.
async fn its_folder_lacks_the_slash(browser: &Browser) {
    let site = Site::plain().in_folder("/lanes/");
    let html = String::from_utf8(site.file_at("/lanes/").expect("it was built")).expect("a page is text");
    let server = Server::start(site.with_document("/lanes", &html));
    Page::go(browser, &format!("{}lanes", server.address())).await;
    names_the_reasons(browser, "/lanes").await;
}

async fn it_was_opened_as_a_file(browser: &Browser) {
    for path in PAGES {
        let file = built().join(path).join("index.html");
        let file = file.canonicalize().expect("it was built");
        Page::go(browser, &format!("file://{}", file.display())).await;
        says(browser, &["opened as a file"], "a file").await;
    }
}

/// Without headers, and on a host that lets any origin read its files (GitHub Pages): there the script begins, and
/// names the reason itself.
async fn it_is_in_a_sandbox(browser: &Browser) {
    for site in [Site::plain(), Site::plain().with_header("Access-Control-Allow-Origin", "*")] {
        in_a_sandbox_it_says(browser, site, "allow-scripts", "sandbox lacks allow-same-origin").await;
    }
}

async fn a_sandbox_without_scripts_is_told_of_scripts(browser: &Browser) {
    if browser.engine == Engine::Firefox {
        // the drivers of the other engines see nothing in a frame without scripts
        in_a_sandbox_it_says(browser, Site::plain(), "", "JavaScript. Please allow it").await;
    }
}

/// One frame at a time, because in a frame that is out of view the style sheet's delay does not pass.
async fn in_a_sandbox_it_says(browser: &Browser, site: Site, sandbox: &str, wanted: &str) {
    let deck = |path: &str| {
        let frame = format!("<iframe src=\"/{path}\" sandbox=\"{sandbox}\" width=\"700\" height=\"500\"></iframe>");
        format!("<!doctype html><html><head><title>A deck</title></head><body>{frame}</body></html>")
    };
    let server =
        Server::start(site.with_document("/front", &deck(PAGES[0])).with_document("/chapter", &deck(PAGES[1])));
    for at in ["front", "chapter"] {
        Page::go(browser, &format!("{}{at}", server.address())).await;
        browser.driver.enter_frame(0).await.expect("there is one");
        says(browser, &[wanted], &format!("{at} in a sandbox {sandbox:?}")).await;
        browser.driver.enter_default_frame().await.expect("frames can be left");
    }
}

async fn chapter(browser: &Browser, server: &Server, case: &str) {
    Page::go(browser, &format!("{}{}", server.address(), PAGES[1])).await;
    names_the_reasons(browser, case).await;
}

async fn names_the_reasons(browser: &Browser, case: &str) {
    says(browser, &REASONS, case).await;
}

/// Waits until all of `wanted` is visible, and nothing says any longer that the page is loading.
async fn says(browser: &Browser, wanted: &[&str], case: &str) {
    let began = Instant::now();
    loop {
        let body = browser.driver.find(By::Tag("body")).await.expect("a document has one");
        let shown = body.text().await.expect("the driver sees what is shown");
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if wanted.iter().all(|wanted| shown.contains(wanted)) && !shown.contains("Loading") {
            return;
        }
        assert!(began.elapsed() < LIMIT, "{:?}, {case}: {shown:?}", browser.engine);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
