//! A report that was not made here and now: it is opened as a file, shown exactly as it was where it was made, and
//! labelled a recording until it is closed, or something else is chosen or run.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use lab::report::{Report, SCHEMA, Unreadable};
use serde_json::{Value, json};

use crate::chapters;
use crate::experiments::numbers_of;

in_every_engine!(story);

/// The field through which a visitor gives the page a file: in the sheet "More", behind a button.
const FIELD: &str = ".controls input[name=report]";
/// A file of the first schema, as the lab's own tests read it.
const SCHEMA_1: &str = include_str!("../../../crates/lab/tests/report/schema-1.json");

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let elsewhere = Server::start(Site::plain());
    for experiment in experiments() {
        let (report, made) = run(browser, &server, &experiment).await;
        for (server, what) in [(&server, "a page like the one that made it"), (&elsewhere, "a page without threads")] {
            let page = Page::open(browser, &server.address()).await;
            open(browser, &page, &report.to_string()).await;
            let shown = shown(&page).await;
            is_the_same(&shown, &made, &format!("{experiment}, opened in {what}"));
            has_its_charts(&shown, &experiment);
            is_labelled(&page, &report).await;
            assert_eq!(page.errors().await, [""; 0]);
        }
    }
    let (report, _) = run(browser, &server, &experiments()[0]).await;
    it_goes_when_something_else_is_wanted(browser, &server, &report).await;
    files_that_are_no_reports_are_refused(browser, &server, &report).await;
    a_file_can_be_dropped(browser, &server, &report).await;
    one_of_schema_1_says_what_it_said(browser, &server).await;
    one_of_a_real_python_is_shown_as_what_it_is(browser, &server).await;
    it_marks_no_guess(browser, &server).await;
}

/// A recording of another computer marks no guess about this one.
async fn it_marks_no_guess(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    chapters::choose(&page, "#ask").await;
    page.press("#ask .because .choice:last-of-type input").await;
    page.press("#commit").await;
    page.until("document.querySelector('#ask .sentence')").await;
    let kept = "return Object.entries(localStorage).filter(([name]) => name.startsWith('lanes:guess:'))";
    let before = page.script(kept, vec![]).await;
    open(browser, &page, include_str!("../../../docs/recorded/gil-threads-4.json")).await;
    // the analyst handles one request after the other, so this is the last answer
    give(browser, &page, "no report").await;
    is_refused(&page, &words::unreadable(&Unreadable::NoJson)).await;
    assert_eq!(page.script(kept, vec![]).await, before);
    assert_eq!(page.errors().await, [""; 0]);
}

