//! When the page was frozen: the stretches of a sample in which it could not have answered a click.
//!
//! ```text
//! sample      0 |-------------------------------| makespan
//! messages      |  |  |  |                     |     each mark a beat of the page's heartbeat
//! silences      ''''''''' '''''''''''''''''''''''    the long one is a freeze
//! ```
//! A beat that arrives late says that the page was busy since the beat before. Invariants: time after the last recorded
//! beat is silence too, so that a sample whose last beat was never recorded does not look alive; and time in which
//! nothing moved at all ([`stalls`]) is left out, so that no strategy is blamed for it.
//!
//! Each of the two beats around a silence may be stamped one step of the clock too early or too late, so on an uneven
//! clock the silence may seem two steps longer than it was. Invariant: a silence that may not be a freeze is not called
//! one, and if the clock is too coarse to tell most freezes from such silences, none is.

use strategies::trace::{Cause, Trace};

use super::stalls;

/// A silence this long, in milliseconds, is a freeze: a task of more than 50 ms keeps the page from answering within
/// the 100 ms that feel immediate. The RAIL model and the W3C's Long Tasks draw the line here
/// (<https://web.dev/articles/rail>, <https://www.w3.org/TR/longtasks-1/>).
pub const FREEZE_THRESHOLD_MS: f64 = 50.0;

/// A clock with steps of at least this many milliseconds cannot tell freezes at all.
pub const TOO_COARSE_FOR_FREEZES_MS: f64 = FREEZE_THRESHOLD_MS / 2.0;

/// The stretches of the sample in which the page was surely frozen: (start, end) in microseconds, within the makespan.
pub fn freezes(trace: &Trace) -> Vec<(u32, u32)> {
    let froze = |&(start, end): &(u32, u32)| froze(milliseconds(end - start), milliseconds(trace.clock_step));
    silences(trace).into_iter().filter(|silence| froze(silence) == Some(true)).collect()
}

/// Whether the page was frozen in a silence of `silence_ms`; `None` if a clock with this step cannot tell.
pub fn froze(silence_ms: f64, clock_step_ms: f64) -> Option<bool> {
    match silence_ms {
        _ if clock_step_ms >= TOO_COARSE_FOR_FREEZES_MS => None,
        silence if silence < FREEZE_THRESHOLD_MS => Some(false),
        silence => (silence - 2.0 * clock_step_ms >= FREEZE_THRESHOLD_MS).then_some(true),
    }
}

/// The longest time without a beat, in milliseconds; `None` if no heartbeat was recorded. A value up to the heartbeat's
/// own interval is the usual time between two beats.
pub fn longest_silence_ms(trace: &Trace) -> Option<f64> {
    silences(trace).into_iter().map(|(start, end)| milliseconds(end - start)).reduce(f64::max)
}

/// From each beat to the next, and from the last one to the end of the sample; empty if no heartbeat was recorded.
fn silences(trace: &Trace) -> Vec<(u32, u32)> {
    let beats = trace.heartbeat.iter().filter(|span| span.cause == Cause::Message);
    let mut silences: Vec<_> = beats.map(|beat| (beat.start, beat.end)).collect();
    if let Some(last) = silences.iter().map(|(_, end)| *end).max() {
        silences.push((last.min(trace.makespan), trace.makespan));
    }
    let stalls = stalls(trace);
    silences
        .into_iter()
        .map(|(start, end)| (start, end.min(trace.makespan)))
        .filter(|(start, end)| start <= end)
        .flat_map(|silence| without(silence, &stalls))
        .collect()
}

/// What is left of a silence without these stretches, which are in order.
fn without((mut start, end): (u32, u32), stretches: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut left = Vec::new();
    for &(from, until) in stretches {
        if until > start && from < end {
            left.push((start, from.max(start)));
            start = until.min(end);
        }
    }
    left.push((start, end));
    left
}

fn milliseconds(micros: u32) -> f64 {
    f64::from(micros) / 1000.0
}
