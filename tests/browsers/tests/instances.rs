//! Several instances of Lanes at once: the frame or window that measures has the machine to itself, the others wait and
//! say so, and an instance that does not answer is passed over, with a caveat on both sides.

use std::time::Duration;

use browsers::{Browser, Frame, Page, Server, Site, in_every_engine};
use lab::report::Report;
use serde_json::{Value, json};

use crate::experiments::busy;

in_every_engine!(story);

/// The two slides of the deck.
const SLIDES: [&str; 2] = ["lanes", "second"];
/// The name of the lock, for tests that play an instance that does not answer.
const LOCK: &str = "lanes: measuring";
/// The name of another lock, by which a page says that it stands still on purpose.
const STILL: &str = "lanes: standing still for 64 s";
/// What a waiting instance says.
const WAITS: &str = "Another window or frame of Lanes is measuring: this one waits for it.";
/// How long an instance waits for a lock holder that does not answer, and how much longer that may take on a slow
/// machine, in milliseconds.
const PATIENCE: [f64; 2] = [10_000.0, 6_000.0];

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped().with_document("/holder", HOLDER));
    let deck = deck(&server);
    let page = Page::open(browser, &format!("{}both", deck.address())).await;
    page.script(HEAR, vec![]).await;
    page.until("ready('second')").await;
    two_runs_take_turns(&page).await;
    who_waits_can_be_cancelled(&page).await;
    costs_wait_too(&page).await;
    blocking_is_announced(&page).await;
    a_silent_holder_is_passed_over(&page).await;
    one_that_said_so_is_waited_for(&page).await;
    who_was_passed_over_says_so(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
    a_page_that_stopped_gives_way(&page).await;
    where_nothing_can_be_locked_nothing_is_doubted(browser, &server).await;
    nobody_waits_without_an_end(browser, &server).await;
    a_window_that_blocks_for_long_is_waited_for(browser, &server).await;
}

/// Another document of the same origin.
const HOLDER: &str = "<!doctype html><html lang=\"en\"><head><title>A holder</title></head><body></body></html>";

/// Two frames of Lanes beside each other, and one of the holder, in a deck from another site.
fn deck(server: &Server) -> Server {
    let source = &server.other_address();
    let frame =
        |name, path| format!("<iframe name=\"{name}\" src=\"{source}{path}\" width=\"380\" height=\"540\"></iframe>");
    let frames = [frame(SLIDES[0], ""), frame(SLIDES[1], ""), frame("holder", "holder")].concat();
    let both = format!("<!doctype html><html><head><title>A deck</title></head><body>{frames}</body></html>");
    let parent = Site::parent(Frame { source, isolated_parent: false, allow: false, credentialless: false });
    Server::start(parent.with_document("/both", &both))
}

/// Records what each of the frames says, and when.
const HEAR: &str = "
    const heard = window.heard = [];
    addEventListener('message', ({ source, data }) => {
        const by = ['lanes', 'second'].find((name) => frames[name] === source);
        if (by && data?.type) heard.push({ at: performance.now(), by, ...data });
    });
    window.tell = (name, message) => frames[name].postMessage(message, '*');
    window.ready = (name) => {
        tell(name, { type: 'lanes:hello' });
        return heard.some(({ by, type }) => by === name && type === 'lanes:ready');
    };
    window.end = (run) => heard.find(({ id, type }) => id === run && ['lanes:result', 'lanes:error'].includes(type));";

/// Asks a frame for a run with this id.
async fn start(page: &Page<'_>, slide: &str, run: &str, experiment: Value) {
    let message = json!({ "type": "lanes:run", "id": run, "experiment": experiment });
    page.script("tell(...arguments)", vec![slide.into(), message]).await;
}

/// All messages about a run, in order: the time, the type, and whether the run waits.
async fn said(page: &Page<'_>, run: &str) -> Vec<(f64, String, Option<bool>)> {
    let said = "return heard.filter(({ id }) => id === arguments[0]).map(({ at, type, waiting }) => [at, type, waiting ?? null])";
    serde_json::from_value(page.script(said, vec![run.into()]).await).expect("three of each")
}

