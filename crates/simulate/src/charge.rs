//! How a made-up task says what its step costs.

use std::cell::Cell;
use std::time::Duration;

use super::machine::Nanos;

thread_local! {
    static SPENT: Cell<(Option<Nanos>, f64)> = const { Cell::new((None, 0.0)) };
}

/// To be called within a step: on a simulated machine the step then takes so much longer. In the real world, nothing.
pub fn charge(duration: Duration) {
    let (spent, moved) = SPENT.get();
    SPENT.set((Some(spent.unwrap_or(0).saturating_add(duration.as_nanos() as Nanos)), moved));
}

/// The same: the step then moves this number of bytes more to and from memory, all the while that it computes.
pub fn shift(bytes: f64) {
    let (spent, moved) = SPENT.get();
    SPENT.set((spent, moved + bytes));
}

/// What was spent, if anybody said so, and how many bytes were moved, since the last call.
pub(super) fn take() -> (Option<Nanos>, f64) {
    SPENT.take()
}
