//! Whether large runs are drawn smoothly while they go on: as many tasks as there can be, and up to 128 lanes.
//!
//! The browser is told that it has 32 cores, so that the page allows 128 workers. Where all of these compute, hardly any
//! time of the cores that there are is left for whatever draws; so beside the frames that were drawn, what the page's
//! thread had to do for each is measured, in time on a core, which does not count how long it waited for one. Two more
//! runs leave time to draw: as many workers that only wait, and few that compute.

use std::collections::BTreeMap;
use std::time::Duration;

use browsers::{Browser, Page};
use lanes::report::Report;
use serde_json::{Value, json};

/// Cores that the browser claims.
const CLAIMED: usize = 32;
/// Workers, four times as many.
const WORKERS: usize = 128;
/// Workers that leave the machine some time to draw.
const FEW: usize = 8;
/// How often the page is looked at meanwhile.
const LOOK: Duration = Duration::from_millis(500);

/// What its workers do most of the time, how many there are, and what is run.
const RUNS: [(&str, usize, fn() -> Value); 3] = [
    ("wait", WORKERS, || json!({ "workload": "proxy", "size": 10_000, "wait": 40 })),
    ("compute", FEW, || json!({ "workload": "grain", "size": 100_000, "work": 2000 })),
    ("compute", WORKERS, || json!({ "workload": "grain", "size": 100_000, "work": 2000 })),
];

/// What was drawn, and how.
#[derive(Debug)]
pub struct Drawn {
    /// What most workers do: wait, or compute.
    pub workers_do: &'static str,
    /// Tasks of the run.
    pub tasks: usize,
    /// Lanes of the run.
    pub lanes: usize,
    /// Spans that were drawn in the end.
    pub spans: usize,
    /// Frames a second while it ran.
    pub rate: f64,
    /// The longest that the page went without one, in milliseconds.
    pub longest_gap_ms: f64,
    /// How long the page's thread computed for each frame, in milliseconds.
    pub busy_ms: f64,
    /// How long it was looked at, in seconds.
    pub seconds: f64,
    /// Duration and blocking part of each long animation frame, in milliseconds.
    pub long_frames: Vec<(f64, f64)>,
}

/// Counts frames from now on.
const COUNT: &str = "
    const drawing = window.drawing = { count: 0, last: null, longest: 0 };
    requestAnimationFrame(function frame(now) {
        drawing.count += 1;
        if (drawing.last !== null) drawing.longest = Math.max(drawing.longest, now - drawing.last);
        drawing.last = now;
        requestAnimationFrame(frame);
    });";

/// Whether the first sample runs already, whether the last is done, and the frames until now.
const SEEN: &str = "
    const own = recorder.messages.filter(({ id }) => id === arguments[0]);
    const over = own.some(({ type, done, total }) => type !== 'lanes:progress' || done === total);
    const { count, longest } = window.drawing;
    if (own.length === 0) window.drawing.longest = 0;
    return [own.length > 0, over, performance.now(), count, longest];";

/// The page at one moment.
#[derive(Debug, Clone, Copy)]
struct Moment {
    now: f64,
    frames: f64,
    longest: f64,
    busy_ms: f64,
}

/// Opens the page for each of the runs.
///
/// # Panics
/// When a run fails, or is over too soon to see anything.
pub async fn measure(browser: &Browser, address: &str) -> Vec<Drawn> {
    let cdp = browser.driver.cdp();
    let claim = json!({ "hardwareConcurrency": CLAIMED });
    cdp.send_raw("Emulation.setHardwareConcurrencyOverride", claim).await.expect("Chromium claims what it is told to");
    let on_core = json!({ "timeDomain": "threadTicks" });
    cdp.send_raw("Performance.enable", on_core).await.expect("Chromium counts what it does");
    let mut drawn = Vec::new();
    for (workers_do, workers, experiment) in RUNS {
        let page = Page::open(browser, address).await;
        page.script(COUNT, vec![]).await;
        let mut experiment = experiment();
        for (key, value) in [("strategies", json!(["threads"])), ("workers", workers.into()), ("samples", 1.into())] {
            experiment[key] = value;
        }
        let run = page.start(experiment).await;
        let moments = watch(browser, &page, &run).await;
        let report = page.outcome(&run).await.unwrap_or_else(|error| panic!("drawing: {error}"));
        let long_frames = page.script("return recorder.longFramesWhileRunning()", vec![]).await;
        let long_frames = serde_json::from_value(long_frames).expect("two numbers each");
        drawn.push(summed_up(workers_do, &moments, &report, long_frames));
    }
    drawn
}

/// The page at every look from the first sample's beginning to the last one's end.
async fn watch(browser: &Browser, page: &Page<'_>, run: &str) -> Vec<Moment> {
    let mut moments = Vec::new();
    loop {
        let seen: Value = page.script(SEEN, vec![run.into()]).await;
        let (begun, over, now, frames, longest) = serde_json::from_value(seen).expect("five facts");
        let metrics = browser.driver.cdp().performance().get_metrics().await.expect("counting is enabled");
        let metrics: BTreeMap<_, _> = metrics.into_iter().map(|metric| (metric.name, metric.value)).collect();
        match (begun, over) {
            (_, true) => return moments,
            (true, _) => moments.push(Moment { now, frames, longest, busy_ms: metrics["TaskDuration"] * 1000.0 }),
            _ => {}
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn summed_up(workers_do: &'static str, moments: &[Moment], report: &Report, long_frames: Vec<(f64, f64)>) -> Drawn {
    let [first, .., last] = moments else { panic!("the run was over too soon: {moments:?}") };
    let (frames, span) = (last.frames - first.frames, last.now - first.now);
    let lanes = &report.runs[0].lanes;
    Drawn {
        workers_do,
        tasks: report.experiment["size"].as_u64().unwrap_or_default() as usize,
        lanes: lanes.len(),
        spans: lanes.iter().map(|lane| lane.spans.len()).sum(),
        rate: frames / span * 1000.0,
        longest_gap_ms: last.longest,
        busy_ms: (last.busy_ms - first.busy_ms) / frames,
        seconds: span / 1000.0,
        long_frames,
    }
}
