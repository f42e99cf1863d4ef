//! The browser as the page sees it: where strategies are carried out, what can be seen of a sample while it runs,
//! files, the machine, the window that embeds the page.

mod analyst;
mod cancel;
mod chase;
mod control;
mod costs;
mod executor;
mod fetches;
mod files;
mod heartbeat;
mod in_view;
mod isolation;
mod kept;
mod live;
mod locks;
mod machine;
mod memory;
mod origin_lock;
mod page_runner;
mod parent;
mod policy;
mod room;
mod save;
mod visibility;
mod worker_runner;

pub use analyst::{another_answer, ask, dismiss_analysts};
pub use cancel::Cancel;
pub use chase::try_all_memory_again;
pub use control::Observer;
pub use costs::measure_costs;
pub use executor::BrowserExecutor;
pub use files::{fetch_text, keep_all, read_text};
pub use in_view::{InView, Sight};
pub use isolation::isolation;
pub use kept::{keep, kept, kept_names};
pub use live::{FoundAnswer, Live};
pub use machine::{calibrate, claimed_cores, engine, now_iso, on_battery};
pub use origin_lock::OriginLock;
pub use parent::{Incoming, Parent, is_framed, list, object, parsed};
pub use save::save;
pub use visibility::{Visibility, reduced_motion, seen, visible};
