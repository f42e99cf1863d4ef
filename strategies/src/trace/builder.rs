//! Made-up traces for tests, and the one place that puts a trace together from buffers.

use super::*;

/// Reads a lane from the words of its buffer. Spans that came by message may have come out of order.
pub fn lane(context: Context, words: &[u32]) -> Result<Lane, Malformed> {
    let (mut spans, lost) = read(words)?;
    spans.sort_by_key(|span| span.start);
    Ok(Lane { context, spans, lost, steps: steps(words)? })
}

/// Builds a trace span by span, for tests of code that reads traces.
#[derive(Debug, Default)]
pub struct TraceBuilder {
    trace: Trace,
}

impl TraceBuilder {
    /// An empty trace.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a lane with these spans: (start, end, task, cause), times in microseconds.
    pub fn lane(mut self, context: Context, spans: &[(u32, u32, u32, Cause)]) -> Self {
        let spans = spans.iter().map(|&(start, end, task, cause)| Span::new(cause, task, start, end)).collect();
        let steps = Steps { off_core_told: true, ..Steps::default() };
        self.trace.lanes.push(Lane { context, spans, lost: 0, steps });
        self
    }

    /// Adds message beats of the page that arrived at these times, in microseconds; the first span starts at 0.
    pub fn beats(mut self, arrivals: &[u32]) -> Self {
        let starts = std::iter::once(0).chain(arrivals.iter().copied());
        let beat = |(start, &end)| Span::new(Cause::Message, 0, start, end);
        self.trace.heartbeat.extend(starts.zip(arrivals).map(beat));
        self
    }

    /// Adds the records of tasks: when each arrived, if it did, and when it was done, in microseconds.
    pub fn tasks(mut self, tasks: &[(Option<u32>, u32)]) -> Self {
        let record = |&(arrived, done)| TaskRecord { arrived, done, ..TaskRecord::default() };
        self.trace.tasks.extend(tasks.iter().map(record));
        self
    }

    /// Sets the step of the trace's clock, in microseconds.
    pub fn clock_step(mut self, step: u32) -> Self {
        self.trace.clock_step = step;
        self
    }

    /// The trace; its makespan is the last end on any lane.
    pub fn build(mut self) -> Trace {
        self.trace.makespan =
            self.trace.lanes.iter().flat_map(|lane| &lane.spans).map(|span| span.end).max().unwrap_or(0);
        self.trace
    }
}
