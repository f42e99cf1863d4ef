//! A loop in front of processes, as the page sees it while a sample runs: what it does is in no reply.
//!
//! It records in this worker's memory, which the page may not be able to read. So what it has done is reported when it
//! gives way, as it is for a process's loop; its steps are a sign of life, whether they are recorded or not.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use strategies::trace::{HEADER_WORDS, LaneBuffer, PUBLISHED_WORD, RECORD_WORDS, STEPS_WORD, Span};
use strategies::{Host, Pending, Process};

use super::process_pool::ProcessPool;
use super::relay::Relay;

/// The host that a loop in front gives way to.
pub(super) struct FrontHost<'a> {
    processes: &'a ProcessPool,
    relay: &'a Relay,
    /// The loop's lane, if the strategy has one.
    lane: Option<&'a LaneBuffer>,
    /// How many of its steps, and of its spans, were reported.
    steps: Cell<u32>,
    spans: Cell<usize>,
}

impl<'a> FrontHost<'a> {
    /// The host of one sample, with these processes.
    pub fn new(processes: &'a ProcessPool, relay: &'a Relay, lane: Option<&'a LaneBuffer>) -> Self {
        Self { processes, relay, lane, steps: Cell::new(0), spans: Cell::new(0) }
    }

    /// Reports what the loop has done since the last time, if anything.
    fn look(&self) {
        let Some(lane) = self.lane else { return };
        let steps = lane.words()[STEPS_WORD].load(Relaxed);
        if self.steps.replace(steps) != steps {
            self.relay.stepped(self.news(lane));
        }
    }

    /// The spans that are new, except the newest, which may still grow.
    fn news(&self, lane: &LaneBuffer) -> Vec<Span> {
        let whole = (lane.words()[PUBLISHED_WORD].load(Relaxed) as usize).saturating_sub(1);
        let records =
            lane.words()[HEADER_WORDS..].chunks_exact(RECORD_WORDS).take(whole).skip(self.spans.replace(whole));
        let words = |record: &[_]| record.iter().map(|word: &AtomicU32| word.load(Relaxed)).collect::<Vec<_>>();
        records.filter_map(|record| Span::of_record(&words(record))).collect()
    }
}

impl Host for FrontHost<'_> {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        self.look();
        self.processes.sleep(duration)
    }

    fn give_way(&self) -> Pending<'_, ()> {
        self.look();
        self.processes.give_way()
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        self.processes.processes()
    }
}
