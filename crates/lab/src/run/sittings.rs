//! Which strategies have their workers at the same time. A browser has room for a limited number of workers. If all
//! strategies together need more, they run in several sittings, one after the other: the workers of one sitting end
//! before those of the next start.

use std::collections::VecDeque;

use strategies::{Failure, Place};

use super::entry::Entry;
use super::series::RunId;

/// How many threads count as one memory: they share one, and each takes some room beside it.
const THREADS: usize = 4;

/// How many workers of a place count as one memory beside the run worker's; `None` where only the page works.
fn share(place: Place) -> Option<usize> {
    match place {
        Place::Page => None,
        Place::ThreadPool => Some(THREADS),
        Place::ProcessPool => Some(1),
    }
}

/// How much of the room a strategy takes: for its run worker, and for its workers.
fn takes(RunId { strategy, workers }: RunId) -> usize {
    share(strategy.meta().place).map_or(0, |share| 1 + workers / share)
}

/// The most workers that fit alone.
fn fits(place: Place, room: usize) -> usize {
    share(place).map_or(usize::MAX, |share| room * share - 1)
}

/// Refuses a strategy that would not fit even alone.
pub(super) fn refuse_the_largest(entry: &mut Entry, room: usize) {
    if takes(entry.series.id) > room {
        entry.refuse(Failure::NoRoom { fits: fits(entry.series.id.strategy.meta().place, room) });
    }
}

/// The sittings that are left, each with the indices of the entries that take part in it.
pub(super) struct Sittings {
    left: VecDeque<Vec<usize>>,
    /// How many sittings have begun.
    count: usize,
}

impl Sittings {
    /// As few sittings as the room allows, of the entries that are not refused.
    pub fn of(entries: &[Entry], room: usize) -> Self {
        let mut left: VecDeque<Vec<usize>> = VecDeque::new();
        let mut taken = room;
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.refused) {
            let takes = takes(entry.series.id);
            taken += takes;
            match left.back_mut().filter(|_| taken <= room) {
                Some(sitting) => sitting.push(at),
                None => {
                    left.push_back(vec![at]);
                    taken = takes;
                }
            }
        }
        Self { left, count: 0 }
    }

    /// The next sitting: its number, from 0, and its entries.
    pub fn next(&mut self) -> Option<(usize, Vec<usize>)> {
        let next = self.left.pop_front()?;
        self.count += 1;
        Some((self.count - 1, next))
    }

    /// Adds a sitting for entries that found no room beside others.
    pub fn again(&mut self, entries: Vec<usize>) {
        if !entries.is_empty() {
            self.left.push_back(entries);
        }
    }
}
