//! Browsers with wrong clocks: the page reports nothing that such clocks cannot show, and the stamps of all contexts
//! are converted to one clock.

use std::time::{Duration, Instant};

use browsers::{BentClock, Browser, Engine, Page, Server, Site, in_every_engine};
use lab::report::{Report, Run};
use serde_json::{Value, json};
use strategies::trace::Cause;

use crate::experiments::{numbers_of, run_of, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::with_switches(Site::shipped());
    steps_of_a_60th_of_a_second_make_no_freezes(browser, &server).await;
    // what is concluded from a coarse clock is the same in all engines; this one has coarse clocks of its own
    if browser.engine == Engine::Firefox {
        steps_too_coarse_for_freezes_are_said_to_be(browser, &server).await;
    }
    a_clock_that_stands_still_is_not_waited_for(browser, &server).await;
    a_shifted_page_has_the_times_of_one_that_is_not(browser, &server).await;
    so_have_shifted_workers(browser, &server).await;
    clocks_that_come_apart_are_a_doubt(browser, &server).await;
}

/// Opens a page with this clock.
async fn bent<'b>(browser: &'b Browser, server: &Server, clock: BentClock) -> Page<'b> {
    server.bend(clock);
    Page::open(browser, &server.address()).await
}

/// Half a second or more of computing under each of these strategies.
fn long(strategies: &[&str]) -> Value {
    json!({ "workload": "primes", "size": 5_000_000, "strategies": strategies, "workers": 2, "samples": 3 })
}

/// A clock as in Firefox with its resistance to fingerprinting. A silence of three or four steps may or may not be a
/// freeze.
async fn steps_of_a_60th_of_a_second_make_no_freezes(browser: &Browser, server: &Server) {
    let page = bent(browser, server, BentClock::everywhere("Math.floor(time / (50 / 3)) * (50 / 3)")).await;
    let report = page.run(long(&["blocking", "event-loop", "threads", "gil", "processes"])).await.expect("a good run");
    server.heal();
    no_number_is_negative(&report);
    // on a busy machine, most of the steps that the page sees may be several steps of the clock
    let step = report.machine.timer_resolution_ms;
    let times = step * 60.0 / 1000.0;
    assert!(times > 0.9 && (times - times.round()).abs() < 0.01, "{:?}: {step}", browser.engine);
    let told = (step < 25.0).then_some(true);
    assert_eq!(numbers_of(&report.runs[0]).froze(), told, "half a second is long enough for that clock");
    for run in &report.runs {
        let numbers = numbers_of(run);
        for silence in [numbers.longest_freeze_ms, numbers.usual_freeze_ms].into_iter().flatten() {
            let sure = silence < 50.0 || silence >= 50.0 + 2.0 * step;
            assert!(sure, "{}: {silence} ms by steps of {step} ms", run.strategy);
        }
    }
}

async fn steps_too_coarse_for_freezes_are_said_to_be(browser: &Browser, server: &Server) {
    for (now, least) in [
        ("Math.floor(time / 100) * 100", 100.0),
        ("Math.floor(time / 60) * 60", 60.0),
        ("Math.floor(time / 60) * 60 + Math.random() * 5", 50.0),
    ] {
        let page = bent(browser, server, BentClock::everywhere(now)).await;
        let report = page.run(long(&["blocking", "event-loop", "threads", "processes"])).await.expect("a good run");
        no_number_is_negative(&report);
        let step = report.machine.timer_resolution_ms;
        assert!(step >= least, "{now}: steps of {step} ms");
        let said = texts(&report);
        let unknown = |text: &&String| text.contains("cannot tell whether the page froze");
        assert_eq!(said.iter().filter(unknown).count(), 1, "{now}: {said:?}");
        for text in said.iter().filter(|text| !unknown(text)) {
            let of_freezes = ["froze", "alive", "stopped", "heartbeat"].iter().any(|word| text.contains(word));
            assert!(!of_freezes, "{now}: {text}");
        }
        server.heal();
    }
}

async fn a_clock_that_stands_still_is_not_waited_for(browser: &Browser, server: &Server) {
    let began = Instant::now();
    let page = bent(browser, server, BentClock::everywhere("5")).await;
    let why = page.run(waits(&["blocking", "threads"])).await.expect_err("there is nothing to measure with");
    assert!(why.contains("clock stands still"), "{why}");
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
    server.heal();
}

async fn a_shifted_page_has_the_times_of_one_that_is_not(browser: &Browser, server: &Server) {
    for by in [-60.0, 60.0, -2000.0, 3_600_000.0] {
        let page = bent(browser, server, BentClock::shifted_page(by)).await;
        let report =
            page.run(waits(&["event-loop", "threads", "gil", "processes", "actors"])).await.expect("a good run");
        is_of_one_clock(&report, &format!("the page by {by} ms"));
        server.heal();
    }
}

