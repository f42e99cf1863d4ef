//! The frames that a page gets while samples are taken: what people see as smooth, or as stuck.
//!
//! Counted from outside of Lanes, which reports its own pulse; the two should agree.

use serde_json::Value;

use crate::{Outcome, Page};

/// The page's frames during one run, from its first word of progress to its last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frames {
    /// How many there were a second.
    pub rate: f64,
    /// The longest time between one and the next, in milliseconds.
    pub longest_gap_ms: f64,
}

/// Counts from now on.
const COUNT: &str = "
    const counting = window.counting = { frames: [], progress: [] };
    addEventListener('message', ({ data }) => data?.type === 'lanes:progress' && counting.progress.push(performance.now()));
    requestAnimationFrame(function frame() {
        counting.frames.push(performance.now());
        if (window.counting === counting) requestAnimationFrame(frame);
    });";

/// Ends it: how many frames there were, how long it took, and the longest gap.
const SUM_UP: &str = "
    const { frames, progress } = window.counting;
    window.counting = null;
    const [first, last] = [progress[0], progress.at(-1)];
    const seen = frames.filter((at) => at > first && at < last);
    const edges = [first, ...seen, last];
    return [seen.length, last - first, Math.max(...edges.slice(1).map((at, before) => at - edges[before]))];";

/// Runs an experiment on a page at top level, and counts its frames meanwhile.
///
/// # Panics
/// When nothing was told of its progress.
pub async fn run_counting_frames(page: &Page<'_>, experiment: Value) -> (Outcome, Frames) {
    page.script(COUNT, vec![]).await;
    let outcome = page.run(experiment).await;
    let sums = page.script(SUM_UP, vec![]).await;
    let [count, span, longest_gap_ms]: [f64; 3] = serde_json::from_value(sums).expect("the run told of its progress");
    (outcome, Frames { rate: count / span * 1000.0, longest_gap_ms })
}
