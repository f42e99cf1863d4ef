//! Who waits until when: what an event loop knows of those that are not ready.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
/// Tasks that wait, by their place in whatever list the loop has. Times are milliseconds since the sample began.
#[derive(Default)]
pub(crate) struct Waiting(BinaryHeap<Reverse<(u64, usize)>>);

impl Waiting {
    /// This one waits until then.
    pub(crate) fn add(&mut self, at: usize, due: f64) {
        self.0.push(Reverse((micros(due), at)));
    }

    /// The one that is due first, if it is due.
    pub(crate) fn due(&mut self, now: f64) -> Option<usize> {
        let Reverse((due, at)) = *self.0.peek()?;
        (due <= micros(now)).then(|| {
            self.0.pop();
            at
        })
    }

    /// When the next is due, in whole microseconds; never, if nobody waits.
    pub(crate) fn next_at(&self) -> u64 {
        self.0.peek().map_or(u64::MAX, |Reverse((due, _))| *due)
    }

    /// Milliseconds until the next is due; `None` if nobody waits.
    pub(crate) fn next_ms(&self, now: f64) -> Option<f64> {
        let Reverse((due, _)) = self.0.peek()?;
        Some(due.saturating_sub(micros(now)) as f64 / 1000.0)
    }
}

/// Whole microseconds, which have an order.
fn micros(milliseconds: f64) -> u64 {
    (milliseconds * 1000.0) as u64
}
