//! A sample as the page sees it while it runs, wherever its lanes are.
//!
//! Blocking and the event loop record in the page's own memory. Threads record in their run worker's memory, which the
//! page reads without a message. What processes did comes with their replies, and what a loop in front of them did
//! comes beside these. All of it is read the same way, and only what is new: a frame of a sample with a hundred lanes
//! costs what happened since the last frame, not what happened since the sample began.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::atomic::Ordering::{Acquire, Relaxed};

use super::memory::SharedMemory;
use strategies::Meta;
use strategies::trace::{
    Answers, Context, END_WORD, HEADER_WORDS, Lane, LaneBuffer, NOBODY, PUBLISHED_WORD, RECORD_WORDS, SLOT_WORDS,
    STEPS_WORD, Span, Stamp, Steps, read_slot,
};

/// A finished task's answer: which task, on which lane, and the bytes.
#[derive(Debug, Clone)]
pub struct FoundAnswer {
    /// The task, counted over all phases.
    pub task: usize,
    /// The lane.
    pub lane: usize,
    /// The answer.
    pub answer: Vec<u8>,
}

/// A sign of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pulse {
    /// A number that changes whenever anything happens; if it stays the same for long, the sample has hung.
    pub beats: u64,
    /// Whether all signs could be read; lanes that cannot be read may still go on.
    pub whole: bool,
}

/// Where lanes and answers are.
enum LaneSource {
    Here { lanes: Rc<Vec<LaneBuffer>>, answers: Rc<Answers> },
    Shared { memory: SharedMemory, lanes: Vec<u32>, answers: u32 },
    Told { lanes: Vec<Vec<Span>>, arrived: VecDeque<FoundAnswer>, messages: u64 },
}

/// A sample that is being taken.
pub struct Live {
    /// The id of the strategy that it is a sample of.
    pub strategy: &'static str,
    /// Whether it is the strategy's first, cold sample.
    pub cold: bool,
    /// When it began, as far as the page knows while it runs.
    pub epoch: Stamp,
    contexts: Vec<Context>,
    source: LaneSource,
    /// Whether the answer in each slot was taken already.
    taken: Vec<bool>,
}

impl Live {
    /// A sample whose lanes are in this memory.
    pub fn here(meta: &Meta, cold: bool, epoch: Stamp, lanes: Rc<Vec<LaneBuffer>>, answers: Rc<Answers>) -> Self {
        let (count, slots) = (lanes.len(), answers.slots().len() / SLOT_WORDS);
        Self::new(meta, cold, epoch, count, slots, LaneSource::Here { lanes, answers })
    }

    /// A sample whose lanes are in a run worker's memory, at these addresses.
    pub fn shared(
        meta: &Meta,
        cold: bool,
        epoch: Stamp,
        memory: SharedMemory,
        lanes: Vec<u32>,
        answers: (u32, usize),
    ) -> Self {
        Self::new(meta, cold, epoch, lanes.len(), answers.1, LaneSource::Shared { memory, lanes, answers: answers.0 })
    }

    /// A sample whose lanes arrive by messages.
    pub fn told(meta: &Meta, cold: bool, epoch: Stamp, lanes: usize) -> Self {
        let source = LaneSource::Told { lanes: vec![Vec::new(); lanes], arrived: VecDeque::new(), messages: 0 };
        Self::new(meta, cold, epoch, lanes, 0, source)
    }

    fn new(meta: &Meta, cold: bool, epoch: Stamp, lanes: usize, slots: usize, source: LaneSource) -> Self {
        let contexts = meta.contexts().take(lanes).collect();
        Self { strategy: meta.id, cold, epoch, contexts, source, taken: vec![false; slots] }
    }

    /// Whether it runs on the page's own thread, where drawing would take time from it.
    pub fn on_page(&self) -> bool {
        self.contexts.contains(&Context::Page)
    }

    /// Takes in what a message says about one lane.
    pub fn tell(&mut self, at: usize, spans: &[Span], tiles: Vec<FoundAnswer>) {
        if let LaneSource::Told { lanes, arrived, messages } = &mut self.source {
            *messages += 1;
            if let Some(lane) = lanes.get_mut(at) {
                lane.extend_from_slice(spans);
            }
            arrived.extend(tiles);
        }
    }

    /// Brings `lanes` up to date, which are those of an earlier call, or empty. Returns what is new on each of them; of
    /// a span that grew, only the part that was added.
    pub fn catch_up(&self, lanes: &mut Vec<Lane>) -> Vec<Lane> {
        let empty = |context: &Context| Lane { context: *context, spans: Vec::new(), lost: 0, steps: Steps::default() };
        if lanes.len() != self.contexts.len() {
            *lanes = self.contexts.iter().map(empty).collect();
        }
        if let LaneSource::Shared { memory, .. } = &self.source {
            memory.look();
        }
        let news = lanes.iter_mut().enumerate().map(|(at, lane)| {
            let spans = self.source.catch_up(at, &mut lane.spans);
            Lane { spans, ..empty(&lane.context) }
        });
        news.collect()
    }

