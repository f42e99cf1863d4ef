//! Whatever the address contains, nothing crashes, and the page still runs.

use browsers::{Browser, Engine, Page, Server, Site, in_every_engine};
use fastrand::Rng;
use serde_json::Value;

use crate::random::{self, MANY, is_as_good_as_ever, noise, pick};

in_every_engine!(story);

/// The number of queries for each new document: the first comes with the document, the others change its address as the
/// Back button does. WebKit lets a document change its address only a hundred times in a certain period.
const BATCH: usize = 50;
/// Makes the same queries each time.
const SEED: u64 = 2;

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let mut random = Rng::with_seed(SEED);
    let queries: Vec<String> = (0..MANY).map(|_| query(&mut random)).collect();
    // each query in one engine: what reads them is the same Rust code everywhere
    let own = Engine::ALL.iter().position(|engine| *engine == browser.engine).expect("it is one of them");
    for batch in queries.chunks(BATCH).skip(own).step_by(Engine::ALL.len()) {
        let [first, others @ ..] = batch else { unreachable!("chunks have something in them") };
        let page = Page::open(browser, &format!("{}?{first}", server.address())).await;
        assert_eq!(page.errors().await, [""; 0], "{first:?}");
        assert_eq!(page.wait(GO_THROUGH, vec![others.into()]).await, Value::Null, "after {first:?}");
        assert_eq!(page.errors().await, [""; 0], "after {first:?}");
    }
    let page = Page::open(browser, &server.address()).await;
    is_as_good_as_ever(browser, &page).await;
}

/// Goes to each query as the Back button would, and lets the page react; returns the error, if there was one.
const GO_THROUGH: &str = "
    const [queries, done] = arguments;
    (async () => {
        for (const query of queries) {
            history.replaceState(null, '', '?' + query);
            dispatchEvent(new PopStateEvent('popstate', { state: null }));
            await new Promise((resolve) => setTimeout(resolve));
        }
    })().then(() => done(null), (error) => done(String(error)));";

/// A query: noise, or pairs that look a little like an experiment's.
fn query(random: &mut Rng) -> String {
    if random.u8(0..4) == 0 {
        return noise(random, 120);
    }
    let pairs: Vec<_> = (0..random.usize(0..8)).map(|_| format!("{}={}", key(random), value(random))).collect();
    pairs.join(if random.u8(0..10) == 0 { "&&=&" } else { "&" })
}

/// A random key. `autorun` is left out: this story is about reading, and runs would take hours.
fn key(random: &mut Rng) -> String {
    match random.u8(0..10) {
        0 => noise(random, 12),
        1 => "__proto__".into(),
        _ => random::key(random).into(),
    }
}

fn value(random: &mut Rng) -> String {
    const LEGAL: [&str; 16] = [
        "mandelbrot",
        "primes",
        "hash-chain",
        "proxy",
        "activity",
        "threads,processes",
        "gil,actors,offload",
        "blocking",
        "processes",
        "1",
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
        1 => pick(random, &LEGAL).into(),
        _ => pick(random, &ODD).into(),
    }
}
