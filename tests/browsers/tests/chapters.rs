//! Every chapter as a reader goes through it: opened by its link, its questions guessed, run and marked, and on to the
//! next.
//!
//! Every chapter is opened in each engine and gone through in one of them, in turn. In each engine the first question of
//! its kind is answered, too: a kind is code, which engines run differently, while the questions of a kind differ only in
//! their texts and experiments.
//!
//! What a run shows depends on the machine, so nothing here says which guess is right.

use std::collections::BTreeSet;

use browsers::{Browser, Engine, Page, Preference, Server, Site, in_every_engine, visit_preferring};
use serde_json::json;
use thirtyfour::Key;

use crate::axe;

in_every_engine!(story);

/// How long a page may take to lead to another one.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(20);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    the_front_page_lists_them(browser, &server).await;
    let (mut guessed, mut kinds) = (0, BTreeSet::new());
    for (at, name) in chapters::NAMES.iter().enumerate() {
        let its_turn = Engine::ALL[at % Engine::ALL.len()] == browser.engine;
        let page = Page::open(browser, &address(&server, name)).await;
        fits(browser, &page, name).await;
        for number in asking(&page).await {
            let is_new = kinds.insert(kind(&page, &id(&page, "ask", number).await).await);
            if is_new || its_turn {
                is_guessed_run_and_marked(&page, name, number).await;
                guessed += 1;
            }
        }
        if its_turn {
            axe::load(&page).await;
            axe::finds_nothing_in_either_theme(&page, "body", &format!("{name}, after its runs")).await;
            fits(browser, &page, &format!("{name}, after its runs")).await;
        }
        assert_eq!(page.errors().await, [""; 0], "{name}");
    }
    assert_eq!(kinds.len(), KINDS.len() + 1, "all kinds of questions: {kinds:?}");
    the_list_says_what_was_guessed(browser, &server).await;
    what_was_found_is_kept(browser, &server).await;
    the_sheet_has_all_of_it(browser, &server, guessed - 1).await; // the first one was started afresh
    keys_turn_pages(browser, &server).await;
    by_the_keyboard_alone(browser, &server).await;
    numbers_may_be_typed(browser, &server).await;
    a_law_is_set_and_run(browser, &server).await;
    lines_are_there_before_the_run_ends(browser, &server).await;
    a_question_may_be_skipped(browser, &server).await;
    the_front_page_leads_to_a_chapter_by_its_name(browser, &server).await;
}

fn address(server: &Server, name: &str) -> String {
    format!("{}chapters/{name}/", server.address())
}

/// The numbers of the labs that have a question.
pub async fn asking(page: &Page<'_>) -> Vec<u64> {
    let numbers =
        "return [...document.querySelectorAll('.lab')].flatMap((lab, at) => lab.querySelector('.ask') ? [at + 1] : [])";
    let numbers = page.script(numbers, vec![]).await;
    numbers.as_array().expect("a list").iter().filter_map(serde_json::Value::as_u64).collect()
}

/// A selector for the element with this id; where a page has several labs, the id ends with the lab's number.
pub async fn id(page: &Page<'_>, name: &str, number: u64) -> String {
    if page.count(".lab").await == 1 { format!("#{name}") } else { format!("#{name}-{number}") }
}

async fn the_front_page_lists_them(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    let links = "return [...document.querySelectorAll('nav.chapters a')].map((link) => link.getAttribute('href'))";
    let expected: Vec<_> = chapters::NAMES.iter().map(|name| format!("chapters/{name}/")).collect();
    assert_eq!(page.script(links, vec![]).await, json!(expected));
    let capabilities = "return JSON.parse(recorder.last('lanes:ready')).capabilities.chapters";
    assert_eq!(page.script(capabilities, vec![]).await, json!(chapters::NAMES));
    // a visitor who sees only the first screen also finds them, and the links go where they should
    let ways = "return [...document.querySelectorAll('.top a')].map(({ href }) => href)";
    let ways = page.script(ways, vec![]).await;
    let [first, last] = ["#chapters-heading", "chapters/decide/"].map(|way| format!("{}{way}", server.address()));
    assert_eq!(ways, json!([first, last]));
    page.press(".top a").await;
    page.until("(({ top }) => top >= 0 && top < innerHeight)(document.querySelector('#chapters-heading').getBoundingClientRect())").await;
}

