//! "Which approach fits my project?": the form, its answers, its link, its message, and what would change the answer.

use std::path::Path;
use std::time::Duration;

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::axe;

in_every_engine!(story);

/// A condition: the detailed answer is shown, and the search for changes has begun.
const RANKED: &str = "/^(Looking for|Done)/.test(document.querySelector('#stage')?.textContent)";

/// Counts requests to analysts that start from now on, and the analysts that are running.
const COUNT_QUESTIONS: &str = "window.analysts = { asked: 0, now: 0 };
    window.Worker = class extends Worker {
        constructor(url, options) {
            super(url, options);
            this.counts = options?.name === 'analyst';
            if (this.counts) analysts.now += 1;
        }
        postMessage(...message) {
            if (this.counts && ArrayBuffer.isView(message[0])) analysts.asked += 1;
            super.postMessage(...message);
        }
        terminate() {
            if (this.counts) analysts.now -= 1;
            super.terminate();
        }
    };";

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    scenarios_have_their_answers(browser, &server).await;
    what_is_wrong_is_named_and_nothing_is_lost(browser, &server).await;
    a_link_is_the_project(browser, &server).await;
    times_and_files_fill_the_form(browser, &server).await;
    changes_appear(browser, &server).await;
    a_run_has_the_machine_to_itself(browser, &server).await;
    a_message_is_answered(browser, &server).await;
}

async fn open<'b>(browser: &'b Browser, server: &Server, query: &str) -> Page<'b> {
    let page = Page::open(browser, &format!("{}chapters/decide/{query}", server.address())).await;
    page.until(RANKED).await;
    page
}

async fn value(page: &Page<'_>, selector: &str) -> Value {
    page.script("return document.querySelector(arguments[0]).value", vec![selector.into()]).await
}

async fn scenarios_have_their_answers(browser: &Browser, server: &Server) {
    let page = open(browser, server, "").await;
    for (name, best) in [("arrays", "Thread"), ("crawler", "rocess"), ("proxy", "asyncio")] {
        page.press(&format!("[name={name}]")).await;
        page.until(&format!("document.querySelector('[name={name}]').ariaPressed === 'true' && {RANKED}")).await;
        let answer = page.text(".answers p").await;
        assert!(answer.starts_with("Python: ") && answer.contains(best), "{name}: {answer}");
        let first = page.text("#ways-python tbody th").await;
        assert!(first.contains(best), "{name}: {first}");
        let address = page.script("return location.search", vec![]).await;
        assert_eq!(address, json!(format!("?preset={name}")));
    }
    let label = page.text(".simulated-label").await;
    assert!(label.starts_with("Simulated, not measured.") && label.contains("CPython 3."), "{label}");
    axe::load(&page).await;
    axe::finds_nothing_in_either_theme(&page, "body", "a project").await;
    assert_eq!(page.errors().await, [""; 0]);
}

async fn what_is_wrong_is_named_and_nothing_is_lost(browser: &Browser, server: &Server) {
    let page = open(browser, server, "?preset=crawler&theme=dark").await;
    page.type_into("[name=units]", "x").await;
    page.until("document.querySelector('#wrong-units')").await;
    let why = page.text("#wrong-units").await;
    assert!(why.contains("“2000x”") && why.contains("a whole number from 1 to 10000000"), "{why}");
    page.type_into("li:first-child [name=most]", Key::Backspace + "y").await;
    page.until("document.querySelector('#wrong-parts-0')").await;
    assert_eq!(value(&page, "[name=units]").await, "2000x");
    assert_eq!(value(&page, "li:first-child [name=most]").await, "80y");
    assert_eq!(page.script("return document.querySelectorAll('.part').length", vec![]).await, json!(3));
    assert_eq!(
        page.script("return document.querySelector('[name=units]').getAttribute('aria-describedby')", vec![]).await,
        json!("wrong-units")
    );
    axe::load(&page).await;
    axe::finds_nothing(&page, "#decide", "with what is wrong").await;
    page.type_into("[name=units]", Key::Backspace + "").await;
    page.until("!document.querySelector('#wrong-units')").await;
    assert!(page.script("return location.search", vec![]).await.as_str().unwrap().contains("theme=dark"));
    assert_eq!(page.errors().await, [""; 0]);
}

async fn a_link_is_the_project(browser: &Browser, server: &Server) {
    let query = "?units=40&cores=8&parts=waits:20~90,compiled:3";
    let page = open(browser, server, query).await;
    assert_eq!(value(&page, "[name=units]").await, "40");
    assert_eq!(value(&page, "li:nth-child(2) [name=kind]").await, "compiled");
    page.press("li:nth-child(2) [name=up]").await;
    page.until("location.search.includes('parts=compiled:3,waits:20~90')").await;
    page.press("[name=add-part]").await;
    page.until("location.search.includes('parts=compiled:3,waits:20~90,waits:10')").await;
    page.press("li:nth-child(1) [name=remove]").await;
    page.until("location.search.includes('parts=waits:20~90,waits:10')").await;
    let written = page.script("return location.search", vec![]).await;
    let again = open(browser, server, written.as_str().expect("a text")).await;
    assert_eq!(again.script("return document.querySelectorAll('.part').length", vec![]).await, json!(2));
    assert_eq!(value(&again, "li:first-child [name=most]").await, "90");
    let wrong = open(browser, server, "?units=0&parts=waits:5,naps:3").await;
    assert_eq!(value(&wrong, "[name=units]").await, "0", "what a link said stays");
    assert!(wrong.text("#wrong-units").await.contains("from 1"));
}

