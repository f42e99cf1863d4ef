//! A visitor does random things during runs: keys, clicks, sizes, themes, other addresses. Every run ends, by itself or
//! soon after Escape, in a result, a void or a sentence, the next run is good, and memory does not grow.

use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Page, Server, Site};
use fastrand::Rng;
use serde_json::Value;
use thirtyfour::Key;

use crate::Found;
use crate::end::{ends, next_is_bad, says};
use crate::held::Held;

/// The number of moves in the middle of one run.
const MOVES: usize = 5;
/// Memory is first measured after this many runs, or after half of all runs if that is earlier: browsers compile a
/// function when it is first called, and the moves of this many runs call most functions.
const FEW: usize = 50;
/// The maximum time that a run may go on until Escape ends it, in milliseconds.
const PATIENCE: u64 = 8000;
/// How long the page may take to end a run after Escape, and after that to send the message that ends it.
const CANCELLED: Duration = Duration::from_secs(5);
/// A growth by no more than this many items is not attributed to runs.
const A_FEW: f64 = 50.0;

/// Keys that do something here, and keys that do nothing. N and P are left out because they lead to other pages.
const KEYS: [Key; 8] =
    [Key::Escape, Key::Tab, Key::Space, Key::Enter, Key::Right, Key::Left, Key::PageDown, Key::PageUp];
const LETTERS: [&str; 4] = ["r", "R", "x", "3"];
/// Experiments whose runs take a few seconds.
const ADDRESSES: [&str; 8] = [
    "workload=mandelbrot&size=300&strategies=blocking,threads&workers=2&samples=3",
    "workload=primes&size=300000&strategies=event-loop,processes,actors&workers=3&samples=2",
    "workload=proxy&size=8&wait=20&strategies=blocking,event-loop,async-pool&samples=2",
    "workload=activity&time=100&strategies=blocking,gil,threads&workers=4&samples=1",
    "workload=sort&strategies=blocking,offload&samples=1",
    "workload=counter&strategies=threads,gil&workers=2&samples=2",
    "workload=printing&line=20&strategies=event-loop&samples=1",
    "workload=calls&size=20&strategies=offload&workers=2&samples=1",
];

pub async fn soak(browser: &Browser, times: usize, mut random: Rng) -> Vec<String> {
    let mut found = Found::default();
    let server = Server::start(Site::shipped());
    let mut page = open(browser, &server).await;
    let (few, mut early) = (FEW.min(times / 2), None);
    let (mut good, mut told) = (0, 0);
    for number in 1..=times {
        let run = page.start(chosen(&page).await).await;
        let mut moves = Vec::new();
        for _ in 0..MOVES {
            moves.push(step(browser, &page, &mut random).await);
            tokio::time::sleep(Duration::from_millis(random.u64(..700))).await;
        }
        let what = format!("run {number}: {}", moves.join("; "));
        let began = Instant::now();
        let patience = Duration::from_millis(random.u64(..PATIENCE));
        if !idle_within(&page, patience).await {
            for _ in 0..2 {
                page.keys(Key::Escape + "").await; // the first may only close a sheet
            }
            if !idle_within(&page, CANCELLED).await {
                found.note(format!("{what}: Escape does not end it; the page says {}", says(&page).await));
            }
        }
        let ended = began.elapsed();
        match ends(&page, &run, CANCELLED).await {
            Some(None) => good += 1,
            Some(Some(sentence)) if sentence.trim_end().ends_with('.') => told += 1,
            Some(Some(sentence)) => found.note(format!("{what}: {sentence:?} is no sentence")),
            None => found.note(format!("{what}: nobody says how it ended; the page says {}", says(&page).await)),
        }
        if page.script(HAS_WORDS, vec![]).await != true {
            found.note(format!("{what}: it ended without a word; the page says {}", says(&page).await));
        }
        if let Some(why) = next_is_bad(&page).await {
            found.note(format!("{what} ({ended:.1?} to its end): the next run: {why}"));
            page = open(browser, &server).await;
        }
        found.note_errors(&page.errors().await, &what);
        page.script("recorder.forget()", vec![]).await;
        if browser.engine == Engine::Chromium && early.is_none() && number >= few {
            early = Some((number, Held::at_rest(browser, &page).await));
        }
    }
    println!("  {good} results, {told} sentences");
    if let Some((number, early)) = early.filter(|(number, _)| *number < times) {
        let late = Held::at_rest(browser, &page).await;
        println!("  after {number} runs: {early}\n  after {times} runs: {late}");
        late.grown_since(&early, A_FEW).into_iter().for_each(|grown| found.note(grown));
    }
    found.0
}

