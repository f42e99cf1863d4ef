//! Several labs on one page: each has its own experiment and results, one runs at a time, and the keyboard and messages
//! reach the one in view.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::axe;

in_every_engine!(story);

/// Two labs side by side, and one below them.
const PAGE: &str = include_str!("../pages/labs.html");
/// The numbers of the labs.
const LABS: [u64; 3] = [1, 2, 3];
/// The lab below the others.
const BELOW: &str = "document.querySelectorAll('.lab')[2]";

async fn story(browser: &Browser) {
    let site = Site::shipped().with_document("/labs.html", PAGE);
    let server = Server::start(site);
    let address = format!("{}labs.html", server.address());
    let page = Page::open(browser, &address).await;
    each_is_itself(&page).await;
    one_runs_while_the_others_wait(&page).await;
    the_keyboard_runs_the_one_that_has_it(&page).await;
    r_runs_the_one_in_view_and_escape_cancels_it(&page).await;
    the_others_results_stay(&page).await;
    messages_name_a_lab(&page).await;
    each_is_itself(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
    the_one_in_view_runs_by_itself(&Page::open(browser, &format!("{address}?autorun=1")).await).await;
    assert_eq!(browser.complaints().await, [""; 0]);
}

/// Ids are unique, ids that are referred to exist, each lab is a region with a name of its own, and the page is
/// accessible.
async fn each_is_itself(page: &Page<'_>) {
    let twice = "const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
        return ids.filter((id, at) => ids.indexOf(id) !== at)";
    assert_eq!(page.script(twice, vec![]).await, json!([]), "ids that are there twice");
    let missing = "return ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls'].flatMap((attribute) =>
        [...document.querySelectorAll(`[${attribute}]`)].flatMap((element) => element.getAttribute(attribute).split(' ')))
        .filter((id) => !document.getElementById(id))";
    assert_eq!(page.script(missing, vec![]).await, json!([]), "ids that are missing");
    let regions = "return [...document.querySelectorAll('.lab')].map((lab) => [lab.localName, lab.ariaLabel])";
    let named = LABS.map(|number| json!(["section", format!("Lab {number}")]));
    assert_eq!(page.script(regions, vec![]).await, json!(named));
    axe::load(page).await;
    axe::finds_nothing_at_all(page, "html", "with three labs").await;
}

/// A run started by mouse: only its lab has progress and results; the others say whose turn it is, and cannot run
/// meanwhile.
async fn one_runs_while_the_others_wait(page: &Page<'_>) {
    assert_eq!(turns(page).await, json!([null, null, null]));
    let before = [headline(page, 1).await, headline(page, 3).await];
    page.press("#run-2").await;
    page.until("document.querySelector('#cancel-2') && document.querySelector('#progress-2').value > 0").await;
    let others = "return [1, 3].map((lab) => {
        const run = document.querySelector(`#run-${lab}`);
        return [run?.disabled, run?.title !== '', document.querySelector(`#progress-${lab}`).value];
    })";
    assert_eq!(page.script(others, vec![]).await, json!([[true, true, 0], [true, true, 0]]), "the others can run");
    let turn = "Lab 2 is running. It ends first, or is cancelled.";
    assert_eq!(turns(page).await, json!([turn, null, turn]));
    results_of(page, 2).await;
    assert_eq!(with_results(page).await, json!([2]));
    assert_eq!(turns(page).await, json!([null, null, null]), "it is nobody's turn any more");
    assert_eq!([headline(page, 1).await, headline(page, 3).await], before);
}

async fn the_keyboard_runs_the_one_that_has_it(page: &Page<'_>) {
    let second = shown(page, 2).await;
    page.script("document.querySelector('#run-1').focus()", vec![]).await;
    page.keys(Key::Enter.value()).await;
    results_of(page, 1).await;
    assert_eq!(with_results(page).await, json!([1, 2]));
    assert_eq!(shown(page, 2).await, second);
    assert_ne!(shown(page, 1).await, second);
}

/// These keys work wherever the focus is; here it is on the button of another lab, which cannot be pressed meanwhile.
async fn r_runs_the_one_in_view_and_escape_cancels_it(page: &Page<'_>) {
    page.script("document.querySelector('#run-1').focus({ preventScroll: true })", vec![]).await;
    page.script(&format!("{BELOW}.scrollIntoView()"), vec![]).await;
    page.keys("r").await;
    page.until("document.querySelector('#cancel-3') && document.querySelector('#progress-3').value > 0").await;
    page.keys(Key::Escape.value()).await;
    page.until(
        "document.querySelector('#run-3') && document.querySelector('#headline-3').innerText.startsWith('Cancelled')",
    )
    .await;
    assert_eq!(with_results(page).await, json!([1, 2]));
}

