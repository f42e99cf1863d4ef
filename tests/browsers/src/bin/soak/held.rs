//! What a page holds once garbage was collected, and whether that has grown.

use std::collections::BTreeMap;
use std::fmt;

use browsers::{Browser, Page, alive};
use serde_json::{Value, json};

use crate::end::{bound, ends};
use crate::experiments::busy;

/// What is held by objects of these kinds stands for all: each sample has ports, and each wait a callback.
const KINDS: [&str; 2] = ["MessagePort", "Function"];
/// Something may have grown by so much.
const TENTH: f64 = 0.1;

/// Bytes of arrays lie beside objects. Most are those of files that each frame fetches in its own time, and lets go of in the
/// browser's: they come and go by megabytes, and so many are no leak.
const ARRAYS: &str = "bytes of arrays";
const FILES: f64 = 12e6;
/// The page's own memory, and those of workers that it sees: as large as the largest run so far has made them, and they never shrink.
const MEMORIES: &str = "bytes of memories";
const LARGEST: f64 = 32e6;

/// By its name, how much there is: bytes, or numbers.
pub struct Held(BTreeMap<String, f64>);

impl Held {
    /// What is held now, with the objects of these windows, as JavaScript of the page calls them.
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

    /// What a page holds at the same size and with the same results: it keeps the last four experiments'.
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

    /// What has grown by more than a tenth since then; `few` of something is not looked at.
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