/// From now on links lead nowhere and no file dialogue opens, because the visitor must stay on the page.
const STAY: &str = "addEventListener('click', (event) =>
    event.target.closest?.('a[href], input[type=file]') && event.preventDefault(), true)";
/// Whether the page says how a run ended or, where something else was chosen after that, what the next run will do.
const HAS_WORDS: &str = "const headline = document.querySelector('#headline');
    return !!headline?.innerText.trim() && !headline.classList.contains('running')";

async fn open<'b>(browser: &'b Browser, server: &Server) -> Page<'b> {
    let page = Page::open(browser, &server.address()).await;
    page.script(STAY, vec![]).await;
    page
}

/// The experiment in the page's address.
async fn chosen(page: &Page<'_>) -> Value {
    page.script("return Object.fromEntries(new URLSearchParams(location.search))", vec![]).await
}

/// Whether the page becomes idle within `limit`.
async fn idle_within(page: &Page<'_>, limit: Duration) -> bool {
    let began = Instant::now();
    loop {
        let idle = "return !!document.querySelector('#run:not(:disabled)')";
        if page.script(idle, vec![]).await == true {
            return true;
        }
        if began.elapsed() > limit {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Does something at random, and says what.
async fn step(browser: &Browser, page: &Page<'_>, random: &mut Rng) -> String {
    match random.u8(..6) {
        0 => {
            let key = random.choice(&KEYS).expect("there are some");
            page.keys(key.clone() + "").await;
            format!("key {key:?}")
        }
        1 => {
            let letter = *random.choice(&LETTERS).expect("there are some");
            page.keys(letter).await;
            format!("key {letter}")
        }
        2 => {
            let (width, height) = (random.u32(320..1600), random.u32(300..1000));
            match browser.engine {
                // its window cannot be resized here
                Engine::WebKit => {
                    page.script("document.body.style.maxInlineSize = `${arguments[0]}px`", vec![width.into()]).await;
                }
                _ => browser.resize(width, height).await,
            }
            format!("{width} x {height}")
        }
        3 => {
            let address = *random.choice(&ADDRESSES).expect("there are some");
            let theme = *random.choice(&["auto", "light", "dark"]).expect("there are some");
            go_to(page, &format!("{address}&theme={theme}")).await
        }
        _ => click(page, random).await,
    }
}

/// Changes the address as the Back button would.
async fn go_to(page: &Page<'_>, query: &str) -> String {
    let script = "history.replaceState(null, '', '?' + arguments[0]);
        dispatchEvent(new PopStateEvent('popstate', { state: null }))";
    page.script(script, vec![query.into()]).await;
    format!("?{query}")
}

/// Clicks on a visible element that leads nowhere and saves nothing, and says which.
async fn click(page: &Page<'_>, random: &mut Rng) -> String {
    let script = "const all = [...document.querySelectorAll('button, summary, label, input, option')].filter((one) =>
            !one.disabled && one.checkVisibility() && one.type !== 'file' && !one.querySelector?.('[type=file]') &&
            !/download|save|copy/i.test(one.id + one.textContent));
        const one = all[Math.floor(arguments[0] * all.length)];
        if (one) { one.click(); return (one.id || one.name || one.textContent).trim().slice(0, 40); }
        return 'nothing';";
    let clicked = page.script(script, vec![random.f64().into()]).await;
    format!("click on {}", clicked.as_str().unwrap_or_default())
}
