//! What was wanted, what was found, and whether that is good enough.

use std::collections::BTreeMap;

use browsers::Engine;
use lanes::measure::{Ratio, ratio};

use crate::document::Measured;
use crate::race::{Contender, Times};

/// A claim in words with its measurement.
pub struct Target {
    /// What is claimed.
    pub claim: String,
    /// What was measured.
    pub found: String,
    /// Whether the claim holds.
    pub met: bool,
}

/// Bytes of the first load, compressed.
const FIRST_LOAD: usize = 250_000;
/// Part of a run's time that recording may cost.
const TRACING: f64 = 0.01;

/// All targets for one engine.
pub fn targets(measured: &Measured) -> Vec<Target> {
    let times = &measured.times;
    let native = if measured.engine == Engine::Chromium { 1.6 } else { 1.15 };
    let mut targets = vec![
        faster(times, Contender::Blocking, 1.8, "`threads` against `blocking`"),
        faster(times, best_loop(times), 4.0, "`threads` against the best JavaScript, one thread"),
        faster(times, Contender::Pool, 2.2, "`threads` against a pool of 2 JavaScript workers"),
        faster(times, Contender::Naive, 1.6, "`threads` against rayon called from the page's own thread"),
        slower_than_native(times, native),
    ];
    let machine = of(times, Contender::NativeAlone, Contender::Native).value;
    targets[0].found += &format!("; natively this machine gave two threads {machine:.2} over one in the same run");
    targets.extend(measured.tracing.iter().map(|(strategy, cost)| Target {
        claim: format!("recording costs `{strategy}` at most {:.0} %", TRACING * 100.0),
        found: format!(
            "{:+.1} %{}",
            (cost.value - 1.0) * 100.0,
            spread(cost, |ratio| format!("{:+.1} %", (ratio - 1.0) * 100.0))
        ),
        met: cost.value <= 1.0 + TRACING,
    }));
    let weight: usize = measured.first_load.iter().map(|(_, _, gzipped)| gzipped).sum();
    targets.push(Target {
        claim: format!("the first load is at most {} kB, compressed", FIRST_LOAD / 1000),
        found: format!("{:.1} kB", weight as f64 / 1000.0),
        met: weight <= FIRST_LOAD,
    });
    targets.extend(measured.long_frames.as_ref().map(|frames| Target {
        claim: "no task over 50 ms on the page's thread while `threads` and `processes` run".into(),
        found: long_frames(frames),
        met: frames.iter().all(|(_, blocking)| *blocking <= 0.0),
    }));
    targets
}

/// What Long Animation Frames tell: a frame is long, too, when no task was but the machine had no core to draw it;
/// the blocking part is what tasks took beyond 50 ms each.
fn long_frames(frames: &[(f64, f64)]) -> String {
    let Some(longest) = frames.iter().map(|(duration, _)| *duration).reduce(f64::max) else { return "none".into() };
    let blocking: f64 = frames.iter().map(|(_, blocking)| *blocking).sum();
    format!("{} long frames, the longest {longest:.0} ms; blocked by tasks for {blocking:.0} ms in all", frames.len())
}

/// Whichever of the two loops is faster in this engine.
fn best_loop(times: &Times) -> Contender {
    let plain_is_slower = of(times, Contender::Plain, Contender::Interleaved).value > 1.0;
    if plain_is_slower { Contender::Interleaved } else { Contender::Plain }
}

fn faster(times: &Times, other: Contender, wanted: f64, claim: &str) -> Target {
    let found = of(times, other, Contender::Threads);
    Target {
        claim: format!("{claim}: at least {wanted} times as fast"),
        found: format!("{:.2}{}", found.value, spread(&found, |ratio| format!("{ratio:.2}"))),
        met: found.value >= wanted,
    }
}

fn slower_than_native(times: &Times, wanted: f64) -> Target {
    let found = of(times, Contender::Threads, Contender::Native);
    Target {
        claim: format!("`threads` against the same kernel natively, 2 threads: at most {wanted} times its time"),
        found: format!("{:.2}{}", found.value, spread(&found, |ratio| format!("{ratio:.2}"))),
        met: found.value <= wanted,
    }
}

/// How many times as fast `own` is as `other`.
fn of(times: &BTreeMap<Contender, Vec<f64>>, other: Contender, own: Contender) -> Ratio {
    ratio(&times[&other], &times[&own]).expect("there are samples of both")
}

fn spread(ratio: &Ratio, words: impl Fn(f64) -> String) -> String {
    ratio.ci95.map(|[low, high]| format!(" ({} to {})", words(low), words(high))).unwrap_or_default()
}