async fn times_and_files_fill_the_form(browser: &Browser, server: &Server) {
    let page = open(browser, server, "?preset=crawler").await;
    page.press("#measured-times summary").await;
    // as if pasted: WebKit's driver cannot type line breaks
    page.script(
        "document.querySelector('[name=times]').value = arguments[0]",
        vec!["fetch,7\nparse,3\nfetch,9\n".into()],
    )
    .await;
    page.press("[name=fill-in]").await;
    page.until("document.querySelectorAll('.part').length === 2").await;
    assert_eq!(value(&page, "li:first-child [name=half]").await, "8");
    assert!(page.text("#measured-times .note").await.contains("fetch and parse"));
    page.press("#project-files summary").await;
    let json = "document.querySelector('[name=project]').value = '{\"units\": 12, \"parts\": [{\"moves\": 3}]}'";
    page.script(json, vec![]).await;
    page.press("[name=take-project]").await;
    page.until("document.querySelector('[name=units]').value === '12'").await;
    assert_eq!(value(&page, "[name=kind]").await, "moves");
    // the costs of a visitor's own Python, and a file that has none
    let recorded =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/recorded").canonicalize().expect("it is there");
    let file = |name: &str| recorded.join(name).into_os_string().into_string().expect("its path is text");
    page.type_into("[name=open-costs]", file("costs-3.11.json")).await;
    page.until("document.querySelector('.simulated-label').textContent.includes('CPython 3.11.7 with its lock')").await;
    page.type_into("[name=open-costs]", file("README.md")).await;
    page.until("document.querySelector('#wrong-python')").await;
    assert!(page.text("#wrong-python").await.starts_with("This is no file of costs.py"));
    assert!(page.text(".simulated-label").await.contains("CPython 3.13.5, with its lock and without it"));
    assert_eq!(page.errors().await, [""; 0]);
}

async fn changes_appear(browser: &Browser, server: &Server) {
    let page = open(browser, server, "?units=40&parts=waits:20,interpreted:5").await;
    page.until("document.querySelectorAll('.change').length > 0").await;
    let change = page.text(".change").await;
    assert!(change.contains("or more, ") || change.contains("or less, ") || change.contains("if they do"), "{change}");
    // another project drops the changes, and starts a new search
    page.type_into("[name=units]", "0").await;
    page.until("!document.querySelector('.change')").await;
    page.until(RANKED).await;
    axe::load(&page).await;
    axe::finds_nothing_at_all(&page, "#decide", "with changes").await;
    // a project with gigabytes of data has changes, too: there is no memory to copy them
    page.press("[name=arrays]").await;
    page.until("document.querySelectorAll('.part').length === 3").await; // until then the page shows the previous project
    page.until("/^(Looking for what would change it: 1|Done|The )/.test(document.querySelector('#stage').textContent)")
        .await;
    page.until("!/^(Working|Looking)/.test(document.querySelector('#stage').textContent)").await;
    assert_eq!(page.text("#stage").await, "Done.");
    assert_eq!(page.errors().await, [""; 0]);
}

async fn a_run_has_the_machine_to_itself(browser: &Browser, server: &Server) {
    const LOOKS: &str = "/^Looking for/.test(document.querySelector('#stage').textContent)";
    let page = open(browser, server, "?preset=crawler").await;
    page.until(LOOKS).await;
    page.script(COUNT_QUESTIONS, vec![]).await;
    page.press("[name=proxy]").await; // drops the analyst that is working
    page.until(&format!("analysts.now === 1 && {LOOKS}")).await;
    page.press("#check").await;
    page.until("/being measured/.test(document.querySelector('#stage').textContent)").await;
    page.until("document.querySelector('#cancel')").await;
    let asked = page.script("return analysts.asked", vec![]).await;
    page.type_into("[name=units]", Key::Backspace + "").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(page.text("#stage").await.contains("being measured"), "a key hides that");
    assert_eq!(page.script("return analysts.asked", vec![]).await, asked, "asked beside what is measured");
    page.press("#cancel").await;
    page.until(&format!("analysts.asked > {asked} && /units=/.test(location.search) && {RANKED}")).await;
    assert_eq!(page.errors().await, [""; 0]);
}

async fn a_message_is_answered(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    let project = json!({ "units": 20, "parts": [{ "waits": 50 }], "corse": 4 });
    page.post(&json!({ "type": "lanes:decide", "id": "d", "project": project })).await;
    let answer = page.hear("d", &["lanes:decision", "lanes:error"]).await;
    assert_eq!(answer["type"], "lanes:decision", "{answer}");
    assert_eq!(answer["decision"]["project"]["units"], 20);
    assert!(answer["decision"]["approaches"].as_array().is_some_and(|all| all.len() > 10), "{answer}");
    assert!(answer["decision"]["changes"].is_array());
    assert_eq!(answer["problems"].as_array().map(Vec::len), Some(1), "{}", answer["problems"]);
    let costs: Value = serde_json::from_str(include_str!("../../../docs/recorded/costs-3.11.json")).expect("JSON");
    let project = json!({ "units": 20, "parts": [{ "waits": 50 }] });
    page.post(&json!({ "type": "lanes:decide", "id": "c", "project": project, "costs": costs })).await;
    let answer = page.hear("c", &["lanes:decision", "lanes:error"]).await;
    assert_eq!(answer["decision"]["costs"]["python"], "3.11.7", "{answer}");
    page.post(&json!({ "type": "lanes:decide", "id": "e", "project": [1] })).await;
    let answer = page.hear("e", &["lanes:decision", "lanes:error"]).await;
    assert_eq!(answer["type"], "lanes:error", "{answer}");
}