/// The report of a run, once it is over.
async fn report(page: &Page<'_>, run: &str) -> Report {
    page.until(&format!("end('{run}')")).await;
    let end = page.script("return JSON.stringify(end(arguments[0]))", vec![run.into()]).await;
    let mut end: Value = serde_json::from_str(end.as_str().expect("a text")).expect("JSON");
    assert_eq!(end["type"], "lanes:result", "{end}");
    serde_json::from_value(end["report"].take()).expect("a report")
}

/// Whether the report doubts that the run had the machine to itself. The caveat and the machine's facts must agree.
fn is_doubted(report: &Report) -> bool {
    let by_name = report.verdict.caveats.iter().any(|caveat| caveat.rule == "another-instance");
    assert_eq!(report.machine.another_instance, Some(by_name));
    by_name
}

async fn until_it_waits(page: &Page<'_>, run: &str) {
    page.until(&format!("heard.some(({{ id, waiting }}) => id === '{run}' && waiting)")).await;
}

/// One of the two runs waits: its first message says so, and it begins after the result of the other.
async fn two_runs_take_turns(page: &Page<'_>) {
    for slide in SLIDES {
        start(page, slide, &format!("{slide} at once"), busy(&["blocking", "event-loop"], 5)).await;
    }
    for slide in SLIDES {
        assert!(!is_doubted(&report(page, &format!("{slide} at once")).await), "{slide}");
    }
    let [one, other] = [said(page, "lanes at once").await, said(page, "second at once").await];
    let waits = |run: &[(f64, String, Option<bool>)]| run.iter().map(|(.., waits)| *waits).collect::<Vec<_>>();
    let (first, second) = if one[0].2 == Some(true) { (other, one) } else { (one, other) };
    let taken = [Some(false); 13];
    assert_eq!(waits(&first), [&taken[..], &[None]].concat(), "{first:?}");
    assert_eq!(waits(&second), [&[Some(true)], &taken[..], &[None]].concat(), "{second:?}");
    let (last, begin) = (first.last().expect("its result").0, second[1].0);
    assert!(last <= begin, "the first ended at {last}, the second began at {begin}");
}

/// It can be cancelled by a message, by the button and by the key; meanwhile it says what it waits for. The other run
/// and the next one are as good as ever.
async fn who_waits_can_be_cancelled(page: &Page<'_>) {
    start(page, "lanes", "long", busy(&["event-loop"], 50)).await;
    page.until("heard.some(({ id, type }) => id === 'long' && type === 'lanes:progress')").await;
    let ways = [
        ("message", "tell('second', { type: 'lanes:cancel', id: 'by message' })"),
        ("button", "document.querySelector('#cancel').click()"),
        ("key", "window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))"),
    ];
    for (by, way) in ways {
        let run = format!("by {by}");
        start(page, "second", &run, busy(&["event-loop"], 1)).await;
        until_it_waits(page, &run).await;
        let headline = "return document.querySelector('#headline').innerText";
        assert_eq!(page.script_in_frame("second", headline, vec![]).await, json!(WAITS));
        let asked = page.script("return performance.now()", vec![]).await.as_f64().expect("a time");
        match by {
            "message" => page.script(way, vec![]).await,
            _ => page.script_in_frame("second", way, vec![]).await,
        };
        page.until(&format!("end('{run}')")).await;
        let end =
            page.script("const { at, message } = end(arguments[0]); return [at, message]", vec![run.into()]).await;
        assert_eq!(end[1], "The run was cancelled.");
        let took = end[0].as_f64().expect("a time") - asked;
        assert!(took < 1000.0, "by {by}: it took {took} ms");
    }
    assert!(
        page.script("return end('long')", vec![]).await.is_null(),
        "it was over too soon for this to show anything"
    );
    page.script("tell('lanes', { type: 'lanes:cancel', id: 'long' })", vec![]).await;
    page.until("end('long')").await;
    start(page, "second", "after", busy(&["event-loop"], 1)).await;
    assert!(!is_doubted(&report(page, "after").await));
    assert!(said(page, "after").await.iter().all(|(.., waits)| *waits != Some(true)), "nobody else measures");
}

