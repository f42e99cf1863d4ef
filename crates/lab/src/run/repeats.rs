//! How often a sample does its work, so that the clock is fine enough for it.

use strategies::trace::Trace;

use super::Executor;
use super::entry::Entry;
use crate::experiment::TIMER_SHARE;

/// No sample does its work more often than this, however coarse the clock.
const MOST_REPEATS: usize = 100;
/// No sample is made longer than this, in milliseconds: the visitor waits for it, and the page may be frozen.
const LONGEST_MS: f64 = 1000.0;

/// The number of repeats that is enough for the shortest of these entries: the same for all of them, and the same in
/// each round.
pub(super) fn repeats(entries: &[Entry], executor: &dyn Executor) -> usize {
    let cold = || entries.iter().filter_map(|entry| entry.series.cold.as_ref().map(|trace| work_ms(entry, trace)));
    let shortest = cold().fold(f64::INFINITY, f64::min).max(0.01);
    let step = executor.timer_resolution();
    let longest = cold().fold(step, f64::max); // what seems shorter than a step may be as long as one
    let wanted = (step / TIMER_SHARE / shortest).ceil();
    (wanted.min(LONGEST_MS / longest) as usize).clamp(1, MOST_REPEATS)
}

/// A cold sample's makespan without the start-up that it begins with, in milliseconds.
fn work_ms(entry: &Entry, cold: &Trace) -> f64 {
    f64::from(cold.makespan) / 1000.0 - entry.series.startup_ms
}
