//! Whatever stands in the address, nothing crashes, and the page still runs.

use browsers::{Browser, Engine, Page, Server, Site, visit};
use fastrand::Rng;
use serde_json::Value;

use crate::experiments::{STRATEGIES, runs_well};

/// Queries that come without a new document (as by the Back button), and with one.
const QUERIES: usize = 1000;
const LOADS: usize = 20;
/// Makes the same queries each time.
const SEED: u64 = 2;

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let mut random = Rng::with_seed(SEED);
    let queries: Vec<Value> = (0..QUERIES).map(|_| query(&mut random).into()).collect();
    for (batch, queries) in queries.chunks(100).enumerate() {
        page.wait(GO_THROUGH, vec![queries.into()]).await;
        assert_eq!(page.errors().await, [""; 0], "in batch {batch}");
    }
    runs_well(&page, &STRATEGIES).await;
    for query in (0..LOADS).map(|_| query(&mut random)) {
        let page = Page::open(browser, &format!("{}?{query}", server.address())).await;
        assert_eq!(page.errors().await, [""; 0], "{query:?}");
    }
    assert_eq!(browser.complaints().await, [""; 0]);
    let page = Page::open(browser, &server.address()).await;
    runs_well(&page, &STRATEGIES).await;
}

/// Goes to each query as the Back button would, and lets the page react.
const GO_THROUGH: &str = "
    const [queries, done] = arguments;
    (async () => {
        for (const query of queries) {
            history.replaceState(null, '', '?' + query);
            dispatchEvent(new PopStateEvent('popstate', { state: null }));
            await new Promise((resolve) => setTimeout(resolve));
        }
        done(true);
    })();";

/// A query: noise, or pairs that look a little like an experiment's.
fn query(random: &mut Rng) -> String {
    if random.u8(0..4) == 0 {
        return noise(random, 120);
    }
    let pairs: Vec<_> = (0..random.usize(0..8)).map(|_| format!("{}={}", key(random), value(random))).collect();
    pairs.join(if random.u8(0..10) == 0 { "&&=&" } else { "&" })
}

/// `autorun` is left to the values that it does not take: this story is about reading, and runs would take hours.
fn key(random: &mut Rng) -> String {
    const KEYS: [&str; 12] = [
        "workload",
        "strategies",
        "workers",
        "samples",
        "seed",
        "theme",
        "view",
        "chapter",
        "trace",
        "size",
        "wait",
        "iterations",
    ];
    match random.u8(0..10) {
        0 => noise(random, 12),
        1 => "__proto__".into(),
        _ => (*random.choice(&KEYS[..]).expect("there are some")).into(),
    }
}

fn value(random: &mut Rng) -> String {
    const LEGAL: [&str; 12] = [
        "mandelbrot",
        "primes",
        "hash-chain",
        "proxy",
        "threads,processes",
        "blocking",
        "2",
        "64",
        "dark",
        "light",
        "embed",
        "off",
    ];
    const ODD: [&str; 16] = [
        "",
        "0",
        "-1",
        "1e9",
        "NaN",
        "Infinity",
        "0x10",
        "2.5",
        "18446744073709551616",
        "%00",
        "%FF%FE",
        "%",
        "threads,,",
        "threads,nobody,threads",
        "%F0%9F%92%A5",
        "<script>alert(1)</script>",
    ];
    match random.u8(0..4) {
        0 => noise(random, 40),
        1 => (*random.choice(&LEGAL[..]).expect("there are some")).into(),
        _ => (*random.choice(&ODD[..]).expect("there are some")).into(),
    }
}

/// Any characters: controls, percent signs, whatever Unicode has.
fn noise(random: &mut Rng, most: usize) -> String {
    let letter = |random: &mut Rng| match random.u8(0..4) {
        0 => *random.choice(&['%', '&', '=', '+', '#', '?', ',', ';', '\u{0}', '"', '\'', '\\'][..]).expect("some"),
        1 => random.char('\u{80}'..='\u{10FFFF}'),
        _ => random.char(' '..='~'),
    };
    (0..random.usize(0..most)).map(|_| letter(random)).collect()
}
