//! The agenda: the simulation's clock, and the events that it jumps to.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::machine::Nanos;

/// A scheduled event. It may be out of date when its time comes, and is then ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// This signal is given.
    Signal(u64),
    /// A context has finished its current piece of work.
    Computed {
        /// The context.
        who: usize,
        /// The number of the burst that ends.
        burst: u64,
    },
    /// A context has been on its core for a quantum, and another waits.
    SliceOver {
        /// The context.
        who: usize,
        /// The number of the time slice that is over.
        slice: u64,
    },
}

#[derive(Default)]
pub(super) struct Agenda {
    now: Nanos,
    /// The number of events that were ever scheduled: it orders events of equal time.
    count: u64,
    events: BinaryHeap<Reverse<(Nanos, u64, Event)>>,
}

impl Agenda {
    /// The present time.
    pub(super) fn now(&self) -> Nanos {
        self.now
    }

    /// Schedules an event at this time, or now if that is past.
    pub(super) fn at(&mut self, time: Nanos, event: Event) {
        self.count += 1;
        self.events.push(Reverse((time.max(self.now), self.count, event)));
    }

    /// Jumps to the next event that is `valid`, dropping others; `None` if there is none.
    pub(super) fn next(&mut self, valid: impl Fn(Event) -> bool) -> Option<Event> {
        loop {
            let Reverse((time, _, event)) = self.events.pop()?;
            if valid(event) {
                self.now = time;
                return Some(event);
            }
        }
    }
}
