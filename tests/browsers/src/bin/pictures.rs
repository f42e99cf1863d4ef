//! `make pictures`: the documentation's screenshots, taken of the real page after a real run. `PART=paper` takes only
//! the printed page, `PART=colours` only the page in a visitor's own colours; `PART` with a chapter's name takes only
//! that chapter.

use std::fs;
use std::path::Path;

use browsers::{Browser, Engine, Page, Server, Site, visit};
use thirtyfour::common::print::{PrintPage, PrintParameters};

/// The size of the preview of a shared link, in pixels: what sites that show previews expect.
const PREVIEW: (u32, u32) = (1200, 630);

/// The experiment, the size of its picture, and the picture's name.
const PICTURES: [(&str, (u32, u32), &str); 3] = [
    ("size=1200", (1280, 800), "wide"),
    ("size=1200", (390, 844), "narrow"),
    ("workload=primes&strategies=blocking,threads&workers=4", (1280, 560), "cores"),
];

/// The experiment for the printed page and for a visitor's own colours: strategies with one lane and with several.
const RACE: &str = "strategies=blocking,event-loop,threads,processes,gil&size=1200&workers=3";

fn main() {
    visit(Engine::Chromium, async |browser| {
        let server = Server::start(Site::shipped());
        let part = std::env::var("PART").unwrap_or_default();
        if part.is_empty() {
            every_page(browser, &server).await;
        }
        for name in chapters::NAMES.iter().filter(|name| part.is_empty() || part == **name) {
            a_chapter(browser, &server, name).await;
        }
        if ["", "colours"].contains(&part.as_str()) {
            in_own_colours(browser, &server).await;
        }
        if ["", "paper"].contains(&part.as_str()) {
            on_paper(browser, &server).await;
        }
    });
}

/// The page where the system forces its colours on it: dark ones on a page set to light, and the reverse.
async fn in_own_colours(browser: &Browser, server: &Server) {
    browser.resize(1280, 800).await;
    for (scheme, theme) in [("dark", "light"), ("light", "dark")] {
        browser.emulate(&[("forced-colors", "active"), ("prefers-color-scheme", scheme)]).await;
        let address = format!("{}?{RACE}&theme={theme}", server.address());
        take(browser, &address, &format!("forced-{scheme}.png")).await;
    }
    browser.emulate(&[]).await;
}

/// The page as it is printed from the dark theme, without backgrounds: the file that a printer gets, not a screenshot.
async fn on_paper(browser: &Browser, server: &Server) {
    browser.resize(1280, 800).await;
    run(browser, &format!("{}?{RACE}&theme=dark", server.address())).await;
    let paper = PrintParameters { page: PrintPage { width: 21.0, height: 29.7 }, ..PrintParameters::default() };
    let pdf = browser.driver.print_page(paper).await.expect("Chromium prints");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures/paper.pdf");
    fs::write(&file, pdf).expect("docs can be written");
    println!("docs/pictures/paper.pdf");
}

async fn every_page(browser: &Browser, server: &Server) {
    for theme in ["light", "dark"] {
        for (query, (width, height), name) in PICTURES {
            browser.resize(width, height).await;
            take(browser, &format!("{}?{query}&theme={theme}", server.address()), &format!("{name}-{theme}.png")).await;
        }
    }
    browser.resize(PREVIEW.0, PREVIEW.1).await;
    let front = format!("{}?view=embed&size=1200", server.address());
    take(browser, &front, "preview.png").await;
}

/// A chapter in both themes, wide and narrow, and the preview of its link.
async fn a_chapter(browser: &Browser, server: &Server, name: &str) {
    let address = format!("{}chapters/{name}/", server.address());
    for theme in ["light", "dark"] {
        for (width, height) in [(1280, 800), (390, 844)] {
            browser.resize(width, height).await;
            let address = format!("{address}?theme={theme}&fresh=1");
            answer(browser, &address, &format!("chapter-{name}-{width}-{theme}.png")).await;
        }
    }
    browser.resize(PREVIEW.0, PREVIEW.1).await;
    answer(browser, &format!("{address}?fresh=1"), &format!("preview-{name}.png")).await;
}

/// Answers the first question of a chapter that can be answered with a click, or all rows of its scale, and takes a
/// picture of the result.
async fn answer(browser: &Browser, address: &str, name: &str) {
    let page = Page::open(browser, address).await;
    let answer = "const done = arguments[0];
        const drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));
        const until = (what, then) => document.querySelector(what) ? then() : setTimeout(() => until(what, then), 50);
        // the button is free once the page has seen the answer
        const commit = (form) => {
            const button = form.querySelector('[type=submit]');
            button.disabled ? setTimeout(() => commit(form), 20) : button.click();
        };
        const rows = [...document.querySelectorAll('.guessing')];
        rows.forEach((form, at) => {
            const slider = form.querySelector('input');
            slider.value = 30 + 11 * at;
            slider.dispatchEvent(new Event('input'));
            commit(form);
        });
        if (rows.length) {
            document.querySelector('#measure-scale').click();
            return until('.ladder', drawn);
        }
        const easy = 'input[type=range], .choices input';
        const all = [...document.querySelectorAll('.ask')];
        if (!all.length) return until('.answers p', drawn); // Decide asks nothing
        const ask = all.find((ask) => ask.querySelector(easy)) ?? all[0];
        ask.querySelector(easy)?.click();
        commit(ask);
        until('.ask .sentence', drawn);";
    page.wait(answer, vec![]).await;
    let first =
        "(document.querySelectorAll('.scale-row')[3] ?? document.querySelector('.sentence')?.closest('.experiment')
            ?? document.querySelector('.decide')).scrollIntoView()";
    page.script(&format!("{first}; document.activeElement?.blur()"), vec![]).await;
    shoot(browser, name).await;
}

async fn take(browser: &Browser, address: &str, name: &str) {
    run(browser, address).await;
    shoot(browser, name).await;
}

/// Opens the page, and runs its experiment.
async fn run(browser: &Browser, address: &str) {
    let page = Page::open(browser, address).await;
    let run = "const done = arguments[0]; document.querySelector('#run').click();
        (function look() {
            document.querySelector('#run') && document.querySelector('#results tbody tr')
                ? requestAnimationFrame(() => requestAnimationFrame(done)) : setTimeout(look, 50);
        })()";
    page.wait(run, vec![]).await;
    page.script("scrollTo(0, 0); document.activeElement?.blur()", vec![]).await;
}

async fn shoot(browser: &Browser, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures");
    fs::create_dir_all(&folder).expect("docs can be written");
    let file = folder.join(name);
    browser.driver.screenshot(&file).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    println!("docs/pictures/{name}");
}
