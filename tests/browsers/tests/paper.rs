//! The lab on paper, after a race of five strategies, in either theme, without backgrounds: each lane is beside its
//! name and in the colours for paper, no row straddles two pages, nothing is cut off, and the marks of the legend are
//! printed. Not in WebKit, whose driver cannot print.

use std::collections::BTreeMap;

use browsers::{Browser, Engine, Page, Server, Site, visit_any};
use lopdf::content::Content;
use lopdf::{Document, Object};
use serde_json::json;

use crate::print::{PAPERS, print, probe};
use crate::sizes::LANES;

/// Strategies with one lane and with three, and a workload that has pictures.
const RACE: &str = "strategies=blocking,event-loop,threads,processes,gil&size=600&samples=2&workers=3";

/// The legend's colours on paper: computing, the page frozen, the heartbeat.
const MARKS: [[u8; 3]; 3] = [[0x17, 0x88, 0x6a], [0xc6, 0x28, 0x28], [0x59, 0x63, 0x6b]];

#[test]
fn chromium() {
    visit_any(Engine::Chromium, story);
}

#[test]
fn firefox() {
    visit_any(Engine::Firefox, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for theme in ["light", "dark"] {
        let page = Page::open(browser, &format!("{}?theme={theme}&{RACE}", server.address())).await;
        page.press("#run").await;
        page.until_results().await;
        let looked = LANES.trim_end().trim_end_matches(';');
        let listen = format!("addEventListener('beforeprint', () => {{ window.printed = (() => {{ {looked} }})(); }})");
        page.script(&listen, vec![]).await;
        is_on_paper(browser, theme).await;
        let printed = page.script("return window.printed", vec![]).await;
        assert_eq!(
            printed,
            json!({ "rows": 5, "apart": [] }),
            "{:?}, {theme}: as it was drawn for paper",
            browser.engine
        );
        page.wait("setTimeout(arguments[0], 300)", vec![]).await;
        let after = page.script(LANES, vec![]).await;
        assert_eq!(after, json!({ "rows": 5, "apart": [] }), "{:?}, {theme}: on the screen again", browser.engine);
        no_moment_is_on_paper(browser, &page, theme).await;
        assert_eq!(page.errors().await, [""; 0]);
    }
}

/// Puts links at two corners of everything that belongs together: each row of lanes, the legend, each picture, each row
/// of a table.
const PARTS: &str = "
    const corner = (element, edge, side) => {
        const address = probe(element, edge);
        element.lastElementChild.style.left = side === 'left' ? 0 : 'calc(100% - 1px)';
        return address;
    };
    const corners = (element) => [corner(element, 'top', 'left'), corner(element, 'bottom', 'right')];
    return [...document.querySelectorAll('.row, .legend, .pictures figure')].map(corners)
        .concat([...document.querySelectorAll('#results tr')].map(({ cells }) =>
            [corner(cells[0], 'top', 'left'), corner([...cells].at(-1), 'bottom', 'right')]));";

async fn is_on_paper(browser: &Browser, theme: &str) {
    let parts: Vec<[String; 2]> = probe(browser, PARTS).await;
    assert_eq!(parts.len(), 5 + 1 + 5 + 6, "lanes, legend, pictures, results");
    for paper in PAPERS {
        let when = format!("{:?}, {theme}, {paper:?}", browser.engine);
        let pdf = print(browser, paper).await;
        let places = places(&pdf);
        for part in &parts {
            let [first, last] = [0, 1].map(|at| places.get(&part[at]));
            let (Some(first), Some(last)) = (first, last) else { panic!("{when}: {part:?} is cut off") };
            assert_eq!(first.page, last.page, "{when}: {part:?} straddles two pages");
            assert!(first.is_within() && last.is_within(), "{when}: {part:?} sticks out: {first:?}, {last:?}");
        }
        let colours = colours(&pdf);
        for mark in MARKS {
            let there = |colour: &[f32; 3]| {
                colour.iter().zip(mark).all(|(own, wanted)| (own * 255.0 - f32::from(wanted)).abs() < 1.0)
            };
            assert!(colours.iter().any(there), "{when}: no mark in {mark:?} among {colours:?}");
        }
    }
}

/// Puts links on the rows and on what shows a moment, after removing the links that are there already.
const MOMENT: &str = "
    document.querySelectorAll('[href*=\"probe.test\"]').forEach((link) => link.remove());
    return ['.row', '.player', '.veil', 'div.now'].map((part) =>
        [...document.querySelectorAll(part)].map((element) => probe(element, 'top')));";

/// While the player is open everything is still printed, and nothing of the player covers it.
async fn no_moment_is_on_paper(browser: &Browser, page: &Page<'_>, theme: &str) {
    page.press("#player .step:nth-of-type(3)").await;
    page.until("document.querySelector('.veil') && document.querySelector('div.now')").await;
    let [rows, over @ ..]: [Vec<String>; 4] = probe(browser, MOMENT).await;
    let [paper, _] = PAPERS;
    let places = places(&print(browser, paper).await);
    let when = format!("{:?}, {theme}, with the player open", browser.engine);
    assert!(rows.iter().all(|row| places.contains_key(row)), "{when}: a row is not there");
    for (part, links) in ["the player", "a veil", "a mark"].into_iter().zip(over) {
        assert!(!links.is_empty(), "{when}: {part} is not on the screen");
        assert!(links.iter().all(|link| !places.contains_key(link)), "{when}: {part} is on paper");
    }
}

/// Where a link is: the number of its page, its left and right edge in points, and the page's width in points.
#[derive(Debug)]
struct Place {
    page: u32,
    left: f32,
    right: f32,
    width: f32,
}

impl Place {
    /// Whether the link is within the page's margins, which are about a centimetre.
    fn is_within(&self) -> bool {
        let margin = 27.0;
        self.left >= margin && self.right <= self.width - margin
    }
}

/// The places of all links, by address.
fn places(pdf: &Document) -> BTreeMap<String, Place> {
    let on_page = |(page, id)| {
        let numbers = |object: &Object| {
            let list = object.as_array().ok()?;
            list.iter().map(|number| number.as_float().ok()).collect::<Option<Vec<_>>>()
        };
        let media = inherited(pdf, id, b"MediaBox").and_then(|media| numbers(&media));
        let width = media.expect("a page has a size")[2];
        let annotations = pdf.get_page_annotations(id).unwrap_or_default();
        annotations.into_iter().filter_map(move |annotation| {
            let address = pdf.get_dict_in_dict(annotation, b"A").and_then(|action| action.get(b"URI"));
            let address = address.and_then(Object::as_str).ok()?;
            let rectangle = numbers(annotation.get(b"Rect").ok()?)?;
            let (left, right) = (rectangle[0].min(rectangle[2]), rectangle[0].max(rectangle[2]));
            Some((String::from_utf8_lossy(address).into_owned(), Place { page, left, right, width }))
        })
    };
    pdf.get_pages().into_iter().flat_map(on_page).collect()
}

/// A page's own value for a key, or the one that it inherits; `None` if there is neither.
fn inherited(pdf: &Document, page: lopdf::ObjectId, key: &[u8]) -> Option<Object> {
    let mut at = pdf.get_dictionary(page).ok()?;
    loop {
        if let Ok(found) = at.get(key) {
            return pdf.dereference(found).ok().map(|(_, found)| found.clone());
        }
        at = pdf.get_dictionary(at.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
}

/// All colours with which something is filled or drawn. Canvases are printed as images, so their colours are not among
/// these.
fn colours(pdf: &Document) -> Vec<[f32; 3]> {
    let mut contents: Vec<_> = pdf.get_pages().into_values().map(|page| pdf.get_page_content(page)).collect();
    // parts of a page may be in separate forms
    let streams = pdf.objects.values().filter_map(|object| object.as_stream().ok());
    let forms = streams
        .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form"));
    contents.extend(forms.filter_map(|form| form.decompressed_content().ok()));
    let operations =
        contents.iter().filter_map(|content| Content::decode(content).ok()).flat_map(|content| content.operations);
    let set =
        operations.filter(|operation| ["rg", "RG", "sc", "SC", "scn", "SCN"].contains(&operation.operator.as_str()));
    let colour = |operands: Vec<Object>| {
        let parts: Vec<_> = operands.iter().filter_map(|part| part.as_float().ok()).collect();
        <[f32; 3]>::try_from(parts).ok()
    };
    set.filter_map(|operation| colour(operation.operands)).collect()
}
