//! Who waits until when: what an event loop knows of those that are not ready.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use super::Stage;

/// Tasks that wait, by their place in whatever list the loop has.
#[derive(Default)]
pub(super) struct Waiting(BinaryHeap<Reverse<(u64, usize)>>);

impl Waiting {
    /// From now on this one waits for so long.
    pub(super) fn add(&mut self, at: usize, duration: Duration, stage: &Stage<'_>) {
        self.0.push(Reverse((now(stage) + duration.as_micros() as u64, at)));
    }

    /// The one that is due first, if it is due.
    pub(super) fn due(&mut self, stage: &Stage<'_>) -> Option<usize> {
        let Reverse((due, at)) = *self.0.peek()?;
        (due <= now(stage)).then(|| {
            self.0.pop();
            at
        })
    }

    /// Milliseconds until the next is due; `None` if nobody waits.
    pub(super) fn next_ms(&self, stage: &Stage<'_>) -> Option<f64> {
        let Reverse((due, _)) = self.0.peek()?;
        Some(due.saturating_sub(now(stage)) as f64 / 1000.0)
    }
}

/// Microseconds on the stage's clock.
fn now(stage: &Stage<'_>) -> u64 {
    (stage.world.now() * 1000.0) as u64
}
