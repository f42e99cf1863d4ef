//! Why to be careful: doubts about the run as a whole.

mod machine;
mod samples;

pub use machine::{CoarseTimer, HiddenTab, MoreWorkersThanCores, UnsteadyMachine};
pub use samples::{LostSpans, NoBaseline, NotParallelism, OneSample, StartUpApart};
