//! The browser: clocks, timers, workers, isolation, messages. Beside `ui`, the only place that knows it.
//!
//! The page takes its runners from [`Executor`]; a run worker and a process start in [`serve_as`]. What crosses between
//! them is in `wire`. Nothing here decides how tasks are scheduled: that is `strategy`'s.

mod analyst;
mod cancel;
mod clock;
mod costs;
mod files;
mod giving_way;
mod heartbeat;
mod executor;
mod isolation;
mod live;
mod machine;
mod memory;
mod page_seat;
mod parent;
mod process;
mod process_pool;
mod roles;
mod run_worker;
mod visibility;
mod wire;
mod worker;
mod worker_seat;

pub use analyst::{another_answer, ask};
pub use cancel::Cancel;
pub use clock::{BROWSER_CLOCK, WORKER, timer_resolution};
pub use costs::{Cost, measure_costs};
pub use files::fetch_text;
pub use giving_way::{Alone, frame, give_way, settle, sleep};
pub use executor::{Executor, Observer, unavailable, why_not};
pub use isolation::{Isolation, isolation};
pub use live::{Live, Tile};
pub use machine::{calibrate, claimed_cores, engine, on_battery};
pub use parent::{Incoming, Parent, list, object, parsed};
pub use roles::{prepare, serve_as};
pub use visibility::{Visibility, reduced_motion, seen, visible};