    /// The answers that are new since the last call; those that cannot be read now may come with a later one.
    pub fn tiles(&mut self) -> Vec<FoundAnswer> {
        let Self { source, taken, .. } = self;
        match source {
            LaneSource::Here { answers, .. } => {
                let open = taken.iter_mut().enumerate().filter(|(_, taken)| !**taken);
                let found = open.filter_map(|(task, taken)| {
                    let (lane, answer) = answers.get(task)?;
                    *taken = true;
                    Some(FoundAnswer { task, lane, answer: answer.to_vec() })
                });
                found.collect()
            }
            LaneSource::Shared { memory, answers, .. } => {
                memory.look();
                // one copy shows which slots are filled; then each of these is read with acquire order, so that its
                // bytes are there
                let Some(seen) = memory.words(*answers, taken.len() * SLOT_WORDS) else { return Vec::new() };
                let open = taken.iter_mut().enumerate().filter(|(_, taken)| !**taken);
                let found = open.filter_map(|(task, taken)| {
                    let at = *answers + (task * SLOT_WORDS * 4) as u32;
                    seen.get(task * SLOT_WORDS).filter(|lane| **lane != NOBODY)?;
                    let slot = read_slot([memory.load(at)?, memory.load(at + 4)?, memory.load(at + 8)?])?;
                    let answer = memory.bytes(slot.address, slot.length)?;
                    *taken = true;
                    Some(FoundAnswer { task, lane: slot.lane, answer })
                });
                found.collect()
            }
            LaneSource::Told { arrived, .. } => arrived.drain(..).collect(),
        }
    }

    /// How many answers of a sample that is over are missing, because they lie where the page cannot read. Always 0 if
    /// answers come by message.
    pub fn unread(&self) -> usize {
        self.taken.iter().filter(|taken| !**taken).count()
    }

    /// What shows that the sample goes on.
    pub fn pulse(&self) -> Pulse {
        match &self.source {
            LaneSource::Here { answers, .. } => Pulse { beats: answers.done() as u64, whole: true },
            LaneSource::Shared { memory, lanes, .. } => {
                memory.look();
                let steps: Vec<_> = (0..lanes.len()).map(|at| self.source.word(at, STEPS_WORD)).collect();
                let whole = steps.iter().all(Option::is_some);
                Pulse { beats: steps.into_iter().flatten().map(u64::from).sum(), whole }
            }
            LaneSource::Told { messages, .. } => Pulse { beats: *messages, whole: true },
        }
    }
}

/// Bytes of a word.
const WORD: u32 = 4;

impl LaneSource {
    /// Adds what is new to one lane's spans, and returns it. If nothing is new, that costs two words read. What cannot
    /// be read now is not new yet; reading the whole lane at the end finds it.
    fn catch_up(&self, at: usize, spans: &mut Vec<Span>) -> Vec<Span> {
        if let Self::Told { lanes, .. } = self {
            let fresh = lanes[at][spans.len()..].to_vec();
            spans.extend_from_slice(&fresh);
            if !fresh.is_empty() {
                spans.sort_by_key(|span| span.start); // replies may overtake each other
            }
            return fresh;
        }
        // the count is read first, so that the records it announces are there, and all but the newest are complete
        let Some(count) = self.word(at, PUBLISHED_WORD) else { return Vec::new() };
        let count = count as usize;
        let mut news = Vec::new();
        let known = spans.len();
        if let Some(newest) = spans.last_mut() {
            let end = self.word(at, HEADER_WORDS + (known - 1) * RECORD_WORDS + END_WORD);
            if let Some(end) = end.filter(|end| *end > newest.end) {
                news.push(Span { start: newest.end, end, ..*newest });
                newest.end = end;
            }
        }
        if count > known {
            let words = self.words(at, HEADER_WORDS + known * RECORD_WORDS, (count - known) * RECORD_WORDS);
            let words = words.unwrap_or_default();
            let fresh: Vec<_> = words.chunks_exact(RECORD_WORDS).map_while(Span::of_record).collect();
            spans.extend_from_slice(&fresh);
            news.extend(fresh);
        }
        news
    }

    /// One word of a lane's buffer, with acquire order; `None` if it cannot be read now.
    fn word(&self, at: usize, index: usize) -> Option<u32> {
        match self {
            Self::Here { lanes, .. } => Some(lanes[at].words()[index].load(Acquire)),
            Self::Shared { memory, lanes, .. } => memory.load(lanes[at] + index as u32 * WORD),
            Self::Told { .. } => None,
        }
    }

    /// `count` words of a lane's buffer from index `start` on; `None` if they cannot be read now.
    fn words(&self, at: usize, start: usize, count: usize) -> Option<Vec<u32>> {
        match self {
            Self::Here { lanes, .. } => {
                Some(lanes[at].words()[start..start + count].iter().map(|word| word.load(Relaxed)).collect())
            }
            Self::Shared { memory, lanes, .. } => memory.words(lanes[at] + start as u32 * WORD, count),
            Self::Told { .. } => None,
        }
    }
}
