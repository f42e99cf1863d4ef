//! The frames that a page gets while samples are taken: they decide whether the page looks smooth or stuck.
//!
//! They are counted outside of Lanes, which reports its own heartbeat; the two should agree.

use serde_json::Value;

use crate::{Outcome, Page};

/// The page's frames during one run, from its first progress message to its last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frames {
    /// Frames per second.
    pub rate: f64,
    /// The longest gap between two frames, in milliseconds.
    pub longest_gap_ms: f64,
}

/// Counts frames and progress messages from now on.
const COUNT: &str = "
    const counting = window.counting = { frames: [], progress: [] };
    addEventListener('message', ({ data }) => data?.type === 'lanes:progress' && counting.progress.push(performance.now()));
    requestAnimationFrame(function frame() {
        counting.frames.push(performance.now());
        if (window.counting === counting) requestAnimationFrame(frame);
    });";

/// Ends the counting, and returns the number of frames, the time, and the longest gap.
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
/// When the run sent no progress message.
pub async fn run_counting_frames(page: &Page<'_>, experiment: Value) -> (Outcome, Frames) {
    page.script(COUNT, vec![]).await;
    let outcome = page.run(experiment).await;
    let sums = page.script(SUM_UP, vec![]).await;
    let [count, span, longest_gap_ms]: [f64; 3] = serde_json::from_value(sums).expect("the run told of its progress");
    (outcome, Frames { rate: count / span * 1000.0, longest_gap_ms })
}
