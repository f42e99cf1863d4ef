//! What a strategy may ask of the context it runs in, and cannot do in plain Rust: timers, giving way, processes.
//!
//! The browser implements it in `platform`, tests implement it natively; strategies cannot tell which.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workloads::Answer;

use super::Failure;
use crate::trace::{Span, Stamp};

/// Something that will be there later, on this thread.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The context that carries a strategy out.
pub trait Host {
    /// Comes back after this time; others run meanwhile.
    fn sleep(&self, duration: Duration) -> Pending<'_, ()>;
    /// Lets whatever else is waiting for this thread run, and comes back as soon as it may.
    fn give_way(&self) -> Pending<'_, ()>;
    /// The processes; one lane each.
    fn processes(&self) -> &[Box<dyn Process>];
}

/// A context with a memory of its own that carries out one order after the other.
pub trait Process {
    /// Sends an order (copied), and comes back with the reply (copied).
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>>;
}

/// Some tasks, one after the other, for a process, which knows the job already.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    /// The tasks' phase.
    pub phase: usize,
    /// The index of the first of them in the phase.
    pub first: usize,
    /// The number that spans give to the first; the others follow.
    pub number: u32,
    /// When the order was sent.
    pub sent: Stamp,
    /// When the sample began.
    pub epoch: Stamp,
    /// Whether spans are wanted.
    pub traced: bool,
    /// One input for each task; they cross as bytes beside the order.
    #[serde(skip)]
    pub inputs: Vec<Vec<u8>>,
}

/// What a process sends back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    /// The number of the order's first task.
    pub number: u32,
    /// What the process did since its last reply.
    pub spans: Vec<Span>,
    /// How many spans did not fit into the process's buffer.
    pub lost: u32,
    /// One answer for each task; they cross as bytes beside the reply.
    #[serde(skip)]
    pub answers: Vec<Answer>,
}
