//! `make pictures`: the documentation's screenshots, from the real page after a real run.

use std::fs;
use std::path::Path;

use browsers::{Browser, Engine, Page, Server, Site, visit};

/// The size of a picture and its name.
const SIZES: [(u32, u32, &str); 2] = [(1280, 800, "wide"), (390, 844, "narrow")];

fn main() {
    visit(Engine::Chromium, async |browser| {
        let server = Server::start(Site::shipped());
        for theme in ["light", "dark"] {
            for (width, height, name) in SIZES {
                browser.resize(width, height).await;
                take(browser, &server, theme, name).await;
            }
        }
    });
}

async fn take(browser: &Browser, server: &Server, theme: &str, name: &str) {
    let page = Page::open(browser, &format!("{}?size=1200&theme={theme}", server.address())).await;
    let run = "const done = arguments[0]; document.querySelector('#run').click();
        (function look() {
            document.querySelector('#run') && document.querySelector('#results tbody tr')
                ? requestAnimationFrame(() => requestAnimationFrame(done)) : setTimeout(look, 50);
        })()";
    page.wait(run, vec![]).await;
    page.script("scrollTo(0, 0); document.activeElement?.blur()", vec![]).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures");
    fs::create_dir_all(&folder).expect("docs can be written");
    let file = folder.join(format!("{name}-{theme}.png"));
    browser.driver.screenshot(&file).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    println!("docs/pictures/{name}-{theme}.png");
}
