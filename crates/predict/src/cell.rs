//! A place in the matrix of scheduling and memory, which is what tells strategies apart.

use serde::{Deserialize, Serialize};
use strategies::{Memory, Scheduling};

/// A place in the matrix: how control passes between tasks, and which memory they see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixCell {
    /// Whether control is taken from a task; else the task gives it up.
    taken: bool,
    /// Whether all see the same memory; else each has its own.
    shared: bool,
}

/// Words for how control passes.
const CONTROL: [(&str, bool); 2] = [("taken", true), ("given", false)];
/// Words for which memory is seen.
const MEMORY: [(&str, bool); 2] = [("shared", true), ("isolated", false)];

impl MatrixCell {
    /// The place that these words name.
    pub(crate) fn read(control: &str, memory: &str) -> Option<Self> {
        let is =
            |words: [(&str, bool); 2], word: &str| words.into_iter().find(|(own, _)| *own == word).map(|(_, is)| is);
        Some(Self { taken: is(CONTROL, control)?, shared: is(MEMORY, memory)? })
    }

    /// The words that name it.
    pub(crate) fn words(self) -> String {
        let word = |words: [(&'static str, bool); 2], is: bool| words[usize::from(words[0].1 != is)].0;
        format!("{} {}", word(CONTROL, self.taken), word(MEMORY, self.shared))
    }

    /// Whether the strategy of this id has this place.
    pub(crate) fn has(self, strategy: &str) -> bool {
        let wanted = (
            if self.taken { Scheduling::Preemptive } else { Scheduling::Cooperative },
            if self.shared { Memory::Shared } else { Memory::Isolated },
        );
        strategies::find(strategy).is_some_and(|one| (one.meta().scheduling, one.meta().memory) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_strategy_has_the_place_that_it_says() {
        let places = [("taken shared", "threads"), ("taken isolated", "processes"), ("given shared", "event-loop")];
        for (place, strategy) in places.into_iter().chain([("given isolated", "actors")]) {
            let (control, memory) = place.split_once(' ').expect("two words");
            let cell = MatrixCell::read(control, memory).expect("a place");
            assert_eq!((cell.words().as_str(), cell.has(strategy)), (place, true));
            let elsewhere = ["threads", "processes", "event-loop", "actors"].into_iter().filter(|id| *id != strategy);
            assert_eq!(elsewhere.filter(|id| cell.has(id)).count(), 0, "{place}");
        }
        assert_eq!(MatrixCell::read("given", "elsewhere"), None);
    }
}
