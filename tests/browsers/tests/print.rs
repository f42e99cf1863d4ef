//! Every chapter on paper. Nothing that belongs together straddles two pages: no figure, question, listing, quotation
//! or row, and no heading is separated from the text below it; a decision fits on one page. Not in WebKit, whose driver
//! cannot print.
//!
//! Links without text, which are put at the edges of elements before printing, show where elements are printed:
//! browsers turn each link into an annotation of the page that it is on. An element that is not printed has no
//! annotation, so the rows of a folded table also show that it was unfolded.

use std::collections::BTreeMap;

use browsers::{Browser, Engine, Page, Preference, Server, Site, visit_any, visit_preferring};
use lopdf::{Document, Object};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use thirtyfour::common::print::{PrintPage, PrintParameters};

/// A4 and Letter, in centimetres: a text that fits one of them by chance seldom fits the other.
pub const PAPERS: [PrintPage; 2] = [PrintPage { width: 21.0, height: 29.7 }, PrintPage { width: 21.59, height: 27.94 }];

/// Puts links at the edges of an element.
const EDGES: &str = "
    let links = 0;
    const probe = (element, edge) => {
        const link = document.createElement('a');
        link.href = `http://probe.test/${links++}`;
        Object.assign(link.style, { position: 'absolute', left: 0, [edge]: 0, width: '1px', height: '1px' });
        if (getComputedStyle(element).position === 'static') element.style.position = 'relative';
        element.append(link);
        return link.href;
    };
    const edges = (element) => [probe(element, 'top'), probe(element, 'bottom')];";

/// The elements that should each be on one page. Hidden elements, and folded ones in a lab, are not printed. The
/// results of a run may be taller than a page, so in a lab that was opened each part is checked by itself.
const WHOLES: &str = "
    const opened = ':has(.behind:not([hidden]))';
    const blocks = `main :is(figure:not(${opened}), pre, blockquote, .ask, .race, .row)`;
    const printed = (selector) =>
        [...document.querySelectorAll(selector)].filter((element) => !element.closest('[hidden], .lab details'));
    const whole = (element, probes) =>
        ({ what: `${element.localName} ${JSON.stringify(element.textContent.trim().slice(0, 60))}`, probes });
    return {
        all: edges(document.querySelector('main')),
        wholes: [
            ...printed(blocks).map((block) => whole(block, edges(block))),
            ...printed('main tr').map((row) => whole(row, [...row.cells].flatMap(edges))),
            ...printed('main > :is(h1, h2, h3)').map((heading) =>
                whole(heading, [probe(heading, 'top'), probe(heading.nextElementSibling, 'top')])),
        ],
    };";

/// All parts of a decision: the project, the answers, each approach with its reasons, each change, and expected and
/// measured times.
const DECISION: &str = "
    const parts = '.project-form input[type=text], .answers p, .approaches tr, .changes li, #checked tr';
    return [...document.querySelectorAll(parts)].filter(({ offsetParent }) => offsetParent)
        .map((part) => ({ what: part.textContent.trim() || part.name, probes: edges(part.cells?.[0] ?? part.closest('label') ?? part) }));";

/// The links that were put into a page.
#[derive(Deserialize)]
struct Probed {
    /// The addresses of the links at the edges of the whole text.
    all: Vec<String>,
    wholes: Vec<Whole>,
}

/// Something that belongs together.
#[derive(Debug, Deserialize)]
struct Whole {
    what: String,
    probes: Vec<String>,
}

#[test]
fn chromium() {
    visit_any(Engine::Chromium, story);
}

#[test]
fn firefox() {
    visit_any(Engine::Firefox, story);
}

#[test]
fn chromium_without_javascript() {
    visit_preferring(Preference::NoJavaScript, Engine::Chromium, plain_story);
}

