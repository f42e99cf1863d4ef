//! The answers of one sample, put up one by one where the page, which draws them, can see them, also from another
//! memory.
//!
//! ```text
//! slot: +---------+---------+--------+     lane 0 means: no answer yet
//!       | lane+1  | address | length |
//!       +---------+---------+--------+
//! ```
//! An answer is written once and stays where it is until all are dropped; its slot is published last, with
//! release order, so that a reader who sees the lane sees the bytes.

use std::sync::atomic::{AtomicU32, Ordering::*};
use std::sync::{Arc, OnceLock};

use super::task_record::{TASKS_KEPT, TaskRecord};
use crate::Finished;

/// Words of one slot.
pub const SLOT_WORDS: usize = 3;
/// The lane word of a slot without an answer.
pub const NOBODY: u32 = 0;

/// The answers of all tasks of all phases.
#[derive(Debug)]
pub struct Answers {
    answers: Vec<OnceLock<(Arc<Vec<u8>>, TaskRecord)>>,
    slots: Box<[AtomicU32]>,
    starts: Vec<usize>,
}

/// The answers of one phase.
#[derive(Debug, Clone, Copy)]
pub struct PhaseAnswers<'a> {
    answers: &'a Answers,
    start: usize,
    count: usize,
}

impl Answers {
    /// No answers yet, for phases of these numbers of tasks.
    pub fn new(phases: &[usize]) -> Self {
        let total = phases.iter().sum();
        let starts = phases.iter().scan(0, |sum, count| Some(std::mem::replace(sum, *sum + count))).collect();
        Self {
            answers: (0..total).map(|_| OnceLock::new()).collect(),
            slots: (0..total * SLOT_WORDS).map(|_| AtomicU32::new(NOBODY)).collect(),
            starts,
        }
    }

    /// The part for `phase`.
    pub fn phase(&self, phase: usize) -> PhaseAnswers<'_> {
        let start = self.starts[phase];
        let end = self.starts.get(phase + 1).copied().unwrap_or(self.answers.len());
        PhaseAnswers { answers: self, start, count: end - start }
    }

    /// How many tasks have their answer up.
    pub fn done(&self) -> usize {
        self.slots.chunks_exact(SLOT_WORDS).filter(|slot| slot[0].load(Relaxed) != NOBODY).count()
    }

    /// The slots' words, for a reader; slots count over all phases.
    pub fn slots(&self) -> &[AtomicU32] {
        &self.slots
    }

    /// The records of the tasks, by their number; of the first [`TASKS_KEPT`] at most.
    pub fn records(&self) -> Vec<TaskRecord> {
        let record = |answer: &OnceLock<(_, TaskRecord)>| answer.get().map(|(_, record)| *record).unwrap_or_default();
        self.answers.iter().take(TASKS_KEPT).map(record).collect()
    }

    /// The lane and the bytes of the answer in slot `at` (over all phases), if it is up.
    pub fn get(&self, at: usize) -> Option<(usize, &[u8])> {
        let lane = self.slots[at * SLOT_WORDS].load(Acquire);
        (lane != NOBODY)
            .then(|| (lane as usize - 1, self.answers[at].get().expect("published after it was set").0.as_slice()))
    }
}

impl PhaseAnswers<'_> {
    /// Puts up the answer of task `index` of this phase, found on `lane`. A second answer for a task is dropped, and so
    /// is one for a task that the phase does not have.
    pub fn put(&self, index: usize, lane: usize, Finished { answer, record }: Finished) {
        if index >= self.count {
            return;
        }
        let at = self.start + index;
        if self.answers.answers[at].set((Arc::new(answer), record)).is_err() {
            return;
        }
        let (answer, _) = self.answers.answers[at].get().expect("just set");
        let slot = &self.answers.slots[at * SLOT_WORDS..][..SLOT_WORDS];
        slot[1].store(answer.as_ptr() as usize as u32, Relaxed);
        slot[2].store(answer.len() as u32, Relaxed);
        slot[0].store(lane as u32 + 1, Release);
    }

    /// The number that spans give to task `index` of this phase: counted over all phases.
    pub fn task(&self, index: usize) -> u32 {
        (self.start + index) as u32
    }

    /// How many tasks the phase has.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether the phase has no tasks.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The phase's answers in order, shared and not copied, or the first task that has none.
    pub fn all(&self) -> Result<Vec<Arc<Vec<u8>>>, usize> {
        let answer = |index: usize| Some(self.answers.answers[self.start + index].get()?.0.clone());
        (0..self.count).map(|index| answer(index).ok_or(index)).collect()
    }
}

/// What three words of a slot say: the lane, and the address and length of the answer's bytes in the writer's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The lane that found the answer.
    pub lane: usize,
    /// Where its bytes start.
    pub address: u32,
    /// How many bytes there are.
    pub length: u32,
}

/// Reads a slot's words; `None` while there is no answer.
pub fn read_slot(words: [u32; SLOT_WORDS]) -> Option<Slot> {
    let [lane, address, length] = words;
    (lane != NOBODY).then(|| Slot { lane: lane as usize - 1, address, length })
}
