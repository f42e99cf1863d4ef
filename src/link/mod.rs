//! What the page and its workers share: messages, workers as their owners hold them, clocks and timers.

mod assignment;
mod broke;
mod clock;
pub mod driver;
mod handle;
pub mod panics;
mod reused_buffers;
mod their_clock;
mod timers;
mod wire;

pub use assignment::{Assignment, NamedAssignment, NamedJob};
pub use broke::WhenBroken;
pub use clock::{BROWSER_CLOCK, WORKER, clock_is_set, set_clock, timer_resolution};
pub use handle::{Role, START_LIMIT, Sender, Worker, describe, end, reason};
pub use reused_buffers::ReusedBuffers;
pub use their_clock::TheirClock;
pub use timers::{DRAWN_FROM, TimersOnly, drawn, give_way, settle, sleep, within};
pub use wire::{
    FromProcess, FromRunWorker, LaneUpdate, ToProcess, ToRunWorker, attach, detach, out_of_turn, pack, split, unpack,
};