async fn the_others_results_stay(page: &Page<'_>) {
    let before = [shown(page, 1).await, shown(page, 2).await];
    let small = json!({ "workload": "primes", "size": 1000, "strategies": ["blocking"], "samples": 1 });
    let run = say(page, "below", None, small).await;
    assert_eq!(run["type"], "lanes:result", "{run}");
    results_of(page, 3).await;
    assert_eq!([shown(page, 1).await, shown(page, 2).await], before);
}

/// A message with a lab's number reaches that lab, one without a number the lab in view; one with any other value is
/// answered by a sentence.
async fn messages_name_a_lab(page: &Page<'_>) {
    let labs = page.script("return JSON.parse(recorder.last('lanes:ready')).capabilities.labs", vec![]).await;
    assert_eq!(labs, json!(LABS.len()));
    let small = || json!({ "workload": "primes", "size": 2000, "strategies": ["blocking"], "samples": 2 });
    for (id, lab, wanted) in [("named", Some(json!(2)), 2), ("as text", Some(json!("1")), 1), ("in view", None, 3)] {
        page.script(&format!("{BELOW}.scrollIntoView()"), vec![]).await;
        let message = say(page, id, lab, small()).await;
        assert_eq!((&message["type"], &message["lab"]), (&json!("lanes:result"), &json!(wanted)), "{id}: {message}");
        let told = "return recorder.messages.filter(({ type, id }) => type === 'lanes:progress' && id === arguments[0])
            .map(({ lab, done }) => [lab, done])";
        let progress = json!([[wanted, 0], [wanted, 1], [wanted, 2], [wanted, 3]]);
        assert_eq!(page.script(told, vec![id.into()]).await, progress, "{id}");
        let size = format!("document.querySelectorAll('.lab')[{}].querySelector('[name=size]').value", wanted - 1);
        let sizes = page.script(&format!("return {size}"), vec![]).await;
        assert_eq!(message["report"]["experiment"]["size"], 2000, "{id}: {sizes}");
    }
    for unknown in [json!(0), json!(4), json!(-1), json!(1.5), json!("two"), json!([1]), json!({})] {
        let message = say(page, &format!("unknown {unknown}"), Some(unknown.clone()), small()).await;
        let sentence = "There is no such lab on this page; there are 3, counted from 1.";
        assert_eq!((&message["type"], &message["message"]), (&json!("lanes:error"), &json!(sentence)), "{unknown}");
    }
}

async fn the_one_in_view_runs_by_itself(page: &Page<'_>) {
    results_of(page, 1).await;
    assert_eq!(with_results(page).await, json!([1]));
    assert_eq!(page.errors().await, [""; 0]);
}

/// Asks for a run, and waits for the message that ends it.
async fn say(page: &Page<'_>, id: &str, lab: Option<Value>, experiment: Value) -> Value {
    let mut message = json!({ "type": "lanes:run", "id": id, "experiment": experiment });
    if let Some(lab) = lab {
        message["lab"] = lab;
    }
    page.post(&message).await;
    page.hear(id, &["lanes:result", "lanes:error"]).await
}

/// Waits until a lab has its results.
async fn results_of(page: &Page<'_>, lab: u64) {
    page.until(&format!(
        "document.querySelector('#headline-{lab}.failed')
         || document.querySelector('#run-{lab}') && document.querySelector('#results-{lab} tbody tr')"
    ))
    .await;
    let failed = format!("return document.querySelector('#headline-{lab}.failed')?.textContent");
    assert_eq!(page.script(&failed, vec![]).await, Value::Null, "lab {lab}");
}

/// What each lab says about whose turn it is; null where it says nothing.
async fn turns(page: &Page<'_>) -> Value {
    let said =
        "return [...document.querySelectorAll('.lab')].map((lab) => lab.querySelector('p.turn')?.innerText ?? null)";
    page.script(said, vec![]).await
}

async fn headline(page: &Page<'_>, lab: u64) -> Value {
    page.script(&format!("return document.querySelector('#headline-{lab}').innerText"), vec![]).await
}

/// The labs that have results.
async fn with_results(page: &Page<'_>) -> Value {
    let there = "return [...document.querySelectorAll('.lab')].flatMap((lab, at) =>
        lab.querySelector('.results tbody tr') ? [at + 1] : [])";
    page.script(there, vec![]).await
}

/// What a lab shows of its results.
async fn shown(page: &Page<'_>, lab: u64) -> Value {
    let parts = "return ['.headline', '.said', '.numbers', '.results', '.lanes-table'].map((part) =>
        [...document.querySelectorAll('.lab')[arguments[0] - 1].querySelectorAll(part)].map((part) => part.textContent))";
    page.script(parts, vec![lab.into()]).await
}
