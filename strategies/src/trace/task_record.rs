//! What became of each task of a sample: when it was there, when it was done, and how long its steps were.

use serde::{Deserialize, Serialize};

use super::layout::SPANS_PER_LANE;

/// Of how many tasks of a sample it is kept what became of them: the first so many.
pub const TASKS_KEPT: usize = SPANS_PER_LANE;

/// What became of a task. Times are microseconds since the sample began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRecord {
    /// When it arrived: nothing could be done of it before. None of a task that was there when its phase began.
    pub arrived: Option<u32>,
    /// When its last step ended. To get the answer to whoever asked may take longer, for instance to another memory.
    pub done: u32,
    /// How many steps it took.
    pub steps: u32,
    /// Half of them took less, in microseconds.
    pub median: u32,
    /// 99 of 100 took less.
    pub p99: u32,
    /// The longest took so long.
    pub longest: u32,
}

impl TaskRecord {
    /// From its arrival until it was done, in microseconds; waiting in line counts. None of one that did not arrive.
    pub fn latency(&self) -> Option<u32> {
        Some(self.done.saturating_sub(self.arrived?))
    }
}
