//! The writing side: one bounded buffer per lane.
//!
//! Everything is an atomic word, so a buffer may be read from another thread, or from another worker that was given
//! the memory, while it is written. Publishing is a release store of the count; a reader's acquire load of the count
//! then sees whole records. Adjacent spans of one task and cause merge by moving the newest record's end, one word.

use std::sync::atomic::{AtomicU32, Ordering::*};

use super::layout::*;
use super::lengths::{CLASSES, Lengths, class, quantile};

/// A time in milliseconds, on a clock that all contexts of a sample share.
pub type Stamp = f64;

/// Where times come from: the browser, the operating system, or a test.
pub trait Clock: Send + Sync {
    /// Milliseconds since an origin that is the same in every context.
    fn now(&self) -> Stamp;
}

/// A lane's records. One writer; any number of readers.
///
/// A step that took far longer than the lane's other steps did not compute all the time: its core was given to another
/// thread or program. It is recorded as computing for the median length of its lane's steps, and as off its core for
/// the rest. *Far longer* means more than three medians and a quarter of a millisecond: steps are cut to about a tenth
/// of a millisecond, and whatever takes a core away keeps it for longer. With this rule the threads' CPU clocks are met
/// within a few hundredths (`strategies/tests/trace/off_core.rs`). Until a lane has enough steps of its own, the median
/// of an earlier sample serves.
#[derive(Debug)]
pub struct LaneBuffer {
    words: Box<[AtomicU32]>,
}

/// In microseconds: a step of at most this length never counts as far longer, however short the other steps are.
const LONG: u32 = 250;
/// A step is far longer than the others if it took more than this many medians, [`LONG`] and the clock's [`slack`]
/// together.
const FAR: u32 = 3;
/// From this many steps on, the lane's own median is used.
const ENOUGH: u32 = 16;
/// From this many on, the median may stand in for that of a later sample, while that sample has too few steps of its
/// own.
const SOME: u32 = 4;
/// A clock whose step is longer than this, in milliseconds, cannot show off-core time: turns on a core can be as short.
const COARSE: f64 = 0.2;
/// The slack of a lane in which steps off their core are not detected.
pub(super) const BLIND: u32 = u32::MAX;

/// How much longer, in microseconds, a step may seem on a clock with steps of `clock_step` milliseconds; `None` if the
/// clock is too coarse to distinguish a step that was off its core from one that was not.
pub fn slack(clock_step: f64) -> Option<u32> {
    (clock_step <= COARSE).then_some((2.0 * clock_step * 1000.0) as u32)
}

/// Spans closer than this, in microseconds, have no visible gap: the coarsest isolated clock has steps of 20 us.
const ADJACENT: u32 = 20;

impl LaneBuffer {
    /// An empty buffer for `capacity` spans; with capacity 0 it records nothing and loses nothing. Steps off their core
    /// are not detected until [`see`](Self::see) sets a slack.
    pub fn new(capacity: usize) -> Self {
        let words: Box<[AtomicU32]> = (0..HEADER_WORDS + capacity * RECORD_WORDS).map(|_| AtomicU32::new(0)).collect();
        words[AT_VERSION].store(VERSION, Relaxed);
        words[AT_CAPACITY].store(capacity as u32, Relaxed);
        words[AT_SLACK].store(BLIND, Relaxed);
        Self { words }
    }

    /// The same buffer, which takes the usual length of a step from this lane of an earlier sample.
    pub fn like(self, earlier: &Self) -> Self {
        self.words[AT_USUAL].store(earlier.usual(SOME).unwrap_or(0), Relaxed);
        self
    }

    /// Records a step of `task` from `start` to `end`, in microseconds since the sample began, and counts it. Only the
    /// lane's own context may call this.
    pub fn step(&self, task: u32, start: u32, end: u32) {
        self.count_step();
        if self.words[AT_CAPACITY].load(Relaxed) == 0 {
            return;
        }
        let length = end.saturating_sub(start);
        let computed = self.computed(length);
        self.count(AT_LENGTHS + class(length), 1);
        self.words[AT_LONGEST].store(length.max(self.words[AT_LONGEST].load(Relaxed)), Relaxed);
        self.put(Span::new(Cause::Compute, task, start, start + computed));
        if computed < length {
            self.put(Span::new(Cause::OffCore, task, start + computed, end));
        }
    }

    /// Records that the task whose step ended at `end` waits until `until`, both in microseconds since the sample
    /// began, and that this lane is free meanwhile. Only the lane's own context may call this.
    pub fn waits(&self, task: u32, end: u32, until: u32) {
        let Some([_, last_end, last_task, _, more]) = self.newest() else { return };
        // a step for which there was no room has no record
        if last_task.load(Relaxed) == task && last_end.load(Relaxed) == end {
            more.store(until, Relaxed);
        }
    }

    /// How much of a step of this length was computing, both in microseconds.
    fn computed(&self, length: u32) -> u32 {
        if length <= LONG {
            return length;
        }
        let Some(slack) = self.slack() else { return length };
        self.usual(ENOUGH).filter(|usual| length > slack + LONG + FAR * usual).unwrap_or(length)
    }

    /// The median of the lane's steps, in microseconds, or that of an earlier sample while the lane has fewer than
    /// `enough`; `None` if that is not known either.
    fn usual(&self, enough: u32) -> Option<u32> {
        let lengths = self.words[AT_LENGTHS..][..CLASSES].iter().map(|count| count.load(Relaxed));
        let earlier = || Some(self.words[AT_USUAL].load(Relaxed)).filter(|usual| *usual > 0);
        if lengths.clone().sum::<u32>() >= enough { quantile(lengths, 0.5) } else { earlier() }
    }

