//! The context whose future is being polled: it is the one that computes when that future asks for a core.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::engine::{Engine, EngineState};
use strategies::Pending;

/// A future that belongs to a context. When it waits and has nothing to compute, its context gives up its core.
pub(super) struct Within<'a, T> {
    engine: &'a Engine,
    who: usize,
    future: Pending<'a, T>,
}

impl<'a, T> Within<'a, T> {
    pub(super) fn new(engine: &'a Engine, who: usize, future: Pending<'a, T>) -> Self {
        Self { engine, who, future }
    }
}

impl<T> Future for Within<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let before = std::mem::replace(&mut self.engine.state().current, self.who);
        let outcome = self.future.as_mut().poll(context);
        let EngineState { agenda, cores, current, .. } = &mut *self.engine.state();
        *current = before;
        cores.settle(self.who, agenda);
        outcome
    }
}
