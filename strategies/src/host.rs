//! What a strategy may ask of the context it runs in, and cannot do in plain Rust: timers, giving way, processes.
//!
//! The page implements it, tests implement it natively; strategies cannot tell which.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::future::try_join_all;

use crate::{Failure, Order, Reply};

/// A value that will be there later, on this thread.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Runs all of these concurrently until they are done, or one fails.
pub(crate) async fn together(all: Vec<Pending<'_, Result<(), Failure>>>) -> Result<(), Failure> {
    try_join_all(all).await.map(|_| ())
}

/// The context that carries a strategy out.
pub trait Host {
    /// Returns after this time; others run meanwhile.
    fn sleep(&self, duration: Duration) -> Pending<'_, ()>;
    /// Lets whatever else is waiting for this thread run, and returns as soon as it may.
    fn give_way(&self) -> Pending<'_, ()>;
    /// The processes; one lane each.
    fn processes(&self) -> &[Box<dyn Process>];
}

/// A context with a memory of its own that carries out one order after the other.
pub trait Process {
    /// Sends an order (copied), and returns the whole reply (copied).
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>>;
}
