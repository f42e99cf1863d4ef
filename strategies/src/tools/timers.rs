//! Who waits until when: what an event loop knows of those that are not ready.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use crate::SampleContext;

/// Tasks that wait, by their place in whatever list the loop has.
#[derive(Default)]
pub(crate) struct Waiting(BinaryHeap<Reverse<(u64, usize)>>);

impl Waiting {
    /// From now on this one waits for `duration`.
    pub(crate) fn add(&mut self, at: usize, duration: Duration, sample: &SampleContext<'_>) {
        self.0.push(Reverse((now(sample) + duration.as_micros() as u64, at)));
    }

    /// The one that is due first, if it is due.
    pub(crate) fn due(&mut self, sample: &SampleContext<'_>) -> Option<usize> {
        let Reverse((due, at)) = *self.0.peek()?;
        (due <= now(sample)).then(|| {
            self.0.pop();
            at
        })
    }

    /// Milliseconds until the next is due; `None` if nobody waits.
    pub(crate) fn next_ms(&self, sample: &SampleContext<'_>) -> Option<f64> {
        let Reverse((due, _)) = self.0.peek()?;
        Some(due.saturating_sub(now(sample)) as f64 / 1000.0)
    }
}

/// Microseconds on the sample's clock.
fn now(sample: &SampleContext<'_>) -> u64 {
    (sample.world.now() * 1000.0) as u64
}