/// The page is not wider than the window, neither on a small phone nor on a laptop.
async fn fits(browser: &Browser, page: &Page<'_>, what: &str) {
    if browser.engine != Engine::Chromium {
        return;
    }
    for width in [320, 1280] {
        browser.resize(width, 800).await;
        let widths = page.script("return [document.documentElement.scrollWidth, innerWidth]", vec![]).await;
        assert!(widths[0].as_u64() <= widths[1].as_u64(), "{what} at {width}: {widths}");
    }
}

/// Chooses the first answer, or the middle of the axis, and the last reason.
async fn is_guessed_run_and_marked(page: &Page<'_>, chapter: &str, number: u64) {
    let ask = id(page, "ask", number).await;
    let what = format!("{chapter}, question {number}");
    let hidden = format!("return document.querySelector('{ask} ~ .behind').hidden");
    assert_eq!(page.script(&hidden, vec![]).await, json!(true), "{what}: lanes before the question");
    let commit = id(page, "commit", number).await;
    if page.count(&format!("{ask} .rank")).await == 0 {
        page.until(&format!("document.querySelector('{commit}').disabled")).await;
    }
    choose(page, &ask).await;
    page.press(&format!("{ask} .because .choice:last-of-type input")).await;
    page.press(&commit).await;
    page.until(&format!("document.querySelector('{ask} .sentence')")).await;
    let sentence = page.text(&format!("{ask} .sentence")).await;
    let sorted = sentence.starts_with("You sorted ") && sentence.contains("What kept others waiting: ");
    let marked = sorted || sentence.contains("You said: ") && sentence.contains(" was") && sentence.contains("here");
    let marked = marked
        || sentence.contains("Here it was: ")
        || sentence.contains("t is: ")
        || sentence.starts_with("This guess cannot be marked here: ");
    assert!(marked, "{what}: {sentence:?}");
    let reason = page.text(&format!("{ask} .reveal")).await;
    assert!(reason.contains("Your reason, "), "{what}: {reason:?}");
    assert_eq!(page.script(&hidden, vec![]).await, json!(false), "{what}: no lanes");
}

/// For each kind of question, what is pressed to answer it. In the kind `.sort`, which is not listed, one thing is
/// pressed in each row.
const KINDS: [(&str, &str); 4] = [
    (".choices", ".choices .choice:first-of-type input"),
    (".point", ".point input"),
    (".rank", ".rank li:nth-child(2) button"),
    (".curve", ".curve svg"), // drawn where it was pressed
];

/// The kind of a question, as a selector.
async fn kind(page: &Page<'_>, ask: &str) -> &'static str {
    for (kind, _) in KINDS {
        if page.count(&format!("{ask} {kind}")).await > 0 {
            return kind;
        }
    }
    ".sort"
}

pub async fn choose(page: &Page<'_>, ask: &str) {
    for (kind, press) in KINDS {
        if page.count(&format!("{ask} {kind}")).await > 0 {
            page.press(&format!("{ask} {press}")).await;
        }
    }
    for row in 1..=page.count(&format!("{ask} .sort tbody tr")).await {
        page.press(&format!("{ask} .sort tr:nth-child({row}) td:nth-child(2) input")).await;
    }
}

/// It is kept on this device, until a visitor starts afresh.
async fn what_was_found_is_kept(browser: &Browser, server: &Server) {
    let first = address(server, chapters::NAMES[0]);
    let page = Page::open(browser, &first).await;
    let kept = page.text(".reveal.before").await;
    assert!(kept.starts_with("From an earlier run on this device: "), "{kept:?}");
    let chosen =
        "return [document.querySelector('#commit').disabled, document.querySelector('.own-guess output').value]";
    let before = page.script(chosen, vec![]).await;
    let guess = before[1].as_str().expect("a text");
    // with other browsers running, threads may have had no core of their own, and then nothing was marked
    let told = kept.contains(guess) || kept.contains("This guess cannot be marked here: ");
    assert!(before[0] == json!(false) && guess != "not set yet" && told, "{before} of {kept:?}");
    let page = Page::open(browser, &format!("{first}?fresh=1")).await;
    assert_eq!(page.count(".reveal.before").await, 0);
    assert_eq!(page.script(chosen, vec![]).await, json!([true, "not set yet"]));
    // where the browser cannot store anything, nothing breaks
    page.script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        vec![],
    )
    .await;
    is_guessed_run_and_marked(&page, chapters::NAMES[0], 1).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// The sheet lists all guesses, until they are forgotten.
async fn the_sheet_has_all_of_it(browser: &Browser, server: &Server, guessed: u64) {
    let page = Page::open(browser, &format!("{}sheet/", server.address())).await;
    page.until("document.querySelector('#forget')").await;
    assert_eq!(page.count("tbody tr").await, guessed);
    axe::load(&page).await;
    axe::finds_nothing(&page, "body", "the sheet").await;
    fits(browser, &page, "the sheet").await;
    page.press("#forget").await;
    page.until("!document.querySelector('tbody tr')").await;
    assert_eq!(page.errors().await, [""; 0]);
}

async fn keys_turn_pages(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &address(server, chapters::NAMES[0])).await;
    for (key, to) in [("n", chapters::NAMES[1]), ("p", chapters::NAMES[0])] {
        page.is_loaded_again(page.keys(key)).await;
        let path = page.script("return location.pathname", vec![]).await;
        assert_eq!(path, format!("/chapters/{to}/"), "{key}");
    }
    page.is_loaded_again(page.press("#next-chapter")).await;
    assert_eq!(page.script("return location.pathname", vec![]).await, format!("/chapters/{}/", chapters::NAMES[1]));
}

