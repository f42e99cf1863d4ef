//! Numbers: what the samples of a run say, each with its spread.
//!
//! Invariant: a number that cannot be known is absent, never guessed: one sample has no interval, an
//! unrecorded trace has no utilisation. Nothing is said about the numbers here; that is the verdict.

mod baseline;
mod compare;
mod freeze;
mod held_up;
mod latency;
mod numbers;
mod on_core;
mod printed;
pub mod scaling;
mod significance;
mod stall;
mod stats;
mod steady;
mod under_way;

pub use baseline::baseline_of;
pub use compare::{Comparison, overlap};
pub use freeze::{FREEZE_THRESHOLD_MS, TOO_COARSE_FOR_FREEZES_MS, freezes, froze, longest_silence_ms};
pub use held_up::{held_up, keeps_waiting};
pub use latency::{Quantile, TaskLatency};
pub use numbers::{Numbers, WorkDone, lost_spans, typical, utilisation};
pub use on_core::{OnCore, on_core};
pub use printed::{PrintedLine, letter, letters, printed, printed_so_far};
pub use significance::NOTABLE;
pub use stall::{STALL_MS, longest_stall_ms, stalls};
pub use stats::{Interval, Ratio, interval_of_median, median, ratio};
pub use steady::{middle_half, slowdown};
pub use under_way::under_way;

#[cfg(test)]
mod tests;
