//! The record of each task of a sample: when it arrived, when it was done, and how long its steps were.

use serde::{Deserialize, Serialize};

use super::layout::SPANS_PER_LANE;

/// How many tasks of a sample have their record kept: the first ones.
pub const TASKS_KEPT: usize = SPANS_PER_LANE;

/// The record of a task. Times are microseconds since the sample began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRecord {
    /// When it arrived: nothing of it could be done before. `None` if it was there when its phase began.
    pub arrived: Option<u32>,
    /// When its last step ended. The answer may reach its receiver later, for instance in another memory.
    pub done: u32,
    /// How many steps it took.
    pub steps: u32,
    /// The median length of its steps, in microseconds.
    pub median: u32,
    /// The 99th percentile of their lengths, in microseconds.
    pub p99: u32,
    /// The length of the longest, in microseconds.
    pub longest: u32,
}

impl TaskRecord {
    /// From its arrival until it was done, in microseconds; waiting in line counts. `None` if it did not arrive.
    pub fn latency(&self) -> Option<u32> {
        Some(self.done.saturating_sub(self.arrived?))
    }
}
