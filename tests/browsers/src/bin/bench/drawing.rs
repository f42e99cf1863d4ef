//! Whether large runs are drawn smoothly while they run: with the largest number of tasks, and up to 128 lanes.
//!
//! The browser is made to claim 32 cores, so that the page allows 128 workers. Where all of these compute, hardly any
//! core time is left for drawing. So beside the number of frames, this measures how long the page's thread was busy for
//! each frame, in time on a core, which excludes waiting for a core. Three more runs leave time to draw: 128 workers
//! that only wait, 128 workers of which one computes at a time, and few workers that all compute.

use browsers::{Browser, Page};
use lab::report::Report;
use serde_json::{Value, json};

/// The number of cores that the browser claims.
const CLAIMED: usize = 32;
/// The number of workers, four times the cores.
const WORKERS: usize = 128;
/// A number of workers that leaves the machine some time to draw.
const FEW: usize = 8;

struct Case {
    workers_do: &'static str,
    strategy: &'static str,
    workers: usize,
    leaves_time: bool,
    experiment: fn() -> Value,
}

/// Hardly any work, and one wait span for each task.
const WAITING: fn() -> Value = || json!({ "workload": "proxy", "size": 10_000, "wait": 40 });
/// The largest number of tasks, which only compute.
const COMPUTING: fn() -> Value = || json!({ "workload": "grain", "size": 100_000, "work": 2000 });

#[rustfmt::skip]
const CASES: [Case; 4] = [
    Case { workers_do: "wait", strategy: "threads", workers: WORKERS, leaves_time: true, experiment: WAITING },
    Case { workers_do: "compute in turns", strategy: "gil", workers: WORKERS, leaves_time: true, experiment: COMPUTING },
    Case { workers_do: "compute", strategy: "threads", workers: FEW, leaves_time: true, experiment: COMPUTING },
    Case { workers_do: "compute", strategy: "threads", workers: WORKERS, leaves_time: false, experiment: COMPUTING },
];

/// What was drawn in one case, and how smoothly.
#[derive(Debug)]
pub struct Drawn {
    /// What most workers do: wait, compute in turns, or compute.
    pub workers_do: &'static str,
    /// Whether the workers leave the page's thread a fair share of a core: where a hundred threads compute at once,
    /// they do not.
    pub leaves_time: bool,
    /// Tasks of the run.
    pub tasks: usize,
    /// Lanes of the run.
    pub lanes: usize,
    /// Spans that were drawn in the end.
    pub spans: usize,
    /// Frames per second during the run.
    pub rate: f64,
    /// The longest gap between two frames, in milliseconds.
    pub longest_gap_ms: f64,
    /// How long the page's thread computed for each frame, in milliseconds.
    pub busy_ms: f64,
    /// How long the run was observed, in seconds.
    pub seconds: f64,
    /// Duration and blocking part of each long animation frame, in milliseconds.
    pub long_frames: Vec<(f64, f64)>,
}

/// Counts frames from now on, and waits for progress messages. Nothing else observes the page meanwhile: it has no time
/// to spare.
const COUNT: &str = "
    const drawing = window.drawing = { count: 0, last: null, longest: 0, progress: [], waiting: [] };
    drawing.look = () => {
        for (const wanted of drawing.waiting.splice(0)) drawing.until(...wanted);
    };
    drawing.until = (over, done) => {
        const { progress, count } = drawing;
        if (progress.some(({ done, total }) => !over || done === total)) {
            done([performance.now(), count, drawing.longest]);
            drawing.longest = 0;
        } else {
            drawing.waiting.push([over, done]);
        }
    };
    addEventListener('message', ({ data }) => {
        if (data?.type === 'lanes:progress') drawing.progress.push(data), drawing.look();
    });
    requestAnimationFrame(function frame(now) {
        drawing.count += 1;
        if (drawing.last !== null) drawing.longest = Math.max(drawing.longest, now - drawing.last);
        drawing.last = now;
        requestAnimationFrame(frame);
    });";

/// The page's counters at one moment: times in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Moment {
    now: f64,
    frames: f64,
    /// The longest gap between two frames since the moment before.
    gap: f64,
    busy_ms: f64,
}

/// Opens the page for each of the runs.
///
/// # Panics
/// When a run fails.
pub async fn measure(browser: &Browser, address: &str) -> Vec<Drawn> {
    let cdp = browser.driver.cdp();
    let claim = json!({ "hardwareConcurrency": CLAIMED });
    cdp.send_raw("Emulation.setHardwareConcurrencyOverride", claim).await.expect("Chromium claims what it is told to");
    let on_core = json!({ "timeDomain": "threadTicks" });
    cdp.send_raw("Performance.enable", on_core).await.expect("Chromium counts what it does");
    let mut drawn = Vec::new();
    for case in CASES {
        let page = Page::open(browser, address).await;
        page.script(COUNT, vec![]).await;
        let mut experiment = (case.experiment)();
        let chosen = [("strategies", json!([case.strategy])), ("workers", case.workers.into()), ("samples", 1.into())];
        for (key, value) in chosen {
            experiment[key] = value;
        }
        let run = page.start(experiment).await;
        let begun = moment(browser, &page, false).await;
        let over = moment(browser, &page, true).await;
        let report = page.outcome(&run).await.unwrap_or_else(|error| panic!("drawing: {error}"));
        let long_frames = page.script("return recorder.longFramesWhileRunning()", vec![]).await;
        let long_frames = serde_json::from_value(long_frames).expect("two numbers each");
        drawn.push(summed_up(&case, [begun, over], &report, long_frames));
    }
    drawn
}

/// The moment when the first sample begins, or when the last is over.
async fn moment(browser: &Browser, page: &Page<'_>, over: bool) -> Moment {
    let seen = page.wait("window.drawing.until(...arguments)", vec![over.into()]).await;
    let [now, frames, gap]: [f64; 3] = serde_json::from_value(seen).expect("three numbers");
    let metrics = browser.driver.cdp().performance().get_metrics().await.expect("counting is enabled");
    let busy = metrics.into_iter().find(|metric| metric.name == "TaskDuration").expect("Chromium counts tasks");
    Moment { now, frames, gap, busy_ms: busy.value * 1000.0 }
}

fn summed_up(case: &Case, [begun, over]: [Moment; 2], report: &Report, long_frames: Vec<(f64, f64)>) -> Drawn {
    let (frames, span) = (over.frames - begun.frames, over.now - begun.now);
    let lanes = &report.runs[0].lanes;
    Drawn {
        workers_do: case.workers_do,
        leaves_time: case.leaves_time,
        tasks: report.experiment["size"].as_u64().unwrap_or_default() as usize,
        lanes: lanes.len(),
        spans: lanes.iter().map(|lane| lane.spans.len()).sum(),
        rate: frames / span * 1000.0,
        longest_gap_ms: over.gap,
        busy_ms: (over.busy_ms - begun.busy_ms) / frames,
        seconds: span / 1000.0,
        long_frames,
    }
}