async fn so_have_shifted_workers(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    for by in [60.0, -60.0, -3_600_000.0] {
        for (clock, strategies) in [
            (BentClock::shifted_process(by), ["processes", "actors"]),
            (BentClock::shifted_threads(by), ["threads", "gil"]),
        ] {
            server.bend(clock.clone());
            let report = page.run(waits(&strategies)).await.expect("a good run");
            server.heal();
            is_of_one_clock(&report, &format!("{clock:?}"));
        }
    }
    runs_well(&page, &["threads", "processes"]).await;
}

/// The run worker's clock gains 40 ms in every fifth of a second, as after sleep. Then freezes cannot be detected, and
/// the report says so; strategies whose clock is the page's own have no such caveat.
async fn clocks_that_come_apart_are_a_doubt(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    server.bend(BentClock::of_run_worker("time + Math.floor(time / 200) * 40"));
    let report = page.run(waits(&["event-loop", "threads", "processes"])).await.expect("a good run");
    server.heal();
    no_number_is_negative(&report);
    let said = texts(&report);
    for strategy in ["threads", "processes"] {
        let run = run_of(&report, strategy);
        let apart = run.clocks_apart_ms.unwrap_or_else(|| panic!("{strategy}: {said:?}"));
        assert!(apart > 30.0, "{strategy}: {apart}");
        assert_eq!((numbers_of(run).froze(), run.heartbeat.len()), (None, 0), "{strategy}");
        spans_lie_in_the_sample(run, strategy);
    }
    let doubts = report.verdict.caveats.iter().filter(|caveat| caveat.rule == "clocks-apart");
    assert!(doubts.map(|doubt| doubt.about.as_deref()).eq([Some("threads"), Some("processes")]), "{said:?}");
    assert_eq!(run_of(&report, "event-loop").clocks_apart_ms, None, "it has one clock");
}

/// The number of tasks that wait, and the length of each wait. Nothing computes, so the page gets a core whenever it
/// needs one.
const WAITS: usize = 10;
const WAIT_MS: f64 = 40.0;

fn waits(strategies: &[&str]) -> Value {
    json!({
        "workload": "proxy", "size": WAITS, "wait": WAIT_MS, "strategies": strategies, "workers": 2, "samples": 3,
    })
}

/// Checks that heartbeat and spans of a run of [`waits`] are as they are where all clocks agree, however slow the
/// machine: one beat came before the sample, and one after it. Clocks are aligned to within half a round trip, which is
/// long on a busy machine.
fn is_of_one_clock(report: &Report, what: &str) {
    const ROUGH: u32 = 25_000;
    no_number_is_negative(report);
    let said = texts(report);
    assert!(said.iter().all(|text| !text.contains("came apart") && !text.contains("heartbeat")), "{what}: {said:?}");
    for run in &report.runs {
        let what = format!("{what}: {}", run.strategy);
        let beats = || run.heartbeat.iter().filter(|beat| beat.cause == Cause::Message);
        let (first, last) = (beats().map(|beat| beat.start).min(), beats().map(|beat| beat.end).max());
        let makespan = run.makespan.expect("a sample is shown");
        assert!(first.is_some_and(|first| first < ROUGH), "{what}: the first beat ends a silence from {first:?}");
        assert!(
            last.is_some_and(|last| last + ROUGH > makespan),
            "{what}: the last beat came at {last:?} of {makespan}"
        );
        let longest = numbers_of(run).longest_freeze_ms.expect("there is a heartbeat");
        assert!(longest < 1000.0, "{what}: {longest} ms of silence: {said:?}");
        spans_lie_in_the_sample(run, &what);
        // workers that block while they wait have wait spans, of which a shift would cut some off
        let spans = run.lanes.iter().flat_map(|lane| &lane.spans);
        let waited: u32 = spans.filter(|span| span.cause == Cause::Wait).map(|span| span.length()).sum();
        let all = WAITS as f64 * WAIT_MS * 1000.0;
        assert!(waited == 0 || f64::from(waited) > 0.9 * all, "{what}: {waited} us of waiting");
    }
}

fn spans_lie_in_the_sample(run: &Run, what: &str) {
    let makespan = run.makespan.expect("a sample is shown");
    for span in run.lanes.iter().flat_map(|lane| &lane.spans) {
        assert!(span.start <= span.end && span.end <= makespan, "{what}: {span:?} of {makespan}");
    }
}

fn texts(report: &Report) -> Vec<String> {
    report.verdict.findings.iter().chain(&report.verdict.caveats).map(|finding| finding.text.clone()).collect()
}

fn no_number_is_negative(report: &Report) {
    fn look(value: &Value, path: &str) {
        match value {
            Value::Number(number) => assert!(number.as_f64().is_some_and(|number| number >= 0.0), "{path} is {number}"),
            Value::Array(values) => values.iter().for_each(|value| look(value, path)),
            Value::Object(values) => values.iter().for_each(|(key, value)| look(value, &format!("{path}.{key}"))),
            _ => {}
        }
    }
    look(&serde_json::to_value(report).expect("it is JSON"), "report");
}
