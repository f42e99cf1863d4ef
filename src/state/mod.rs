//! What the page knows: its labs, its settings, the machine, and which activity has the machine to itself.

mod address;
mod autorun;
mod carry_out;
mod costing;
mod exclusive;
mod guess;
mod lab;
mod marking;
mod page;
mod play;
mod reading;
mod recording;

pub use address::{bind, read};
pub use autorun::autorun;
pub use carry_out::{Caller, Ending, OnProgress, run, work_out};
pub use costing::{Costing, CostingSignal, measure_or_cancel};
pub use exclusive::{Exclusive, MachineUse};
pub use guess::{Kept, LabQuestion};
pub use lab::{Lab, RunState, Sheet};
pub use marking::mark_runs;
pub use page::{PageState, expect_page, here, is_embedded};
pub use play::{Play, SLOWER, Tracks};
pub use reading::Come;
pub use recording::open_file;
