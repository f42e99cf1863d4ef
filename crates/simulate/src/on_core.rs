//! Computing as it really happened in the simulation: on a core only while a context had one.
//!
//! A lane records a step from the request to compute it until it was done. A real lane does so too, and has to guess
//! when the operating system took its core away. The simulation knows.

use super::machine::Nanos;
use strategies::trace::{Cause, Span};

/// The spans of a lane. Those that compute are off core except while their context `computed`. Both are in order.
pub(super) fn on_core(spans: &[Span], computed: &[(Nanos, Nanos)]) -> Vec<Span> {
    let mut stretches = computed.iter().map(|&(from, until)| (micros(from), micros(until))).peekable();
    let mut cut = Vec::new();
    for &span in spans {
        if span.cause != Cause::Compute || span.length() == 0 {
            cut.push(span);
            continue;
        }
        while stretches.next_if(|&(_, until)| until <= span.start).is_some() {}
        let mut now = span.start;
        while let Some(&(from, until)) = stretches.peek().filter(|&&(from, _)| from < span.end) {
            let (from, end) = (from.max(span.start), until.min(span.end));
            cut.extend(off_core(span, now, from));
            cut.push(piece(span, from, end));
            now = end;
            if until > span.end {
                break; // the rest belongs to the next span
            }
            stretches.next();
        }
        cut.extend(off_core(span, now, span.end));
    }
    cut
}

/// The part of a span in which its context had no core; `None` if it is empty.
fn off_core(span: Span, start: u32, end: u32) -> Option<Span> {
    (start < end).then(|| Span { cause: Cause::OffCore, ..piece(span, start, end) })
}

/// A part of a span. Only the last part keeps the wait that follows the span.
fn piece(span: Span, start: u32, end: u32) -> Span {
    Span { start, end, until: if end == span.end { span.until } else { 0 }, ..span }
}

fn micros(nanos: Nanos) -> u32 {
    (nanos as f64 / 1000.0).round() as u32 // saturates
}
