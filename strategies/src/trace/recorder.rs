//! The writing side: one bounded buffer per lane.
//!
//! Everything is an atomic word, so a buffer may be read from another thread, or from another worker that was given
//! the memory, while it is written. Publishing is a release store of the count; a reader's acquire load of the count
//! then sees whole records. Adjacent spans of one task and cause merge by moving the newest record's end, one word.

use std::sync::atomic::{AtomicU32, Ordering::*};

use super::layout::*;

/// A time in milliseconds, on a clock that all contexts of a sample share.
pub type Stamp = f64;

/// Where times come from: the browser, the operating system, or a test.
pub trait Clock: Send + Sync {
    /// Milliseconds since an origin that is the same in every context.
    fn now(&self) -> Stamp;
}

/// A lane's records. One writer; any number of readers.
#[derive(Debug)]
pub struct LaneBuffer {
    words: Box<[AtomicU32]>,
}

/// Spans closer than this, in microseconds, have no visible gap: 20 us is what the coarsest isolated clock can tell.
const ADJACENT: u32 = 20;

impl LaneBuffer {
    /// An empty buffer for `capacity` spans; with capacity 0 it records nothing and loses nothing.
    pub fn new(capacity: usize) -> Self {
        let words: Box<[AtomicU32]> = (0..HEADER_WORDS + capacity * RECORD_WORDS).map(|_| AtomicU32::new(0)).collect();
        words[AT_VERSION].store(VERSION, Relaxed);
        words[AT_CAPACITY].store(capacity as u32, Relaxed);
        Self { words }
    }

    /// Records that `task` was busy for `cause` from `start` to `end`, in milliseconds since the sample began.
    /// Only the lane's own context may call this.
    pub fn record(&self, cause: Cause, task: u32, start: f64, end: f64) {
        let capacity = self.words[AT_CAPACITY].load(Relaxed);
        if capacity == 0 {
            return;
        }
        let (start, end) = (micros(start), micros(end));
        let published = self.words[PUBLISHED_WORD].load(Relaxed);
        if published > 0 && self.extend(published - 1, cause, task, start, end) {
            return;
        }
        if published == capacity {
            self.words[AT_LOST].fetch_add(1, Relaxed);
            return;
        }
        let at = HEADER_WORDS + published as usize * RECORD_WORDS;
        for (word, value) in self.words[at..].iter().zip([start, end.max(start), task, cause as u32]) {
            word.store(value, Relaxed);
        }
        self.words[PUBLISHED_WORD].store(published + 1, Release);
    }

    /// Moves the end of record `index` if the new span continues it.
    fn extend(&self, index: u32, cause: Cause, task: u32, start: u32, end: u32) -> bool {
        let at = HEADER_WORDS + index as usize * RECORD_WORDS;
        let [_, last_end, last_task, last_cause] = std::array::from_fn(|word| self.words[at + word].load(Relaxed));
        let mergeable = matches!(cause, Cause::Compute | Cause::Wait | Cause::LockWait);
        let continues = mergeable
            && last_task == task
            && last_cause == cause as u32
            && start >= last_end
            && start - last_end <= ADJACENT;
        if continues {
            self.words[at + 1].store(end.max(last_end), Release);
        }
        continues
    }

    /// Counts spans that were lost before they came here.
    pub fn lose(&self, spans: u32) {
        self.words[AT_LOST].fetch_add(spans, Relaxed);
    }

    /// Counts a step, recorded or not. Only the lane's own context may call this.
    pub fn count_step(&self) {
        let steps = &self.words[STEPS_WORD];
        steps.store(steps.load(Relaxed).wrapping_add(1), Relaxed); // there is one writer, so it need not be one operation
    }

    /// Forgets what was recorded and lost. Only the lane's own context may call this, and only where nobody else reads.
    pub fn clear(&self) {
        self.words[PUBLISHED_WORD].store(0, Relaxed);
        self.words[AT_LOST].store(0, Relaxed);
    }

    /// The buffer's words, for a reader.
    pub fn words(&self) -> &[AtomicU32] {
        &self.words
    }

    /// A copy of the published part, as a reader in another memory would take it.
    pub fn snapshot(&self) -> Vec<u32> {
        let published = self.words[PUBLISHED_WORD].load(Acquire) as usize;
        self.words[..HEADER_WORDS + published * RECORD_WORDS].iter().map(|word| word.load(Relaxed)).collect()
    }
}

fn micros(milliseconds: f64) -> u32 {
    (milliseconds * 1000.0).round() as u32 // saturates at both ends
}
