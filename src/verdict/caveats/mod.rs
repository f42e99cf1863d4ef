//! Why to be careful: doubts about the run as a whole.

mod machine;
mod samples;

pub use machine::{CoarseTimer, HiddenTab, Lengthened, MoreWorkersThanCores, OnBattery, UnsteadyMachine};
pub use samples::{LostSpans, NoBaseline, NotParallelism, OneSample, OtherPrograms, SlowedDown, StartUpApart};
