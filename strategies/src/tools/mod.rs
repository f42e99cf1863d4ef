//! What several strategies share.

mod feed;
pub(crate) mod interpreter;
mod lock;
mod monitor;
mod offload;
mod pool;
mod round_robin;
mod stepper;
mod timers;

pub(crate) use feed::{ORDERS_AT_ONCE, share};
pub(crate) use lock::Lock;
pub(crate) use monitor::{LOOK_UP, Monitor};
pub(crate) use offload::loop_and_threads;
pub use pool::on_every_thread;
pub(crate) use pool::{crowd, on_all_threads, pool_size, steal, through_pool};
pub(crate) use round_robin::RoundRobin;
pub(crate) use stepper::Stepper;
pub(crate) use timers::Waiting;