async fn costs_wait_too(page: &Page<'_>) {
    start(page, "lanes", "meanwhile", busy(&["event-loop"], 50)).await;
    page.until("heard.some(({ id, type }) => id === 'meanwhile' && type === 'lanes:progress')").await;
    let press = "document.querySelector('#measure-costs').click()";
    page.script_in_frame("second", press, vec![]).await;
    let shown = "return document.querySelector('#costs-shown').textContent";
    let waits = async || page.script_in_frame("second", shown, vec![]).await == WAITS;
    while !waits().await {
        assert!(page.script("return end('meanwhile')", vec![]).await.is_null(), "costs did not wait");
    }
    page.script_in_frame("second", press, vec![]).await;
    page.script("tell('lanes', { type: 'lanes:cancel', id: 'meanwhile' })", vec![]).await;
    page.until("end('meanwhile')").await;
    assert!(!waits().await, "they were cancelled");
}

/// A page that blocks cannot answer, so before each sample it announces for how long; a page that stays alive does not.
async fn blocking_is_announced(page: &Page<'_>) {
    let note = "const own = navigator.locks.request;
        window.asked = [];
        navigator.locks.request = function (name, ...rest) { asked.push(name); return own.call(this, name, ...rest); }";
    page.script_in_frame("lanes", note, vec![]).await;
    let experiment =
        json!({ "workload": "proxy", "size": 4, "wait": 100, "strategies": ["blocking", "event-loop"], "samples": 2 });
    start(page, "lanes", "announced", experiment).await;
    report(page, "announced").await;
    let asked = page.script_in_frame("lanes", "delete navigator.locks.request; return asked", vec![]).await;
    assert_eq!(asked, json!([LOCK, STILL, STILL, STILL]));
}

/// A holder that does not answer is passed over by a run that waits, and not too early. If several runs lose patience
/// at once, they still take turns.
async fn a_silent_holder_is_passed_over(page: &Page<'_>) {
    hold(page, &[LOCK]).await;
    for slide in SLIDES {
        start(page, slide, &format!("{slide} patient"), busy(&["event-loop"], 1)).await;
    }
    let doubts = [report(page, "lanes patient").await, report(page, "second patient").await];
    assert!(doubts.iter().any(is_doubted), "none has passed it over");
    page.script_in_frame("holder", FREE, vec![]).await;
    let mut runs = [said(page, "lanes patient").await, said(page, "second patient").await];
    runs.sort_by(|one, other| one[1].0.total_cmp(&other[1].0));
    let [first, second] = runs;
    assert_eq!(
        [&first, &second].map(|run| (run[0].2, run[1].2)),
        [(Some(true), Some(false)); 2],
        "{first:?} {second:?}"
    );
    let waited = first[1].0 - first[0].0;
    let [least, more] = PATIENCE;
    assert!((least..least + more).contains(&waited), "{waited} ms");
    let (last, begin) = (first.last().expect("its result").0, second[1].0);
    assert!(last <= begin, "the first ended at {last}, the second began at {begin}");
    start(page, "second", "not doubted", busy(&["event-loop"], 1)).await;
    assert!(!is_doubted(&report(page, "not doubted").await), "a doubt is of one run");
}

/// A run waits until this holder has released the lock, and is not doubted.
async fn one_that_said_so_is_waited_for(page: &Page<'_>) {
    hold(page, &[LOCK, STILL]).await;
    start(page, "lanes", "more patient", busy(&["event-loop"], 1)).await;
    tokio::time::sleep(Duration::from_secs_f64(PATIENCE.iter().sum::<f64>() / 1000.0)).await;
    assert_eq!(said(page, "more patient").await.len(), 1, "it began");
    page.script_in_frame("holder", FREE, vec![]).await;
    assert!(!is_doubted(&report(page, "more patient").await));
}

/// Plays an instance that holds these locks and does not answer; returns when it has them.
async fn hold(page: &Page<'_>, locks: &[&str]) {
    let hold = "const [names, done] = arguments;
        window.frees = [];
        const has = (free) => frees.push(free) === names.length && done();
        for (const name of names) navigator.locks.request(name, () => new Promise(has)).catch(() => {});";
    page.enter_frame("holder").await;
    page.wait(hold, vec![locks.into()]).await;
    page.leave_frame().await;
}

/// Releases these locks.
const FREE: &str = "frees.forEach((free) => free())";

async fn who_was_passed_over_says_so(page: &Page<'_>) {
    start(page, "lanes", "robbed", busy(&["event-loop"], 10)).await;
    page.until("heard.some(({ id, done }) => id === 'robbed' && done > 1)").await;
    let steal = format!("return navigator.locks.request('{LOCK}', {{ steal: true }}, () => {{}})");
    page.script_in_frame("second", &steal, vec![]).await;
    assert!(is_doubted(&report(page, "robbed").await));
}

