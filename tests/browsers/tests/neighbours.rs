//! On a host without headers that also has other pages: the service worker of Lanes leaves them as they are, also where
//! an older service worker did not.

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};

in_every_engine!(story);

/// Whether a file or page of the same host that does not belong to Lanes arrives as the host sends it.
const UNTOUCHED: &str = "const [path, done] = arguments;
    fetch(path).then(({ headers }) => done(!headers.has('Cross-Origin-Embedder-Policy')), (error) => done(String(error)))";
/// Whether the page's picture and frame from another host were loaded, once both have had time.
const SHOWN: &str = "const [done] = arguments;
    const shown = () => [document.querySelector('img').naturalWidth > 0, window.heard === true];
    const began = performance.now();
    (function look() {
        shown().every(Boolean) || performance.now() - began > 3000 ? done(shown()) : setTimeout(look, 50);
    })()";

async fn story(browser: &Browser) {
    let others = Server::start(Site::plain().with_document("/frame", FRAME));
    for place in ["/", "/folder/"] {
        among_other_pages(browser, &others, place).await;
    }
    an_older_service_worker_gives_way(browser, &others).await;
}

/// A page of another host, to be shown in a frame.
const FRAME: &str = "<!doctype html><html><head><title>Somebody else's</title>\
    <script>parent.postMessage('here', '*');</script></head><body></body></html>";

/// A site with Lanes at `place`, and two unrelated pages: one beside Lanes, one in a folder below.
fn site(others: &Server, place: &str) -> Server {
    let theirs = others.other_address();
    let page = format!(
        "<!doctype html><html><head><title>A neighbour</title>\
         <script>addEventListener('message', ({{ data }}) => window.heard ||= data === 'here');</script></head>\
         <body><img src=\"{theirs}icon.svg\"><iframe src=\"{theirs}frame\"></iframe></body></html>"
    );
    let site = Site::by_service_worker().in_folder(place);
    let [beside, below] =
        if place == "/" { ["/neighbour.html", "/blog/"] } else { ["/folder/neighbour.html", "/folder/blog/"] };
    Server::start(site.with_document(beside, &page).with_document(below, &page))
}

fn at(server: &Server, path: &str) -> String {
    format!("{}{}", server.address(), path.trim_start_matches('/'))
}

async fn among_other_pages(browser: &Browser, others: &Server, place: &str) {
    let server = site(others, place);
    for _ in ["isolated by one reload", "already isolated"] {
        let page = Page::open(browser, &at(&server, place)).await;
        assert!(page.capabilities().await.expect("the page is ready").shared_memory, "{place}");
        for neighbour in ["neighbour.html", "blog/"] {
            let path = format!("{place}{neighbour}");
            assert_eq!(
                page.wait(UNTOUCHED, vec![path.clone().into()]).await,
                json!(true),
                "{path}, asked for by Lanes"
            );
            is_whole(browser, &at(&server, &path)).await;
            Page::go(browser, &at(&server, place)).await;
        }
    }
    // every page of Lanes is isolated, under each of its addresses
    for own in ["index.html", "chapters/gil/", "chapters/gil/index.html", "glossary/", "?view=embed"] {
        let page = Page::open(browser, &at(&server, &format!("{place}{own}"))).await;
        assert_eq!(page.script("return crossOriginIsolated", vec![]).await, json!(true), "{place}{own}");
    }
}

/// The older service worker was there first; the next visit to Lanes replaces it.
async fn an_older_service_worker_gives_way(browser: &Browser, others: &Server) {
    let server = site(others, "/");
    server.fail(Fault::SERVICE_WORKER_OLD);
    let page = Page::open(browser, &server.address()).await;
    assert!(page.capabilities().await.expect("the page is ready").shared_memory);
    let page = Page::go(browser, &at(&server, "neighbour.html")).await;
    assert_eq!(page.wait(SHOWN, vec![]).await, json!([false, false]), "the older one harms its neighbours");
    server.heal();
    let page = Page::open(browser, &server.address()).await;
    page.wait(&until_untouched(), vec!["/neighbour.html".into()]).await;
    is_whole(browser, &at(&server, "neighbour.html")).await;
    let page = Page::open(browser, &server.address()).await;
    assert!(page.capabilities().await.expect("the page is ready").shared_memory);
}

fn until_untouched() -> String {
    let look = UNTOUCHED.replace("const [path, done] = arguments;", "");
    let again = look.replace("=> done(!", "=> go(!");
    format!(
        "const [path, done] = arguments; const go = (yes) => yes ? done(yes) : setTimeout(look, 100); function look() {{ {again} }} look();"
    )
}

async fn is_whole(browser: &Browser, address: &str) {
    let page = Page::go(browser, address).await;
    let shown: Value = page.wait(SHOWN, vec![]).await;
    assert_eq!(shown, json!([true, true]), "{:?}, {address}: its picture and its frame", browser.engine);
    assert_eq!(page.script("return crossOriginIsolated", vec![]).await, json!(false), "{address}");
}
