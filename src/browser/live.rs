//! A sample as the page sees it while it runs, wherever its lanes are.
//!
//! Blocking and the event loop record in the page's own memory; threads in their run worker's, which is read without
//! a message; what processes did comes with their replies. All three are read the same way, and only what is new: a
//! frame of a sample with a hundred lanes costs what happened since the last frame, not what happened since its begin.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::atomic::Ordering::{Acquire, Relaxed};

use super::memory::SharedMemory;
use strategies::Meta;
use strategies::trace::{
    Answers, Context, END_WORD, HEADER_WORDS, Lane, LaneBuffer, NOBODY, PUBLISHED_WORD, RECORD_WORDS, SLOT_WORDS,
    STEPS_WORD, Span, Stamp, Steps, read_slot,
};

/// A finished task's answer: which task, who found it, and the bytes.
#[derive(Debug, Clone)]
pub struct Tile {
    /// The task, counted over all phases.
    pub task: usize,
    /// The lane.
    pub lane: usize,
    /// The answer.
    pub answer: Vec<u8>,
}

/// Where lanes and answers are.
enum Source {
    Here { lanes: Rc<Vec<LaneBuffer>>, answers: Rc<Answers> },
    Shared { memory: SharedMemory, lanes: Vec<u32>, answers: u32 },
    Told { lanes: Vec<Vec<Span>>, arrived: VecDeque<Tile>, messages: u64 },
}

/// A sample that is being taken.
pub struct Live {
    /// What strategy it is a sample of.
    pub strategy: &'static str,
    /// Whether it is the strategy's first, cold one.
    pub cold: bool,
    /// When it began, as far as the page knows while it runs.
    pub epoch: Stamp,
    contexts: Vec<Context>,
    source: Source,
    /// Whether the answer in each slot was taken already.
    taken: Vec<bool>,
}

impl Live {
    /// A sample whose lanes are in this memory.
    pub fn here(meta: &Meta, cold: bool, epoch: Stamp, lanes: Rc<Vec<LaneBuffer>>, answers: Rc<Answers>) -> Self {
        let (count, slots) = (lanes.len(), answers.slots().len() / SLOT_WORDS);
        Self::new(meta, cold, epoch, count, slots, Source::Here { lanes, answers })
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
        Self::new(meta, cold, epoch, lanes.len(), answers.1, Source::Shared { memory, lanes, answers: answers.0 })
    }

    /// A sample that is told of by messages.
    pub fn told(meta: &Meta, cold: bool, epoch: Stamp, lanes: usize) -> Self {
        let source = Source::Told { lanes: vec![Vec::new(); lanes], arrived: VecDeque::new(), messages: 0 };
        Self::new(meta, cold, epoch, lanes, 0, source)
    }

    fn new(meta: &Meta, cold: bool, epoch: Stamp, lanes: usize, slots: usize, source: Source) -> Self {
        let contexts = meta.contexts().take(lanes).collect();
        Self { strategy: meta.id, cold, epoch, contexts, source, taken: vec![false; slots] }
    }

    /// Whether it runs on the page's own thread, where drawing would take time from it.
    pub fn on_page(&self) -> bool {
        self.contexts.contains(&Context::Page)
    }

    /// Takes in what a message says about one lane.
    pub fn tell(&mut self, at: usize, spans: &[Span], tiles: Vec<Tile>) {
        if let Source::Told { lanes, arrived, messages } = &mut self.source {
            *messages += 1;
            if let Some(lane) = lanes.get_mut(at) {
                lane.extend_from_slice(spans);
            }
            arrived.extend(tiles);
        }
    }

    /// Brings `lanes` up to date, which are those of an earlier call, or none. Returns what is new on each of them; of a
    /// span that grew, the part that it grew by.
    pub fn catch_up(&self, lanes: &mut Vec<Lane>) -> Vec<Lane> {
        let empty = |context: &Context| Lane { context: *context, spans: Vec::new(), lost: 0, steps: Steps::default() };
        if lanes.len() != self.contexts.len() {
            *lanes = self.contexts.iter().map(empty).collect();
        }
        let news = lanes.iter_mut().enumerate().map(|(at, lane)| {
            let spans = self.source.catch_up(at, &mut lane.spans);
            Lane { spans, ..empty(&lane.context) }
        });
        news.collect()
    }

