//! A simulated machine: how many cores it has, and what things cost on it.

use serde::{Deserialize, Serialize};
use strategies::costs::CostId;

/// Whole nanoseconds: sums of them are exact, and half a millennium fits.
pub(super) type Nanos = u64;

/// A simulated machine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SimulatedMachine {
    /// How many contexts can compute at the same time; 0 counts as 1.
    pub cores: usize,
    /// How long a context may go on computing while another waits for its core, in milliseconds; at least 0.001.
    pub quantum_ms: f64,
    /// What things cost.
    pub costs: MachineCosts,
}

/// What things cost, in microseconds; a negative value or NaN counts as 0, and more than an hour as an hour.
///
/// The defaults are of the order that Chromium shows on a small machine; they serve until the page has measured its
/// own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MachineCosts {
    /// Starting a thread of the pool. No part of a makespan, as in real samples.
    pub thread_start_us: f64,
    /// Starting a process. No part of a makespan either.
    pub process_start_us: f64,
    /// From sending an empty message to its arrival, one way. No context computes for it meanwhile.
    pub message_us: f64,
    /// Copying a megabyte (2^20 bytes) from one memory to another, one way. Each side computes for half of it.
    pub copy_us_per_mb: f64,
    /// Moving a megabyte (2^20 bytes) to or from memory while all cores do so: it sets the bandwidth that they share.
    pub memory_us_per_mb: f64,
    /// Giving up the page's thread and getting it back.
    pub yield_us: f64,
    /// From a change that another thread waits for to the moment when that thread goes on, as when a lock is handed
    /// over.
    pub handover_us: f64,
    /// Getting a task from the pool of threads. The thread computes for this time.
    pub task_us: f64,
}

impl SimulatedMachine {
    /// A machine with `cores` cores and the usual costs; its quantum is 4 ms, as Linux once had it.
    pub fn new(cores: usize) -> Self {
        Self { cores, quantum_ms: 4.0, costs: MachineCosts::default() }
    }

    /// A machine where nothing costs anything but the work itself, for exact schedules.
    pub fn ideal(cores: usize) -> Self {
        Self { costs: MachineCosts::NONE, ..Self::new(cores) }
    }

    pub(super) fn quantum(&self) -> Nanos {
        nanos(self.quantum_ms * 1000.0).max(1000)
    }
}

impl MachineCosts {
    /// Nothing costs anything.
    pub const NONE: Self = Self {
        thread_start_us: 0.0,
        process_start_us: 0.0,
        message_us: 0.0,
        copy_us_per_mb: 0.0,
        memory_us_per_mb: 0.0,
        yield_us: 0.0,
        handover_us: 0.0,
        task_us: 0.0,
    };

    /// Measured costs: `median_us` gives the microseconds of a cost. Costs that were not measured have their default.
    pub fn measured(median_us: impl Fn(CostId) -> Option<f64>) -> Self {
        let usual = Self::default();
        let or = |id: CostId, usual: f64| median_us(id).unwrap_or(usual);
        let round_trip = or(CostId::MessageEmpty, 2.0 * usual.message_us);
        let copied = median_us(CostId::MessageCopied).map(|us| (us - round_trip).max(0.0) / 2.0);
        Self {
            thread_start_us: or(CostId::ThreadStart, usual.thread_start_us),
            process_start_us: or(CostId::ProcessStart, usual.process_start_us),
            message_us: round_trip / 2.0,
            copy_us_per_mb: copied.unwrap_or(usual.copy_us_per_mb),
            memory_us_per_mb: or(CostId::Memory, usual.memory_us_per_mb),
            yield_us: or(CostId::YieldMessage, usual.yield_us),
            handover_us: or(CostId::Handover, usual.handover_us),
            task_us: or(CostId::Task, usual.task_us),
        }
    }

    /// The same costs on a machine on which everything takes `factor` times as long.
    pub fn times(self, factor: f64) -> Self {
        Self {
            thread_start_us: self.thread_start_us * factor,
            process_start_us: self.process_start_us * factor,
            message_us: self.message_us * factor,
            copy_us_per_mb: self.copy_us_per_mb * factor,
            memory_us_per_mb: self.memory_us_per_mb * factor,
            yield_us: self.yield_us * factor,
            handover_us: self.handover_us * factor,
            task_us: self.task_us * factor,
        }
    }

    /// The time for which each side of a message computes to copy `bytes`: half of the cost.
    pub(super) fn half_copy(&self, bytes: usize) -> Nanos {
        nanos(self.copy_us_per_mb * bytes as f64 / f64::from(1 << 20) / 2.0)
    }

    /// The share of the memory bandwidth, from 0 to 1, that moving `bytes` within `length` uses. It is 1 at most,
    /// because that is how the bandwidth was measured.
    pub(super) fn moving(&self, bytes: f64, length: Nanos) -> f64 {
        let way = nanos(self.memory_us_per_mb) as f64 * bytes / f64::from(1 << 20);
        if way > 0.0 { (way / length as f64).min(1.0) } else { 0.0 }
    }
}

impl Default for MachineCosts {
    fn default() -> Self {
        Self {
            thread_start_us: 5_000.0,
            process_start_us: 20_000.0,
            message_us: 30.0,
            copy_us_per_mb: 300.0,
            memory_us_per_mb: 20.0,
            yield_us: 10.0,
            handover_us: 10.0,
            task_us: 0.5,
        }
    }
}

/// No cost is more than an hour, so that sums stay far from the clock's end.
const MOST_US: f64 = 3.6e9;

/// A cost in microseconds as whole nanoseconds. Negative values and NaN become 0.
pub(super) fn nanos(us: f64) -> Nanos {
    (us.clamp(0.0, MOST_US) * 1000.0).round() as Nanos
}

/// Nanoseconds in milliseconds.
pub(super) fn ms(nanos: Nanos) -> f64 {
    nanos as f64 / 1e6
}
