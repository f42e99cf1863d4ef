//! The process protocol: what a process is sent, what it does, and what it replies, whole or in parts.

mod order;
mod partial_reply;
mod server;

pub use order::{Mode, Order, Reply};
pub use partial_reply::Tell;
pub use server::OrderServer;