    /// The answers that are new since the last call.
    pub fn tiles(&mut self) -> Vec<Tile> {
        let Self { source, taken, .. } = self;
        match source {
            Source::Here { answers, .. } => {
                let open = taken.iter_mut().enumerate().filter(|(_, taken)| !**taken);
                let found = open.filter_map(|(task, taken)| {
                    let (lane, answer) = answers.get(task)?;
                    *taken = true;
                    Some(Tile { task, lane, answer: answer.to_vec() })
                });
                found.collect()
            }
            Source::Shared { memory, answers, .. } => {
                // one copy finds who is there; then each slot is read with acquire order, so that its bytes are there
                let seen = memory.words(*answers, taken.len() * SLOT_WORDS);
                let mut fresh = Vec::new();
                for (task, taken) in taken.iter_mut().enumerate().filter(|(_, taken)| !**taken) {
                    let at = *answers + (task * SLOT_WORDS * 4) as u32;
                    if seen.get(task * SLOT_WORDS).is_none_or(|lane| *lane == NOBODY) {
                        continue;
                    }
                    let words = [memory.load(at), memory.load(at + 4), memory.load(at + 8)];
                    if let Some(slot) = read_slot(words) {
                        *taken = true;
                        fresh.push(Tile { task, lane: slot.lane, answer: memory.bytes(slot.address, slot.length) });
                    }
                }
                fresh
            }
            Source::Told { arrived, .. } => arrived.drain(..).collect(),
        }
    }

    /// A number that changes whenever anything happened; a sample in which it stands still for long has hung.
    pub fn pulse(&self) -> u64 {
        match &self.source {
            Source::Here { answers, .. } => answers.done() as u64,
            Source::Shared { lanes, .. } => {
                (0..lanes.len()).map(|at| u64::from(self.source.word(at, STEPS_WORD))).sum()
            }
            Source::Told { messages, .. } => *messages,
        }
    }
}

/// Bytes of a word.
const WORD: u32 = 4;

impl Source {
    /// Adds to one lane's spans what is new, and returns that. Where nothing is, that costs two words read.
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
        let count = self.word(at, PUBLISHED_WORD) as usize;
        let mut news = Vec::new();
        let known = spans.len();
        if let Some(newest) = spans.last_mut() {
            let end = self.word(at, HEADER_WORDS + (known - 1) * RECORD_WORDS + END_WORD);
            if end > newest.end {
                news.push(Span { start: newest.end, end, ..*newest });
                newest.end = end;
            }
        }
        if count > known {
            let words = self.words(at, HEADER_WORDS + known * RECORD_WORDS, (count - known) * RECORD_WORDS);
            let fresh: Vec<_> = words.chunks_exact(RECORD_WORDS).map_while(Span::of_record).collect();
            spans.extend_from_slice(&fresh);
            news.extend(fresh);
        }
        news
    }

    /// One word of a lane's buffer, with acquire order.
    fn word(&self, at: usize, index: usize) -> u32 {
        match self {
            Self::Here { lanes, .. } => lanes[at].words()[index].load(Acquire),
            Self::Shared { memory, lanes, .. } => memory.load(lanes[at] + index as u32 * WORD),
            Self::Told { .. } => 0,
        }
    }

    /// So many words of a lane's buffer from this one on.
    fn words(&self, at: usize, start: usize, count: usize) -> Vec<u32> {
        match self {
            Self::Here { lanes, .. } => {
                lanes[at].words()[start..start + count].iter().map(|word| word.load(Relaxed)).collect()
            }
            Self::Shared { memory, lanes, .. } => memory.words(lanes[at] + start as u32 * WORD, count),
            Self::Told { .. } => Vec::new(),
        }
    }
}
