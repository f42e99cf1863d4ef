//! Who is there at the same time. A browser has room for so many workers: where those of all strategies are more, the
//! strategies are run in several sittings, one after the other, and the workers of one sitting make way for the next.

use std::collections::VecDeque;

use strategies::{Failure, Place};

use super::entry::Entry;
use super::series::RunId;

/// Memories that may be there at once. Each takes a part of the address space, whatever its size: Chromium has room for about
/// 120 of them, and other pages want some.
pub const ROOM: usize = 96;
/// So many threads, which share a memory, count as one.
const THREADS: usize = 4;

/// What a strategy with its workers takes of the [`ROOM`]: its run worker, and each process.
fn takes(RunId { strategy, workers }: RunId) -> usize {
    match strategy.meta().place {
        Place::Page => 0,
        Place::ThreadPool => 1 + workers / THREADS,
        Place::ProcessPool => 1 + workers,
    }
}

/// Who would not fit alone is refused.
pub(super) fn refuse_the_largest(entry: &mut Entry) {
    if takes(entry.series.id) > ROOM {
        entry.refuse(Failure::NoRoom { fits: ROOM - 1 });
    }
}

/// The sittings that are left, each the places of those who take part in it.
pub(super) struct Sittings {
    left: VecDeque<Vec<usize>>,
    /// How many there were.
    count: usize,
}

impl Sittings {
    /// As few as there is room for, of those who are not refused.
    pub fn of(entries: &[Entry]) -> Self {
        let mut left: VecDeque<Vec<usize>> = VecDeque::new();
        let mut taken = ROOM;
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.refused) {
            let takes = takes(entry.series.id);
            taken += takes;
            match left.back_mut().filter(|_| taken <= ROOM) {
                Some(sitting) => sitting.push(at),
                None => {
                    left.push_back(vec![at]);
                    taken = takes;
                }
            }
        }
        Self { left, count: 0 }
    }

    /// The next, with its number.
    pub fn next(&mut self) -> Option<(usize, Vec<usize>)> {
        let next = self.left.pop_front()?;
        self.count += 1;
        Some((self.count - 1, next))
    }

    /// These found no room beside others, and get a sitting of their own.
    pub fn again(&mut self, entries: Vec<usize>) {
        if !entries.is_empty() {
            self.left.push_back(entries);
        }
    }
}