/// From the top of the page to a marked guess.
async fn by_the_keyboard_alone(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?fresh=1", address(server, "start"))).await;
    for (part, keys) in [
        ("input[type=range]", Key::Right + ""),
        (".because input", Key::Space + ""),
        ("[type=submit]", Key::Enter + ""),
    ] {
        let there = format!("document.activeElement.matches('#ask {part}')");
        for _ in 0..30 {
            if page.script(&format!("return {there}"), vec![]).await == json!(true) {
                break;
            }
            // Tab sent by WebKit's driver does not move the focus, so a script moves it there
            match browser.engine {
                Engine::WebKit => {
                    page.script("document.querySelector(arguments[0]).focus()", vec![format!("#ask {part}").into()])
                        .await;
                }
                _ => page.keys(Key::Tab + "").await,
            }
        }
        assert_eq!(page.script(&format!("return {there}"), vec![]).await, json!(true), "{part} is not reached");
        page.keys(keys).await;
    }
    page.until("document.querySelector('#ask .sentence')").await;
}

/// Everything that can be dragged can also be typed as a number: a point, and each point of a curve.
async fn numbers_may_be_typed(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?fresh=1", address(server, "start"))).await;
    page.type_into("#ask input.typed", "1.9".to_owned() + Key::Tab).await;
    page.until("document.querySelector('.own-guess output').value === '1.9 times'").await;
    // a number beyond the axis is no guess, and a message names the legal range
    let refused = "const field = document.querySelector('#ask input.typed');
        field.value = '99';
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    page.script(refused, vec![]).await;
    page.until("/ to 4\\./.test(document.querySelector('#ask input.typed[aria-invalid=true] + .why')?.innerText)")
        .await;
    assert_eq!(page.text(".own-guess output").await, "1.9 times");
    let page = Page::open(browser, &format!("{}?fresh=1", address(server, "rule"))).await;
    page.press(".curve summary").await;
    let fields = page.count(".curve input").await;
    assert_eq!(fields, 6, "one for each number of workers");
    page.type_into(".curve tr:nth-child(3) input", "2.5".to_owned() + Key::Tab).await;
    let third_is_another = "(() => {
        const points = document.querySelector('.curve .guess-line').getAttribute('d').split(/[ML]/).slice(1);
        const heights = points.map((point) => point.split(' ')[1]);
        return heights.length === 6 && heights[0] === heights[1] && heights[1] !== heights[2];
    })()";
    page.until(third_is_another).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// The sequential part in the law is also the workload's parameter: the value that is typed is drawn and run, and
