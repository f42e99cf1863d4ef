//! Computing as it happened: only while a context had a core.
//!
//! A lane records a step from when it asked for it until it was done, as a real lane does, which cannot know when the
//! operating system took its core away. The simulation knows.

use super::machine::Nanos;
use strategies::trace::{Cause, Span};

/// The spans of a lane, where computing ones are cut to the times when its context `computed`. Both are in order.
pub(super) fn on_core(spans: &[Span], computed: &[(Nanos, Nanos)]) -> Vec<Span> {
    let mut stretches = computed.iter().map(|&(from, until)| (micros(from), micros(until))).peekable();
    let mut cut = Vec::new();
    for &span in spans {
        if span.cause != Cause::Compute || span.length() == 0 {
            cut.push(span);
            continue;
        }
        while stretches.next_if(|&(_, until)| until <= span.start).is_some() {}
        while let Some(&(from, until)) = stretches.peek().filter(|&&(from, _)| from < span.end) {
            cut.push(Span { start: from.max(span.start), end: until.min(span.end), ..span });
            if until > span.end {
                break; // the rest belongs to what comes next
            }
            stretches.next();
        }
    }
    cut
}

fn micros(nanos: Nanos) -> u32 {
    (nanos as f64 / 1000.0).round() as u32 // saturates
}
