//! How long a call kept other tasks from their turns: for each slot, the longest time for which the task that always
//! wants a turn had none.
//!
//! ```text
//! slot      |  await  |  ready  | compute |
//! turns     | | | | | |       | |         | |
//! held up     5 ms       60 ms     90 ms
//! ```

use strategies::trace::{Cause, Trace};
use workloads::Slots;

/// A stretch of at least this part of the call's duration means that the call kept others waiting; a stretch of at most
/// 1 minus this part means that it did not. In between, it cannot be told.
const SURELY: f64 = 2.0 / 3.0;

/// For each slot, the longest stretch without a turn, in milliseconds. A stretch belongs to the slot in which its
/// middle lies, because it may begin a turn before the call. `None` if the task that wants turns never had one.
pub fn held_up(trace: &Trace, slots: &Slots) -> Option<Vec<f64>> {
    let spans = trace.lanes.iter().flat_map(|lane| &lane.spans);
    let own = spans.filter(|span| span.task as usize == slots.beats && span.cause == Cause::Compute);
    let mut turns: Vec<_> = own.map(|span| (span.start, span.end)).collect();
    turns.sort_unstable();
    let first = turns.first()?.0;
    let gaps = turns.windows(2).map(|pair| (pair[0].1, pair[1].0)).chain([(0, first)]);
    let mut longest = vec![0.0_f64; slots.words.len()];
    for (start, end) in gaps {
        let middle = f64::from(start) / 2.0 + f64::from(end) / 2.0;
        let slot = (middle / slots.each.as_micros() as f64) as usize;
        if let Some(longest) = longest.get_mut(slot) {
            *longest = longest.max(f64::from(end.saturating_sub(start)) / 1000.0);
        }
    }
    Some(longest)
}

/// Whether `held_up_ms` without a turn means that the call kept others waiting; `None` if it cannot be told.
pub fn keeps_waiting(held_up_ms: f64, slots: &Slots) -> Option<bool> {
    let share = held_up_ms / (slots.takes.as_secs_f64() * 1000.0);
    match () {
        () if share >= SURELY => Some(true),
        () if share <= 1.0 - SURELY => Some(false),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use strategies::trace::{Context, TraceBuilder};

    use super::*;

    const SLOTS: Slots = Slots {
        words: &["first", "second"],
        each: Duration::from_millis(90),
        takes: Duration::from_millis(60),
        beats: 2,
    };

    #[test]
    fn the_longest_stretch_without_a_turn_counts_for_the_slot_of_its_middle() {
        let turns: Vec<_> =
            [0, 5, 10, 15, 78, 80, 85, 150, 155].map(|ms| (ms * 1000, ms * 1000 + 100, 2, Cause::Compute)).into();
        let trace = TraceBuilder::new().lane(Context::Page, &turns).lane(Context::Loop, &[(0, 9, 0, Cause::Compute)]);
        assert_eq!(held_up(&trace.build(), &SLOTS), Some(vec![62.9, 64.9]));
        assert_eq!(held_up(&Trace::default(), &SLOTS), None);
    }

    #[test]
    fn a_third_of_the_call_is_nothing_and_two_thirds_are() {
        for (ms, keeps) in
            [(5.0, Some(false)), (20.0, Some(false)), (30.0, None), (40.0, Some(true)), (75.0, Some(true))]
        {
            assert_eq!(keeps_waiting(ms, &SLOTS), keeps, "{ms} ms");
        }
    }
}
