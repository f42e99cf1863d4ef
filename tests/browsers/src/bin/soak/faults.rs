//! Workers fail in one way or another, at any moment of a run: it ends in time, in a result or a sentence, and the next run is
//! a good one.

use std::time::{Duration, Instant};

use browsers::{Browser, Fault, Page, Server, Site};
use fastrand::Rng;

use crate::Found;
use crate::end::{bound, ends, next_is_bad, says, without};
use crate::experiments::{STRATEGIES, busy};

/// What may go wrong.
const FAULTS: [(&str, Fault); 11] = [
    ("a process traps", Fault::PROCESS_TRAPS),
    ("a process panics", Fault::PROCESS_PANICS),
    ("a process cannot read", Fault::PROCESS_GARBLED),
    ("a process is silent", Fault::PROCESS_SILENT),
    ("the run worker traps", Fault::RUN_WORKER_TRAPS),
    ("threads trap", Fault::THREAD_TRAPS),
    ("threads panic", Fault::THREAD_PANICS),
    ("one thread traps", Fault::ONE_THREAD_TRAPS),
    ("the pool is never ready", Fault::POOL_NEVER_READY),
    ("the analyst is slow", Fault::ANALYST_SLOW),
    ("clocks are coarse", Fault::COARSE_CLOCK),
];
/// A fault begins so long after the run at the latest, and may end as long after that, in milliseconds.
const LATEST: u64 = 500;

pub async fn soak(browser: &Browser, times: usize, mut random: Rng) -> Vec<String> {
    let mut found = Found::default();
    let server = Server::with_switches(Site::shipped());
    let mut page = Page::open(browser, &server.address()).await;
    let (mut good, mut partly, mut told, mut longest) = (0, 0, 0, Duration::ZERO);
    for number in 1..=times {
        let strategies = some(&mut random);
        let (name, fault) = *random.choice(&FAULTS).expect("there are some");
        let samples = random.usize(1..8);
        let what = format!("run {number}, {}, {samples} samples, {name}", strategies.join(", "));
        let began = Instant::now();
        let run = if random.bool() {
            server.fail(fault);
            page.start(busy(&strategies, samples)).await
        } else {
            let run = page.start(busy(&strategies, samples)).await;
            pause(&mut random).await;
            server.fail(fault);
            run
        };
        if random.u8(..3) == 0 {
            pause(&mut random).await;
            server.heal();
        }
        let end = ends(&page, &run, bound(strategies.len())).await;
        server.heal();
        longest = longest.max(began.elapsed());
        match end {
            Some(None) if without(&page, &run, None).await.is_empty() => good += 1,
            Some(None) => partly += 1,
            Some(Some(sentence)) if sentence.trim_end().ends_with('.') => told += 1,
            Some(Some(sentence)) => found.note(format!("{what}: {sentence:?} is no sentence")),
            None => {
                found.note(format!("{what}: it does not end; the page says {}", says(&page).await));
                page = Page::open(browser, &server.address()).await;
                continue;
            }
        }
        if let Some(why) = next_is_bad(&page).await {
            found.note(format!("after {what}: the next run: {why}"));
            page = Page::open(browser, &server.address()).await;
        }
        found.note_errors(&page.errors().await, &what);
        page.script("recorder.forget()", vec![]).await;
    }
    println!(
        "  {good} whole results, {partly} of some strategies, {told} sentences, the longest after {:.1} s",
        longest.as_secs_f64()
    );
    found.0
}

async fn pause(random: &mut Rng) {
    tokio::time::sleep(Duration::from_millis(random.u64(..LATEST))).await;
}

/// One to three strategies.
fn some(random: &mut Rng) -> Vec<&'static str> {
    let mut all = STRATEGIES.clone();
    random.shuffle(&mut all);
    all.truncate(random.usize(1..4));
    all
}
