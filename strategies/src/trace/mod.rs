//! What happened: every lane of one sample, recorded while it runs and read to be drawn and measured.
//!
//! Recording and reading share nothing but the layout in [`layout`]: a buffer may lie in another worker's memory, or
//! have come by message. Invariant: one writer per lane; readers see only records that were published.

mod answers;
mod builder;
mod clock_step;
mod layout;
mod lengths;
mod one_clock;
mod reader;
mod recorder;
mod task_record;

pub use answers::{Answers, NOBODY, PhaseAnswers, SLOT_WORDS, Slot, read_slot};
pub use builder::{TraceBuilder, lane};
pub use clock_step::{PATIENCE, STANDS_STILL, clock_step};
pub use layout::{
    Cause, END_WORD, HEADER_WORDS, PUBLISHED_WORD, RECORD_WORDS, SPANS_PER_LANE, STEPS_WORD, Span, VERSION,
};
pub use lengths::{CLASSES, Lengths, Steps};
pub use one_clock::{ClockReading, ask_again, is_rough, offset};
pub use reader::{Malformed, published, read, steps};
pub use recorder::{Clock, LaneBuffer, Stamp, micros, slack};
pub use task_record::{TASKS_KEPT, TaskRecord};

use serde::{Deserialize, Serialize};

/// Which execution context a lane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Context {
    /// The page's own thread.
    Page,
    /// A thread of the pool, counted from 0.
    Thread(u32),
    /// A process, counted from 0.
    Process(u32),
    /// An event loop in front of others, which hands work out.
    Loop,
}

/// One row of the timeline. Times are microseconds since the sample began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// The context that ran here.
    pub context: Context,
    /// What the context did, in order of start; the gaps between spans are idle time.
    pub spans: Vec<Span>,
    /// How many spans there was no room for.
    pub lost: u32,
    /// How long its steps took.
    pub steps: Steps,
}

/// All lanes of one sample.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// From the beginning of the sample to the last answer, in microseconds. A cold sample begins with the start-up.
    pub makespan: u32,
    /// The execution contexts.
    pub lanes: Vec<Lane>,
    /// The records of the tasks, by their number; of the first [`TASKS_KEPT`] at most, and empty if nothing was
    /// recorded.
    pub tasks: Vec<TaskRecord>,
    /// The page's pulse meanwhile: [`Cause::Message`] and [`Cause::Frame`] spans, each from one beat to the next.
    pub heartbeat: Vec<Span>,
    /// The usual step, in microseconds, of the clock that gave all these times.
    pub clock_step: u32,
    /// By how much the clocks of the contexts disagreed after the sample, in microseconds; 0 if they did not.
    pub clocks_apart: u32,
}

impl Lane {
    /// The same lane without what lies after the sample's end, because the clock of its context may differ a little
    /// from the others.
    pub fn within(mut self, makespan: u32) -> Self {
        self.spans.retain(|span| span.start <= makespan);
        self.spans.iter_mut().for_each(|span| span.end = span.end.min(makespan));
        self
    }
}

impl Trace {
    /// How many spans its lanes hold.
    pub fn spans(&self) -> usize {
        self.lanes.iter().map(|lane| lane.spans.len()).sum()
    }

    /// Drops all spans that its lanes hold, and counts them as lost.
    pub fn forget(&mut self) {
        for lane in &mut self.lanes {
            lane.lost += std::mem::take(&mut lane.spans).len() as u32;
        }
    }
}