#[test]
fn firefox_without_javascript() {
    visit_preferring(Preference::NoJavaScript, Engine::Firefox, plain_story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for name in chapters::NAMES {
        Page::open(browser, &address(&server, name)).await;
        prints_well(browser, name).await;
    }
    let page = Page::open(browser, &address(&server, "start")).await;
    page.press("#skip").await;
    page.until_results().await;
    prints_well(browser, "start, after a run").await;
    a_decision_is_one_page(browser, &server).await;
}

async fn a_decision_is_one_page(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?preset=crawler", address(server, "decide"))).await;
    page.until("document.querySelector('#stage')?.textContent === 'Done.'").await;
    page.press("#check").await;
    page.until("document.querySelector('#checked table')").await;
    let parts: Vec<Whole> = probe(browser, DECISION).await;
    assert!(parts.len() > 30, "the project, approaches, changes and the check: {parts:?}");
    for paper in PAPERS {
        let printed = format!("{:?} on {paper:?}", browser.engine);
        let found = links(&print(browser, paper).await);
        let elsewhere = |part: &&Whole| part.probes.iter().any(|probe| found.get(probe) != Some(&1));
        let elsewhere: Vec<_> = parts.iter().filter(elsewhere).map(|part| &part.what).collect();
        assert!(elsewhere.is_empty(), "{printed}, not on the first page: {elsewhere:#?}");
    }
}

/// Runs a script that puts links into the page, and returns its result.
pub async fn probe<T: DeserializeOwned>(browser: &Browser, script: &str) -> T {
    let probed =
        browser.driver.execute(format!("{EDGES}{script}"), vec![]).await.expect("drivers may run scripts on any page");
    serde_json::from_value(probed.json().clone()).expect("what was probed")
}

async fn plain_story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for name in chapters::NAMES {
        browser.driver.goto(address(&server, name)).await.expect("a document loads without");
        prints_well(browser, name).await;
    }
}

fn address(server: &Server, name: &str) -> String {
    format!("{}chapters/{name}/", server.address())
}

async fn prints_well(browser: &Browser, name: &str) {
    let Probed { all, wholes } = probe(browser, WHOLES).await;
    assert!(wholes.len() > 5, "{name} has few figures");
    for paper in PAPERS {
        let printed = format!("{:?}, {name} on {paper:?}", browser.engine);
        let found = links(&print(browser, paper).await);
        let pages = |probes: &[String]| probes.iter().map(|probe| found.get(probe)).collect::<Vec<_>>();
        let [first, last] = pages(&all)[..] else { unreachable!("a text has two edges") };
        assert!(
            first.is_some() && first < last,
            "{printed}: from page {first:?} to {last:?}, so the links do not tell pages"
        );
        let is_apart = |whole: &&Whole| {
            let pages = pages(&whole.probes);
            pages[0].is_none() || pages.iter().any(|page| *page != pages[0])
        };
        let apart = wholes.iter().filter(is_apart);
        let apart: Vec<_> = apart.map(|whole| format!("{} {:?}", whole.what, pages(&whole.probes))).collect();
        assert!(apart.is_empty(), "{printed}, on which pages: {apart:#?}");
    }
}

pub async fn print(browser: &Browser, page: PrintPage) -> Document {
    let parameters = PrintParameters { page, ..PrintParameters::default() };
    let pdf = browser.driver.print_page(parameters).await.expect("the driver prints");
    Document::load_mem(&pdf).expect("a PDF")
}

/// The addresses of all links, with the number of the page that each is on.
fn links(pdf: &Document) -> BTreeMap<String, u32> {
    let on_page = |(number, page)| {
        let annotations = pdf.get_page_annotations(page).unwrap_or_default();
        annotations.into_iter().filter_map(move |annotation| {
            let address = pdf.get_dict_in_dict(annotation, b"A").and_then(|action| action.get(b"URI"));
            let address = address.and_then(Object::as_str).ok()?;
            Some((String::from_utf8_lossy(address).into_owned(), number))
        })
    };
    pdf.get_pages().into_iter().flat_map(on_page).collect()
}