/// The page stops at an error of its own, in the middle of a run.
async fn a_page_that_stopped_gives_way(page: &Page<'_>) {
    start(page, "second", "stopped", busy(&["event-loop"], 50)).await;
    page.until("heard.some(({ id, done }) => id === 'stopped' && done > 1)").await;
    let stop = "MessagePort.prototype.postMessage = () => { throw new Error('a panic for the test'); }";
    page.script_in_frame("second", stop, vec![]).await;
    page.until("recorder.errors.length").await;
    start(page, "lanes", "instead", busy(&["event-loop"], 1)).await;
    assert!(!is_doubted(&report(page, "instead").await));
    assert!(said(page, "instead").await.iter().all(|(.., waits)| *waits != Some(true)), "nobody measures");
}

/// Without locks a page cannot see other instances, so it does not know whether there are any.
async fn where_nothing_can_be_locked_nothing_is_doubted(browser: &Browser, server: &Server) {
    let without = [
        "Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })",
        "const request = () => Promise.reject(new DOMException('not here', 'SecurityError'));
         Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true })",
        "const request = () => { throw new DOMException('not here', 'SecurityError'); };
         Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true })",
    ];
    for code in without {
        let page = Page::open(browser, &server.address()).await;
        page.script(code, vec![]).await;
        let report = page.run(busy(&["blocking", "event-loop"], 1)).await.expect("a good run");
        assert_eq!(report.machine.another_instance, None, "{code}");
        assert!(report.verdict.caveats.iter().all(|caveat| caveat.rule != "another-instance"), "{code}");
        assert_eq!(page.errors().await, [""; 0]);
    }
}

/// A run does not wait for ever for a lock holder that does not answer, also where the lock cannot be stolen or the
/// holder cannot be asked. Whether another instance measures is not known then.
async fn nobody_waits_without_an_end(browser: &Browser, server: &Server) {
    let without = [
        "const { request } = LockManager.prototype;
         LockManager.prototype.request = function (name, options, granted) {
             return options.steal ? new Promise(() => {}) : request.call(this, name, options, granted);
         }",
        "delete window.BroadcastChannel",
    ];
    let held = "const done = arguments[0];
        navigator.locks.request('LOCK', () => new Promise((end) => { window.free = end; done(); }))";
    for code in without {
        let page = Page::open(browser, &server.address()).await;
        page.wait(&held.replace("LOCK", LOCK), vec![]).await;
        page.script(code, vec![]).await;
        let report = page.run(busy(&["event-loop"], 1)).await.expect("a good run");
        assert_eq!(report.machine.another_instance, None, "{code}");
        page.script("free()", vec![]).await;
        assert_eq!(page.errors().await, [""; 0], "{code}");
    }
}

/// The window blocks for more than twice as long as a run waits for a holder that does not answer.
async fn a_window_that_blocks_for_long_is_waited_for(browser: &Browser, server: &Server) {
    let driver = &browser.driver;
    let first = driver.window().await.expect("there is one");
    let page = Page::open(browser, &server.address()).await;
    let second = driver.new_tab().await.expect("there can be more");
    driver.switch_to_window(second.clone()).await.expect("it is there");
    let blocked = Page::open(browser, &server.address()).await;
    let blocking = json!({ "workload": "proxy", "size": 28, "wait": 400, "strategies": ["blocking"], "samples": 1 });
    let run = blocked.start(blocking).await;
    blocked.hear(&run, &["lanes:progress"]).await;

    driver.switch_to_window(first.clone()).await.expect("it is still there");
    let waits = page.start(busy(&["event-loop"], 1)).await;
    let begun = page.hear(&waits, &["lanes:progress"]).await;
    assert_eq!(begun["waiting"], true, "{begun}");
    let report = page.outcome(&waits).await.expect("a good run");
    assert!(!is_doubted(&report));
    driver.switch_to_window(second).await.expect("it is still there");
    assert!(!is_doubted(&blocked.outcome(&run).await.expect("a good run, or a void one")));
    driver.close_window().await.expect("it was ours");
    driver.switch_to_window(first).await.expect("it is still there");
}
