//! A sample as the page sees it while it runs, wherever its lanes are.
//!
//! Blocking and the event loop record in the page's own memory; threads in their run worker's, which is read without
//! a message; what processes did comes with their replies. All three are read the same way.

use std::collections::VecDeque;
use std::rc::Rc;

use super::memory::SharedMemory;
use crate::strategy::{Meta, Place};
use crate::trace::{
    Board, Context, HEADER_WORDS, Lane, LaneBuffer, NOBODY, RECORD_WORDS, SLOT_WORDS, Span, Stamp, lane, published,
    read_slot,
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
    Here { lanes: Rc<Vec<LaneBuffer>>, board: Rc<Board> },
    Shared { memory: SharedMemory, lanes: Vec<u32>, board: u32 },
    Told { lanes: Vec<Vec<Span>>, arrived: VecDeque<Tile> },
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
    pub fn here(meta: &Meta, cold: bool, epoch: Stamp, lanes: Rc<Vec<LaneBuffer>>, board: Rc<Board>) -> Self {
        let (count, slots) = (lanes.len(), board.slots().len() / SLOT_WORDS);
        Self::new(meta, cold, epoch, count, slots, Source::Here { lanes, board })
    }

    /// A sample whose lanes are in a run worker's memory, at these addresses.
    pub fn shared(
        meta: &Meta,
        cold: bool,
        epoch: Stamp,
        memory: SharedMemory,
        lanes: Vec<u32>,
        board: (u32, usize),
    ) -> Self {
        Self::new(meta, cold, epoch, lanes.len(), board.1, Source::Shared { memory, lanes, board: board.0 })
    }

    /// A sample that is told of by letters.
    pub fn told(meta: &Meta, cold: bool, epoch: Stamp, lanes: usize) -> Self {
        let source = Source::Told { lanes: vec![Vec::new(); lanes], arrived: VecDeque::new() };
        Self::new(meta, cold, epoch, lanes, 0, source)
    }

    fn new(meta: &Meta, cold: bool, epoch: Stamp, lanes: usize, slots: usize, source: Source) -> Self {
        let contexts = contexts(meta, lanes);
        Self { strategy: meta.id, cold, epoch, contexts, source, taken: vec![false; slots] }
    }

    /// Whether it runs on the page's own thread, where drawing would take time from it.
    pub fn on_page(&self) -> bool {
        self.contexts.contains(&Context::Page)
    }

    /// Takes in what a letter told of one lane.
    pub fn tell(&mut self, at: usize, spans: &[Span], tiles: Vec<Tile>) {
        if let Source::Told { lanes, arrived } = &mut self.source {
            if let Some(lane) = lanes.get_mut(at) {
                lane.extend_from_slice(spans);
            }
            arrived.extend(tiles);
        }
    }

    /// All lanes as they are now.
    pub fn lanes(&self) -> Vec<Lane> {
        let contexts = self.contexts.iter().copied().enumerate();
        match &self.source {
            Source::Here { lanes, .. } => contexts.map(|(at, who)| read_or_empty(who, &lanes[at].snapshot())).collect(),
            Source::Shared { memory, lanes, .. } => {
                contexts.map(|(at, who)| read_or_empty(who, &copy_lane(memory, lanes[at]))).collect()
            }
            Source::Told { lanes, .. } => {
                contexts.map(|(at, context)| Lane { context, spans: lanes[at].clone(), lost: 0 }).collect()
            }
        }
    }

    /// The answers that are new since the last call.
    pub fn tiles(&mut self) -> Vec<Tile> {
        let Self { source, taken, .. } = self;
        match source {
            Source::Here { board, .. } => {
                let open = taken.iter_mut().enumerate().filter(|(_, taken)| !**taken);
                let found = open.filter_map(|(task, taken)| {
                    let (lane, answer) = board.get(task)?;
                    *taken = true;
                    Some(Tile { task, lane, answer: answer.to_vec() })
                });
                found.collect()
            }
            Source::Shared { memory, board, .. } => {
                // one copy finds who is there; then each slot is read with acquire order, so that its bytes are there
                let seen = memory.words(*board, taken.len() * SLOT_WORDS);
                let mut fresh = Vec::new();
                for (task, taken) in taken.iter_mut().enumerate().filter(|(_, taken)| !**taken) {
                    let at = *board + (task * SLOT_WORDS * 4) as u32;
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
        let lanes = self.lanes();
        let ends = lanes.iter().filter_map(|lane| lane.spans.last()).map(|span| u64::from(span.end));
        let spans = lanes.iter().map(|lane| (lane.spans.len() as u64 + u64::from(lane.lost)) << 32);
        let answers = match &self.source {
            Source::Here { board, .. } => board.done() as u64,
            Source::Shared { memory, board, .. } => {
                let slots = memory.words(*board, self.taken.len() * SLOT_WORDS);
                slots.chunks_exact(SLOT_WORDS).filter(|slot| slot[0] != NOBODY).count() as u64
            }
            Source::Told { arrived, .. } => arrived.len() as u64,
        };
        ends.chain(spans).fold(answers << 48, u64::wrapping_add)
    }
}

/// Who runs on each of a strategy's `lanes` lanes.
pub fn contexts(meta: &Meta, lanes: usize) -> Vec<Context> {
    let context = match meta.place {
        Place::Page => |_| Context::Page,
        Place::ThreadPool => Context::Thread as fn(u32) -> Context,
        Place::ProcessPool => Context::Process as fn(u32) -> Context,
    };
    let front = meta.front.then_some(Context::Loop);
    front.into_iter().chain((0..).map(context)).take(lanes).collect()
}

/// A lane that cannot be read is drawn empty; the sample's end will say what is wrong with it.
fn read_or_empty(context: Context, words: &[u32]) -> Lane {
    lane(context, words).unwrap_or(Lane { context, spans: Vec::new(), lost: 0 })
}

fn copy_lane(memory: &SharedMemory, address: u32) -> Vec<u32> {
    // the count is loaded with acquire order first, so that the records it announces are there
    let count = memory.load(address + 8) as usize;
    let words = memory.words(address, HEADER_WORDS + count * RECORD_WORDS);
    debug_assert!(published(&words).is_ok_and(|now| now >= count));
    words
}
