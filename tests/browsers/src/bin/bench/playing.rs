//! Whether a large trace is played back smoothly: 100,000 tasks on eight lanes, with one span for each task.

use browsers::Page;
use lab::report::Report;
use serde_json::json;

/// How long the player is watched, in milliseconds.
const WATCHED: u32 = 4000;

/// The minimum number of spans of the trace.
const MANY: usize = 100_000;

/// How the trace was played.
#[derive(Debug)]
pub struct Playing {
    /// Spans of the trace.
    pub spans: usize,
    /// Milliseconds from the press of Play until the trace played.
    pub ready_ms: f64,
    /// Frames per second while it played.
    pub rate: f64,
    /// The longest gap between two frames, in milliseconds.
    pub longest_gap_ms: f64,
}

/// Presses Play, measures how long it takes to begin, and then counts frames.
const WATCH: &str = "const [watched, done] = arguments;
    const frame = () => new Promise(requestAnimationFrame);
    (async () => {
        const pressed = performance.now();
        document.querySelector('#play').click();
        await frame();
        await frame();
        const began = performance.now();
        let [last, longest, count] = [began, 0, 0];
        while (last - began < watched) {
            const now = await frame();
            [longest, last] = [Math.max(longest, now - last), now];
            count += 1;
        }
        const plays = document.querySelector('#play').innerText === 'Pause';
        done([began - pressed, count / (last - began) * 1000, longest, plays ? 1 : 0]);
    })();";

/// Takes a run, and plays its trace.
///
/// # Panics
/// When the run fails, or its trace has fewer spans than `MANY`, or ends while it is watched.
pub async fn measure(page: &Page<'_>) -> Playing {
    // Actors are dealt the same number of tasks each; a thread may take more than its lane's buffer holds.
    let report: Report = page
        .run(json!({
            "workload": "grain", "size": 100_000, "work": 200, "strategies": ["actors"], "workers": 8, "samples": 1,
        }))
        .await
        .unwrap_or_else(|error| panic!("playing: {error}"));
    page.until_results().await;
    let watched = page.wait(WATCH, vec![WATCHED.into()]).await;
    let [ready_ms, rate, longest_gap_ms, plays]: [f64; 4] = serde_json::from_value(watched).expect("four numbers");
    assert!(plays > 0.0, "it ended before");
    let spans = report.runs[0].lanes.iter().map(|lane| lane.spans.len()).sum();
    assert!(spans >= MANY, "a large trace was asked for, and it has {spans} spans");
    Playing { spans, ready_ms, rate, longest_gap_ms }
}
