//! Signals: what a future waits for until an event gives it.

use std::collections::BTreeMap;
use std::task::{Poll, Waker};

/// The signals that a future waits for, by their numbers.
#[derive(Default)]
pub(super) struct Signals {
    count: u64,
    open: BTreeMap<u64, SignalState>,
}

#[derive(Default)]
struct SignalState {
    given: bool,
    waker: Option<Waker>,
}

impl Signals {
    /// A new signal, not yet given.
    pub(super) fn open(&mut self) -> u64 {
        self.count += 1;
        self.open.insert(self.count, SignalState::default());
        self.count
    }

    /// Whether a future still waits for it.
    pub(super) fn expects(&self, signal: u64) -> bool {
        self.open.get(&signal).is_some_and(|state| !state.given)
    }

    /// Gives it, and returns the waker of the future that waits for it, if there is one.
    pub(super) fn give(&mut self, signal: u64) -> Option<Waker> {
        let state = self.open.get_mut(&signal)?;
        state.given = true;
        state.waker.take()
    }

    /// Whether it was given; if not, keeps the waker of the future that waits for it.
    pub(super) fn poll(&mut self, signal: u64, waker: &Waker) -> Poll<()> {
        match self.open.get_mut(&signal) {
            Some(state) if !state.given => {
                state.waker = Some(waker.clone());
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }

    /// Forgets a signal that no future waits for any longer.
    pub(super) fn close(&mut self, signal: u64) {
        self.open.remove(&signal);
    }
}
