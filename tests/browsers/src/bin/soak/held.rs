//! What a page holds after a garbage collection, and whether that has grown.

use std::collections::BTreeMap;
use std::fmt;

use browsers::{Browser, Page, alive};
use serde_json::{Value, json};

use crate::end::{bound, ends};
use crate::experiments::busy;

/// The kinds of objects that are counted, which stand for all: each sample has ports, and each wait a callback.
const KINDS: [&str; 2] = ["MessagePort", "Function"];
/// The relative growth that is allowed.
const TENTH: f64 = 0.1;

/// The bytes of arrays are counted apart from objects. Most are those of files that each frame fetches in its own time
/// and the browser frees in its own time: they come and go by megabytes, and this many are no leak.
const ARRAYS: &str = "bytes of arrays";
const FILES: f64 = 12e6;
/// The page's own memory, and those of workers that it sees: they grow with the largest run so far, and never shrink.
const MEMORIES: &str = "bytes of memories";
const LARGEST: f64 = 32e6;

/// The amounts that a page holds, in bytes or as counts, by name.
pub struct Held(BTreeMap<String, f64>);

impl Held {
    /// What is held now, including the objects of these windows, which are named as in the page's JavaScript.
    ///
    /// # Panics
    /// When the browser cannot be asked; only Chromium can.
    pub async fn now(browser: &Browser, windows: &[&str]) -> Self {
        let cdp = browser.driver.cdp();
        let ask = async |method: &str, parameters: Value| {
            cdp.send_raw(method, parameters).await.unwrap_or_else(|error| panic!("{method}: {error}"))
        };
        alive::collect_garbage(browser).await;
        let mut held = BTreeMap::new();
        ask("Performance.enable", json!({})).await;
        let metrics = cdp.performance().get_metrics().await.expect("counting is enabled");
        let wanted = |name: &str| ["Documents", "JSEventListeners", "Nodes"].contains(&name);
        held.extend(metrics.into_iter().filter(|it| wanted(&it.name)).map(|it| (it.name, it.value)));
        let heap = ask("Runtime.getHeapUsage", json!({})).await;
        let bytes = |part: &str| heap[part].as_f64().expect("a number of bytes");
        held.insert("bytes".into(), bytes("usedSize") + bytes("embedderHeapUsedSize"));
        held.insert(ARRAYS.into(), bytes("backingStorageSize"));
        for (window, kind) in windows.iter().flat_map(|window| KINDS.map(|kind| (window, kind))) {
            let name = format!("{window}.{kind}");
            held.insert(name.clone(), alive::count(browser, &name).await as f64);
        }
        Self(held)
    }

    /// What a page holds in a comparable state: at the same window size, and with the same results, because the page
    /// keeps those of the last four experiments.
    pub async fn at_rest(browser: &Browser, page: &Page<'_>) -> Self {
        browser.resize(1280, 720).await;
        for size in 64..68 {
            let mut experiment = busy(&["event-loop"], 1);
            experiment["size"] = size.into();
            let run = page.start(experiment).await;
            assert_eq!(ends(page, &run, bound(1)).await, Some(None), "a small run is a good one");
        }
        page.script("recorder.forget()", vec![]).await;
        let mut held = Self::now(browser, &["window"]).await;
        held.0.insert(MEMORIES.into(), alive::bytes_of_memories(browser).await as f64);
        held
    }

    /// The amounts that have grown by more than a tenth since `early`, in words. A growth by no more than `few` does
    /// not count; arrays and memories have limits of their own.
    pub fn grown_since(&self, early: &Self, few: f64) -> Vec<String> {
        let grown = self.0.iter().filter_map(|(name, now)| {
            let before = *early.0.get(name)?;
            let few = match name.as_str() {
                ARRAYS => FILES,
                MEMORIES => LARGEST,
                _ => few,
            };
            let too_much = *now > before * (1.0 + TENTH) && now - before > few;
            too_much.then(|| format!("{name}: {before} before, {now} now"))
        });
        grown.collect()
    }
}

impl fmt::Display for Held {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<_> = self.0.iter().map(|(name, value)| format!("{name} {value}")).collect();
        to.write_str(&all.join(", "))
    }
}
