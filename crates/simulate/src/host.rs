//! What strategies may ask of a simulated context: timers, giving way, processes.

use std::sync::Arc;
use std::time::Duration;

use super::engine::Engine;
use super::machine::{Nanos, nanos};
use strategies::{Host, Pending, Process};

/// A context of a simulated machine.
pub(super) struct SimulatedHost {
    engine: Arc<Engine>,
    processes: Vec<Box<dyn Process>>,
}

impl SimulatedHost {
    /// A context with these processes.
    pub(super) fn new(engine: &Arc<Engine>, processes: Vec<Box<dyn Process>>) -> Self {
        Self { engine: engine.clone(), processes }
    }
}

impl Host for SimulatedHost {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(self.engine.pass(duration.as_nanos() as Nanos))
    }

    fn give_way(&self) -> Pending<'_, ()> {
        Box::pin(self.engine.pass(nanos(self.engine.costs.yield_us)))
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &self.processes
    }
}
