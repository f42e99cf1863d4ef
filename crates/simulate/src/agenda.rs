//! What is to happen when: the simulation's clock, and the events that it jumps to.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::machine::Nanos;

/// Something that is foreseen. It may be out of date when its time comes, and is then no event at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// This signal is given.
    Signal(u64),
    /// A context has computed what it is at.
    Computed {
        /// The context.
        who: usize,
        /// Which of its bursts on a core ends.
        burst: u64,
    },
    /// A context has been on its core for a quantum, and another waits.
    SliceOver {
        /// The context.
        who: usize,
        /// Which of its slices it is.
        slice: u64,
    },
}

/// The clock and the events to come.
#[derive(Default)]
pub(super) struct Agenda {
    now: Nanos,
    /// How many events were ever foreseen: their order where times are equal.
    count: u64,
    events: BinaryHeap<Reverse<(Nanos, u64, Event)>>,
}

impl Agenda {
    /// What time it is.
    pub(super) fn now(&self) -> Nanos {
        self.now
    }

    /// Foresees an event at this time, or now if that is past.
    pub(super) fn at(&mut self, time: Nanos, event: Event) {
        self.count += 1;
        self.events.push(Reverse((time.max(self.now), self.count, event)));
    }

    /// Jumps to the next event that is `valid`; `None` if none is to come.
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
