//! `make pictures`: the documentation's screenshots, from the real page after a real run.

use std::fs;
use std::path::Path;

use browsers::{Browser, Engine, Page, Server, Site, visit};

/// What is run, the size of its picture, and its name.
const PICTURES: [(&str, (u32, u32), &str); 3] = [
    ("size=1200", (1280, 800), "wide"),
    ("size=1200", (390, 844), "narrow"),
    ("workload=primes&strategies=blocking,threads&workers=4", (1280, 560), "cores"),
];

fn main() {
    visit(Engine::Chromium, async |browser| {
        let server = Server::start(Site::shipped());
        for theme in ["light", "dark"] {
            for (query, (width, height), name) in PICTURES {
                browser.resize(width, height).await;
                take(browser, &format!("{}?{query}&theme={theme}", server.address()), &format!("{name}-{theme}.png"))
                    .await;
            }
        }
    });
}

async fn take(browser: &Browser, address: &str, name: &str) {
    let page = Page::open(browser, address).await;
    let run = "const done = arguments[0]; document.querySelector('#run').click();
        (function look() {
            document.querySelector('#run') && document.querySelector('#results tbody tr')
                ? requestAnimationFrame(() => requestAnimationFrame(done)) : setTimeout(look, 50);
        })()";
    page.wait(run, vec![]).await;
    page.script("scrollTo(0, 0); document.activeElement?.blur()", vec![]).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures");
    fs::create_dir_all(&folder).expect("docs can be written");
    let file = folder.join(name);
    browser.driver.screenshot(&file).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    println!("docs/pictures/{name}");
}
