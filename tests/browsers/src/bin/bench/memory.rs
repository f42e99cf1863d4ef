//! Whether the page's memory stays the same, however often something is run.
//!
//! The runs are small, follow one another, and have one strategy each, with workers of their own where the strategy has
//! any.

use std::collections::BTreeMap;

use browsers::{Browser, Page, alive};
use serde_json::{Value, json};

/// The number of runs before memory is measured for the first time: by then, everything that is made only once has been
/// made.
pub const EARLY: usize = 50;
/// The number of runs before memory is measured again.
pub const LATE: usize = 500;
/// The number of runs that one script waits for.
const CHUNK: usize = 50;

/// What the page holds after a garbage collection.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// JavaScript's objects, in bytes.
    pub heap: f64,
    /// WebAssembly memories, in bytes; they never shrink.
    pub module: f64,
    /// The number of the document's nodes; it is not part of [`Held::all`].
    pub nodes: f64,
}

impl Held {
    /// Objects and memories together, in bytes.
    pub fn all(&self) -> f64 {
        self.heap + self.module
    }
}

/// What is held after [`EARLY`] and after [`LATE`] runs.
///
/// # Panics
/// When a run fails.
pub async fn measure(browser: &Browser, page: &Page<'_>) -> [Held; 2] {
    let capabilities = page.capabilities().await.expect("an opened page said what it can do");
    let strategies: Vec<_> =
        capabilities.strategies.into_iter().filter(|offer| offer.available).map(|offer| offer.id).collect();
    browser.driver.cdp().performance().enable().await.expect("Chromium counts what it holds");
    let mut early = None;
    for done in (0..LATE).step_by(CHUNK) {
        if done == EARLY {
            early = Some(held(browser).await);
        }
        run(page, done, &strategies).await;
    }
    [early.expect("the first look is between two chunks"), held(browser).await]
}

/// Takes [`CHUNK`] runs in a row. The last one always has the same strategy, because the page keeps its report.
async fn run(page: &Page<'_>, done: usize, strategies: &[String]) {
    let experiment = json!({ "workload": "mandelbrot", "size": 64, "workers": 2, "samples": 1 });
    let script = "const [before, count, strategies, experiment, done] = arguments;
        let at = 0;
        const next = () => {
            recorder.messages.length = 0;
            if (at === count) return done(null);
            const id = `memory ${before + at}`;
            const strategy = strategies[at++ % strategies.length];
            recorder.say({ type: 'lanes:run', id, experiment: { ...experiment, strategies: [strategy] } });
            recorder.until(id, ['lanes:result', 'lanes:error'], (text) => {
                const { type, message } = JSON.parse(text);
                type === 'lanes:result' ? setTimeout(next) : done(`${strategy}: ${message}`);
            });
        };
        next();";
    let failed = page.wait(script, vec![done.into(), CHUNK.into(), strategies.into(), experiment]).await;
    assert_eq!(failed, Value::Null);
}

async fn held(browser: &Browser) -> Held {
    let cdp = browser.driver.cdp();
    alive::collect_garbage(browser).await;
    let metrics = cdp.performance().get_metrics().await.expect("counting is enabled");
    let metrics: BTreeMap<_, _> = metrics.into_iter().map(|metric| (metric.name, metric.value)).collect();
    let module = alive::bytes_of_memories(browser).await as f64;
    Held { heap: metrics["JSHeapUsedSize"], module, nodes: metrics["Nodes"] }
}
