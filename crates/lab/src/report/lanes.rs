//! One row of the timeline, as it is stored in files.

use serde::{Deserialize, Serialize};
use strategies::trace::{Context, Lane, Span, Steps};

/// One row of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LaneRecord {
    /// The execution context that ran here: `{"kind": "thread", "index": 0}`, `{"kind": "page"}`.
    #[serde(flatten)]
    pub context: ContextRecord,
    /// What it did, in order of start.
    pub spans: Vec<Span>,
    /// How many spans did not fit into the buffer.
    #[serde(default)]
    pub lost: u32,
    /// How long its steps were; the default in files from before lanes reported it.
    #[serde(default)]
    pub steps: Steps,
}

/// The execution context of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ContextRecord {
    /// The page's own thread.
    Page,
    /// An event loop in front of others.
    Loop,
    /// A thread of a pool.
    Thread {
        /// Which, from 0.
        index: u32,
    },
    /// A process.
    Process {
        /// Which, from 0.
        index: u32,
    },
}

impl LaneRecord {
    /// The record of a lane.
    pub fn of(lane: &Lane) -> Self {
        let context = match lane.context {
            Context::Page => ContextRecord::Page,
            Context::Loop => ContextRecord::Loop,
            Context::Thread(index) => ContextRecord::Thread { index },
            Context::Process(index) => ContextRecord::Process { index },
        };
        Self { context, spans: lane.spans.clone(), lost: lane.lost, steps: lane.steps }
    }

    /// The lane that this record describes.
    pub fn lane(&self) -> Lane {
        let context = match self.context {
            ContextRecord::Page => Context::Page,
            ContextRecord::Loop => Context::Loop,
            ContextRecord::Thread { index } => Context::Thread(index),
            ContextRecord::Process { index } => Context::Process(index),
        };
        Lane { context, spans: self.spans.clone(), lost: self.lost, steps: self.steps }
    }
}
