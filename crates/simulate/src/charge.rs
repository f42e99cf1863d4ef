//! How a made-up task says what its step costs.

use std::cell::Cell;
use std::time::Duration;

use super::machine::Nanos;

thread_local! {
    static SPENT: Cell<(Option<Nanos>, f64)> = const { Cell::new((None, 0.0)) };
}

/// To be called within a step: on a simulated machine the step takes longer by `duration`. In the real world, nothing
/// happens.
pub fn charge(duration: Duration) {
    let (spent, moved) = SPENT.get();
    SPENT.set((Some(spent.unwrap_or(0).saturating_add(duration.as_nanos() as Nanos)), moved));
}

/// To be called within a step: the step moves this number of bytes more to and from memory, spread over its computing.
pub fn shift(bytes: f64) {
    let (spent, moved) = SPENT.get();
    SPENT.set((spent, moved + bytes));
}

/// The time charged since the last call, if any was charged, and the number of bytes moved.
pub(super) fn take() -> (Option<Nanos>, f64) {
    SPENT.take()
}
