//! What several strategies share.

mod feed;
mod lock;
mod monitor;
mod pool;
mod round_robin;
mod timers;

pub(crate) use feed::{ORDERS_AT_ONCE, share};
pub(crate) use lock::Lock;
pub(crate) use monitor::{LOOK_UP, Monitor};
pub use pool::on_every_thread;
pub(crate) use pool::{crowd, on_all_threads, pool_size, steal, through_pool};
pub(crate) use round_robin::RoundRobin;
pub(crate) use timers::Waiting;
