//! Which tasks wait until when: what an event loop knows of tasks that are not ready.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
/// Tasks that wait, by their place in whatever list the loop has. Times are milliseconds since the sample began.
#[derive(Default)]
pub(crate) struct Waiting(BinaryHeap<Reverse<(u64, usize)>>);

impl Waiting {
    /// Adds a task that waits until `due`.
    pub(crate) fn add(&mut self, at: usize, due: f64) {
        self.0.push(Reverse((micros(due), at)));
    }

    /// Takes out the task that is due first, if it is due at `now`.
    pub(crate) fn due(&mut self, now: f64) -> Option<usize> {
        let Reverse((due, at)) = *self.0.peek()?;
        (due <= micros(now)).then(|| {
            self.0.pop();
            at
        })
    }

    /// When the next task is due, in whole microseconds; `u64::MAX` if none waits.
    pub(crate) fn next_at(&self) -> u64 {
        self.0.peek().map_or(u64::MAX, |Reverse((due, _))| *due)
    }

    /// Milliseconds until the next task is due; `None` if none waits.
    pub(crate) fn next_ms(&self, now: f64) -> Option<f64> {
        let Reverse((due, _)) = self.0.peek()?;
        Some(due.saturating_sub(micros(now)) as f64 / 1000.0)
    }
}

/// Whole microseconds, which have an order.
fn micros(milliseconds: f64) -> u64 {
    (milliseconds * 1000.0) as u64
}
