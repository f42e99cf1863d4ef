//! How a made-up task says what its step costs.

use std::cell::Cell;
use std::time::Duration;

use super::machine::Nanos;

thread_local! {
    static SPENT: Cell<Nanos> = const { Cell::new(0) };
}

/// To be called within a step: on a simulated machine the step then takes so much longer. In the real world, nothing.
pub fn spend(duration: Duration) {
    SPENT.set(SPENT.get().saturating_add(duration.as_nanos() as Nanos));
}

/// What was spent since the last call.
pub(super) fn take() -> Nanos {
    SPENT.take()
}