    /// Counts steps that came by message.
    pub fn add_lengths(&self, Lengths { counts, longest }: &Lengths) {
        counts.iter().take(CLASSES).enumerate().for_each(|(class, count)| self.count(AT_LENGTHS + class, *count));
        self.words[AT_LONGEST].store((*longest).max(self.words[AT_LONGEST].load(Relaxed)), Relaxed);
    }

    /// How long the steps were.
    pub fn lengths(&self) -> Lengths {
        let counts = self.words[AT_LENGTHS..][..CLASSES].iter().map(|count| count.load(Relaxed)).collect();
        Lengths { counts, longest: self.words[AT_LONGEST].load(Relaxed) }
    }

    /// Records that `task` was busy for `cause` from `start` to `end`, in milliseconds since the sample began.
    /// Only the lane's own context may call this.
    pub fn record(&self, cause: Cause, task: u32, start: f64, end: f64) {
        self.put(Span::new(cause, task, micros(start), micros(end)));
    }

    /// Records a span. Only the lane's own context may call this.
    pub fn put(&self, span: Span) {
        let capacity = self.words[AT_CAPACITY].load(Relaxed);
        if capacity == 0 || self.extend(&span) {
            return;
        }
        let published = self.words[PUBLISHED_WORD].load(Relaxed);
        if published == capacity {
            self.words[AT_LOST].fetch_add(1, Relaxed);
            return;
        }
        let at = HEADER_WORDS + published as usize * RECORD_WORDS;
        let record = Span { end: span.end.max(span.start), ..span }.to_record();
        self.words[at..].iter().zip(record).for_each(|(word, value)| word.store(value, Relaxed));
        self.words[PUBLISHED_WORD].store(published + 1, Release);
    }

    /// Moves the end of the newest record if the span continues it. Nothing continues a span of computing that a wait
    /// follows.
    fn extend(&self, span: &Span) -> bool {
        let Some([_, last_end, last_task, last_word, last_more]) = self.newest() else { return false };
        let [_, _, task, word, more] = span.to_record();
        let ended = last_end.load(Relaxed);
        let continues = matches!(span.cause, Cause::Compute | Cause::Wait | Cause::LockWait)
            && last_task.load(Relaxed) == task
            && Span::cause_word(last_word.load(Relaxed)) == span.cause as u32
            && last_more.load(Relaxed) == 0
            && span.start >= ended
            && span.start - ended <= ADJACENT;
        if continues {
            last_word.store(word, Relaxed); // of several peers, the last is kept
            last_more.store(more, Relaxed);
            last_end.store(span.end.max(ended), Release);
        }
        continues
    }

    /// The words of the newest record, if there is one.
    fn newest(&self) -> Option<&[AtomicU32; RECORD_WORDS]> {
        let index = self.words[PUBLISHED_WORD].load(Relaxed).checked_sub(1)? as usize;
        self.words[HEADER_WORDS + index * RECORD_WORDS..].first_chunk()
    }

    /// Counts spans that were lost before they came here.
    pub fn lose(&self, spans: u32) {
        self.words[AT_LOST].fetch_add(spans, Relaxed);
    }

    /// Counts a step, recorded or not. Only the lane's own context may call this.
    pub fn count_step(&self) {
        self.count(STEPS_WORD, 1);
    }

    /// Raises a count; there is one writer, so this need not be one atomic operation.
    fn count(&self, at: usize, by: u32) {
        let word = &self.words[at];
        word.store(word.load(Relaxed).wrapping_add(by), Relaxed);
    }

    /// Forgets what was recorded and lost, but not how long steps usually take. Only the lane's own context may call
    /// this, and only while nothing else reads the buffer.
    pub fn clear(&self) {
        self.words[AT_USUAL].store(self.usual(SOME).unwrap_or(0), Relaxed);
        let forgotten = [PUBLISHED_WORD, AT_LOST, AT_LONGEST].into_iter().chain(AT_LENGTHS..HEADER_WORDS);
        forgotten.for_each(|at| self.words[at].store(0, Relaxed));
    }

    /// Sets the [slack] with which steps off their core are detected from now on; with `None` they are not detected.
    pub fn see(&self, slack: Option<u32>) {
        self.words[AT_SLACK].store(slack.unwrap_or(BLIND), Relaxed);
    }

    /// The slack with which steps off their core are detected; `None` if they are not.
    pub fn slack(&self) -> Option<u32> {
        Some(self.words[AT_SLACK].load(Relaxed)).filter(|slack| *slack != BLIND)
    }

    /// The buffer's words, for a reader.
    pub fn words(&self) -> &[AtomicU32] {
        &self.words
    }

    /// A copy of the published part, as a reader in another memory would take it.
    pub fn snapshot(&self) -> Vec<u32> {
        let published = self.words[PUBLISHED_WORD].load(Acquire);
        let words = &self.words[..HEADER_WORDS + published as usize * RECORD_WORDS];
        let mut words: Vec<_> = words.iter().map(|word| word.load(Relaxed)).collect();
        words[PUBLISHED_WORD] = published; // more may be published by now, but not in this copy
        words
    }
}

/// `milliseconds` in whole microseconds; 0 if negative.
pub fn micros(milliseconds: f64) -> u32 {
    (milliseconds * 1000.0).round() as u32 // saturates at both ends
}