/// another value removes what was measured with it.
async fn a_law_is_set_and_run(browser: &Browser, server: &Server) {
    let typed = "const field = document.querySelector('.law input.typed');
        field.value = arguments[0];
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    let page = Page::open(browser, &format!("{}?fresh=1", address(server, "scaling"))).await;
    assert!(page.text(".law .said").await.contains("With a serial part of 5 %"));
    page.script(typed, vec![50.into()]).await;
    page.until("/no number of workers is 2 times/.test(document.querySelector('.law .said').innerText)").await;
    for illegal in ["4.5", "101", "half"] {
        page.script(typed, vec![illegal.into()]).await;
        page.until("document.querySelector('.law [role=alert]')?.innerText === 'A whole number from 0 to 100.'").await;
        assert!(page.text(".law .said").await.contains("With a serial part of 50 %"), "{illegal}");
        page.script(typed, vec![50.into()]).await;
        page.until("!document.querySelector('.law [role=alert]')").await;
    }
    let lab = "document.querySelector('.law').closest('.lab')";
    assert_eq!(page.script(&format!("return {lab}.querySelector('.behind').hidden"), vec![]).await, json!(true));
    page.press(".law .commit button").await;
    page.until(&format!("{lab}.querySelector('.law circle')")).await;
    let dots = format!("return {lab}.querySelectorAll('.law circle').length");
    assert_eq!(page.script(&dots, vec![]).await, json!(8), "a dot for each number of workers");
    page.script(typed, vec![20.into()]).await;
    page.until(&format!("!{lab}.querySelector('.law circle')")).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// Printed lines appear below the lane during the run: all of them as soon as a sample is over.
async fn lines_are_there_before_the_run_ends(browser: &Browser, server: &Server) {
    let page =
        Page::open(browser, &format!("{}?workload=printing&line=60&strategies=event-loop&samples=3", server.address()))
            .await;
    page.press("#run").await;
    let all = "A1 B1 C1 A2 B2 C2 A3 B3 B4";
    page.until(&format!(
        "document.querySelector('.printed samp')?.textContent === '{all}' && !document.querySelector('#results tbody tr')"
    ))
    .await;
    page.until_results().await;
    assert_eq!(page.text(".printed samp").await, all);
}

/// The list shows beside each chapter how many of its questions were guessed.
async fn the_list_says_what_was_guessed(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    let said = "return [...document.querySelectorAll('nav.chapters li')].map((item) => item.innerText)";
    let said = page.script(said, vec![]).await;
    let first = said[0].as_str().expect("a line");
    assert!(first.ends_with("1 of 1 guessed"), "{said}");
}

/// A question can be skipped, and its lab still runs.
async fn a_question_may_be_skipped(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &address(server, "start")).await;
    page.press("#skip").await;
    page.until_results().await;
    assert_eq!(page.count("#ask .sentence").await, 0);
    assert_eq!(page.script("return document.querySelector('#skip').hidden", vec![]).await, json!(true));
}

async fn the_front_page_leads_to_a_chapter_by_its_name(browser: &Browser, server: &Server) {
    let page = Page::go(browser, &format!("{}?chapter=gil&theme=dark", server.address())).await;
    let began = std::time::Instant::now();
    let there = "return location.pathname === '/chapters/gil/' && !!document.querySelector('.lab')";
    // fails while one document makes way for the other
    while !browser.driver.execute(there, vec![]).await.is_ok_and(|there| *there.json() == true) {
        assert!(began.elapsed() < LIMIT, "{:?}: it leads nowhere", browser.engine);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(page.script("return document.documentElement.dataset.theme", vec![]).await, json!("dark"));
    for harmless in ["?chapter=nowhere", "?chapter=gil&view=embed"] {
        let page = Page::open(browser, &format!("{}{harmless}", server.address())).await;
        assert_eq!(page.script("return location.pathname", vec![]).await, json!("/"), "{harmless}");
    }
}

/// Without JavaScript a chapter's whole text is shown.
async fn plain_story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for name in chapters::NAMES {
        browser.driver.goto(address(&server, name)).await.expect("a document loads without");
        let body = browser.driver.find(thirtyfour::By::Tag("body")).await.expect("a document has one");
        let shown = squeezed(&body.text().await.expect("the driver sees what is shown"));
        let source = std::fs::read_to_string(format!("{}/../../chapters/{name}/text.md", env!("CARGO_MANIFEST_DIR")));
        let source = source.expect("a chapter has a text");
        let asked = source.lines().filter_map(|line| line.strip_prefix("ask = \"")?.strip_suffix('"'));
        let headings = source.lines().filter_map(|line| line.strip_prefix("## "));
        let paragraphs = source.split("\n\n").filter(|text| text.starts_with(|first: char| first.is_ascii_uppercase()));
        let plain = paragraphs.filter(|text| !text.contains(['[', '*', '`', '|', '<']));
        let mut looked = 0;
        for said in asked.chain(headings).chain(plain) {
            assert!(shown.contains(&squeezed(said)), "{name} does not show {said:?}\n{shown}");
            looked += 1;
        }
        assert!(looked > 5, "{name} has few words");
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn chromium_without_javascript() {
    visit_preferring(Preference::NoJavaScript, Engine::Chromium, plain_story);
}

#[test]
fn firefox_without_javascript() {
    visit_preferring(Preference::NoJavaScript, Engine::Firefox, plain_story);
}