async fn one_of_a_real_python_is_shown_as_what_it_is(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    open(browser, &page, include_str!("../../../docs/recorded/gil-threads-4.json")).await;
    let said = page.script("return document.querySelector('.lab').innerText", vec![]).await;
    let said = said.as_str().expect("a text");
    for part in ["A recording, not made here and now", "CPython 3.13.5, with its GIL", "thread 4", "together"] {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
    assert!(!said.contains("Modelled"), "{said}");
    assert_eq!(page.errors().await, [""; 0]);
}

/// A race, a sweep and activity: together they make the page show every part of a report.
fn experiments() -> [Value; 3] {
    [
        json!({
            "workload": "primes", "size": 300_000, "strategies": ["blocking", "event-loop", "threads", "processes"],
            "workers": 2, "samples": 5, "seed": 7,
        }),
        json!({
            "workload": "primes", "size": 300_000, "strategies": ["threads", "processes"], "workers": 3, "samples": 2,
            "sweep": true,
        }),
        json!({
            "workload": "activity", "size": 3, "time": 50, "strategies": ["blocking", "threads", "gil"], "workers": 3,
            "samples": 1,
        }),
    ]
}

/// The report of a run, and what the page showed of it.
async fn run(browser: &Browser, server: &Server, experiment: &Value) -> (Value, Value) {
    let page = Page::open(browser, &server.address()).await;
    let run = page.start(experiment.clone()).await;
    let mut result = page.hear(&run, &["lanes:result", "lanes:error"]).await;
    assert_eq!(result["type"], "lanes:result", "{result}");
    page.until_results().await;
    assert_eq!(
        page.script("return document.querySelector('.recording')", vec![]).await,
        Value::Null,
        "it is from here"
    );
    let report = result["report"].take();
    has_numbers(&report);
    (report, shown(&page).await)
}

/// Checks that the report has numbers, because otherwise little would be compared.
fn has_numbers(report: &Value) {
    let report: Report = serde_json::from_value(report.clone()).expect("a report");
    assert!(report.runs.iter().all(|run| numbers_of(run).median_ms > 0.0), "{report:?}");
}

/// Gives the page a file as a visitor does who chooses it in the browser's file dialogue.
async fn give(browser: &Browser, page: &Page<'_>, text: &str) {
    let file = browser.has_file("a report.json", text);
    page.type_into(FIELD, file.to_str().expect("its path is text")).await;
}

async fn open(browser: &Browser, page: &Page<'_>, text: &str) {
    give(browser, page, text).await;
    page.until("document.querySelector('.recording') || !document.querySelector('#problems').hidden").await;
    let problems = "return [...document.querySelectorAll('#problems li')].map((problem) => problem.innerText)";
    assert_eq!(page.script(problems, vec![]).await, json!([]), "it is not opened");
}

/// The parts that are compared, and whether every report has them.
const PARTS: [(&str, bool); 18] = [
    ("headline", true),
    ("findings", false),
    ("caveats", false),
    ("strategies", true),
    ("names", true),
    ("lines", true),
    ("unavailable", false),
    ("numbers", true),
    ("labels", true),
    ("lanes", true),
    ("results", true),
    ("tables", true),
    ("charts", false),
    ("figures", false),
    ("method", true),
    ("machine", true),
    ("axis", true),
    ("drawn", true),
];

/// Everything that the page shows of a report: words, tables, charts, and lanes as they are drawn.
async fn shown(page: &Page<'_>) -> Value {
    let parts = "const done = arguments[0];
        const every = (selector, of) => [...document.querySelectorAll(selector)].map(of);
        const texts = (selector) => every(selector, (element) => element.textContent);
        const drawn = (selector) => every(selector, (canvas) => canvas.toDataURL());
        requestAnimationFrame(() => requestAnimationFrame(() => done({
            headline: texts('#headline'),
            findings: texts('.findings li'),
            caveats: texts('.caveats li, .caveats ~ .modelled'),
            strategies: every('.row', (row) => row.dataset.strategy),
            names: texts('.row h2'),
            lines: texts('.row .who p'),
            unavailable: texts('.row .why'),
            numbers: texts('.row .numbers'),
            labels: texts('.row .labels'),
            lanes: every('.row canvas', (canvas) => canvas.ariaLabel),
            results: every('#results tr', ({ cells }) => [...cells].map((cell) => cell.textContent)),
            tables: texts('.tables table, .charts table'),
            charts: texts('.charts'),
            figures: every('.charts svg', (figure) => figure.outerHTML),
            method: texts('#method li'),
            machine: every('#method dt, #method dd', (fact) => fact.textContent),
            axis: drawn('.axis canvas'),
            drawn: drawn('.row canvas'),
        })))";
    page.wait(parts, vec![]).await
}

/// Compares part by part, because the whole is long.
fn is_the_same(shown: &Value, made: &Value, when: &str) {
    for (part, always) in PARTS {
        let [shown, made] = [shown, made].map(|all| &all[part]);
        assert!(!always || made.as_array().is_some_and(|all| !all.is_empty()), "{when}: no {part}");
        if shown != made {
            let cut = |value: &Value| value.to_string().chars().take(1500).collect::<String>();
            panic!("{when}: {part} are\n{}\nand where it was made they were\n{}", cut(shown), cut(made));
        }
    }
}

/// Experiments that have charts show them, and others show none.
fn has_its_charts(shown: &Value, experiment: &Value) {
    let has_charts = experiment["sweep"] == true || experiment["workload"] == "activity";
    for part in ["charts", "figures"] {
        assert_eq!(shown[part] != json!([]), has_charts, "{experiment}: {part}");
    }
}

/// The label says that it is a recording, and when and with which engine it was made.
async fn is_labelled(page: &Page<'_>, report: &Value) {
    let label = page.script("return document.querySelector('.recording').innerText", vec![]).await;
    let label = label.as_str().expect("a text");
    let made = report["made"].as_str().expect("it has a date");
    let (date, time) = (&made[..10], &made[11..16]);
    for part in ["A recording", date, time, report["machine"]["engine"].as_str().expect("it says which")] {
        assert!(label.contains(part), "{label:?} does not say {part:?}");
    }
}

/// The recording is closed by its button, by choosing other work, and by a run.
async fn it_goes_when_something_else_is_wanted(browser: &Browser, server: &Server, report: &Value) {
    let page = Page::open(browser, &server.address()).await;
    for what in ["close", "choose", "run"] {
        open(browser, &page, &report.to_string()).await;
        let size = page.script("return document.querySelector('#size output').innerText", vec![]).await;
        assert_eq!(size, "300,000", "the controls say what was run");
        match what {
            "close" => page.press(".recording button").await,
            "choose" => page.press("#workload option[value=grain]").await,
            _ => page.press("#run").await,
        }
        page.until("!document.querySelector('.recording')").await;
        if what == "run" {
            page.until_results().await;
            let ran = "return [...document.querySelectorAll('#results tbody th')].map((name) => name.textContent)";
            assert_eq!(page.script(ran, vec![]).await, json!(["blocking", "event loop", "threads", "processes"]));
            assert_eq!(page.script("return document.querySelector('.recording')", vec![]).await, Value::Null);
        } else {
            let left =
                "return document.querySelectorAll('#results, #lanes-table, #download, .charts, .findings').length";
            assert_eq!(page.script(left, vec![]).await, json!(0), "{what}: something of it is still there");
        }
    }
    assert_eq!(page.errors().await, [""; 0]);
}

/// For each file the page says why it is refused; what was shown stays, and whatever comes next works.
async fn files_that_are_no_reports_are_refused(browser: &Browser, server: &Server, report: &Value) {
    let page = Page::open(browser, &format!("{}?size=100&samples=1&workers=2", server.address())).await;
    let with = |key: &str, value: Value| {
        let mut changed = report.clone();
        changed[key] = value;
        changed.to_string()
    };
    let newer = u64::from(SCHEMA) + 7;
    let mut of_the_future: Value = report.clone();
    of_the_future["schema"] = json!(newer);
    of_the_future["runs"] = json!("elsewhere");
    let refused = [
        ("<!doctype html><p>Sorry</p>".to_owned(), Unreadable::NoJson),
        ("\u{0}\u{fffd}".to_owned(), Unreadable::NoJson),
        (String::new(), Unreadable::NoJson),
        (json!({ "schema": 1, "kind": "costs", "costs": [] }).to_string(), Unreadable::NoReport),
        (of_the_future.to_string(), Unreadable::Newer(newer)),
    ];
    for (text, why) in refused {
        give(browser, &page, &text).await;
        is_refused(&page, &words::unreadable(&why)).await;
    }
    give(browser, &page, &with("machine", json!({}))).await;
    is_refused(&page, "This report cannot be read: ").await;
    assert_eq!(page.script("return document.querySelector('.recording')", vec![]).await, Value::Null);
    page.press("#run").await;
    page.until_results().await;
    let results = "return document.querySelector('#results').textContent";
    let before = page.script(results, vec![]).await;
    give(browser, &page, "no report").await;
    is_refused(&page, &words::unreadable(&Unreadable::NoJson)).await;
    assert_eq!(page.script(results, vec![]).await, before, "a file that is none takes away what is shown");
    assert_eq!(page.errors().await, [""; 0]);
}

/// Expects a sentence that begins like this, and dismisses it.
async fn is_refused(page: &Page<'_>, sentence: &str) {
    page.until("!document.querySelector('#problems').hidden").await;
    let said = page.script("return document.querySelector('#problems li').innerText", vec![]).await;
    assert!(said.as_str().is_some_and(|said| said.starts_with(sentence)), "{said} is not {sentence:?}");
    page.press("#problems button").await;
    page.until("document.querySelector('#problems').hidden").await;
}

async fn a_file_can_be_dropped(browser: &Browser, server: &Server, report: &Value) {
    let page = Page::open(browser, &server.address()).await;
    let drop = "const carried = new DataTransfer();
        carried.items.add(new File([arguments[0]], 'report.json', { type: 'application/json' }));
        const event = new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true });
        document.querySelector('.lab h2').dispatchEvent(event);
        return event.defaultPrevented";
    assert_eq!(
        page.script(drop, vec![report.to_string().into()]).await,
        json!(true),
        "else the browser would go there"
    );
    page.until("document.querySelector('.recording')").await;
    is_labelled(&page, report).await;
}

/// The page shows the file's own sentences and numbers.
async fn one_of_schema_1_says_what_it_said(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    open(browser, &page, SCHEMA_1).await;
    let shown = shown(&page).await;
    let of = |part: &str| shown[part].to_string();
    assert_eq!(shown["headline"], json!(["As it was said then: 1.9 times sooner."]));
    assert_eq!(shown["findings"], json!(["As it was said then: threads are unavailable."]));
    assert_eq!(shown["caveats"][0], "As it was said then: starting took 35 ms.");
    assert_eq!(shown["strategies"], json!(["blocking", "offload", "threads"]));
    assert!(
        of("unavailable").contains("as it was said then") || of("numbers").contains("as it was said then"),
        "{shown}"
    );
    for number in ["152", "80", "1.9"] {
        assert!(of("numbers").contains(number), "{number} is not among {}", of("numbers"));
        assert!(of("results").contains(number), "{number} is not among {}", of("results"));
    }
    let label = page.script("return document.querySelector('.recording').innerText", vec![]).await;
    assert!(
        label.as_str().is_some_and(|label| label.contains("Made with Gecko 140, which claims 2 cores.")),
        "{label}"
    );
    assert_eq!(page.errors().await, [""; 0]);
}
