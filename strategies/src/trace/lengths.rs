//! How long a lane's steps took: counts in classes, four to each doubling, so that a median is available at any moment
//! and costs next to nothing to keep.
//!
//! Classes 0 to 3 are 0 to 3 us; after that each doubling has four classes, by the highest bits of the length: the
//! median of a class is off by an eighth at most.

use serde::{Deserialize, Serialize};

/// How many classes there are: up to a second, and one for all that is longer.
pub const CLASSES: usize = 76;

/// Bits of a length that tell classes of one doubling apart.
const BITS: u32 = 2;

/// The class of a length in microseconds.
pub(super) fn class(micros: u32) -> usize {
    let doublings = (micros | 1).ilog2().saturating_sub(BITS);
    // what is left of the length are the highest three bits, the first of which is set from the first doubling on
    ((doublings << BITS) + (micros >> doublings)).min(CLASSES as u32 - 1) as usize
}

/// The middle of a class, in microseconds.
fn middle(class: usize) -> u32 {
    let doublings = (class as u32 >> BITS).saturating_sub(1);
    let highest = class as u32 - (doublings << BITS);
    (highest << doublings) + (1 << doublings) / 2
}

/// The length, in microseconds, below which the share `part` of these counts lies, 0 to 1; `None` if there are none.
pub(super) fn quantile(counts: impl Iterator<Item = u32> + Clone, part: f64) -> Option<u32> {
    let all: u64 = counts.clone().map(u64::from).sum();
    let mut left = (all.saturating_sub(1) as f64 * part) as u64;
    for (class, count) in counts.enumerate() {
        if u64::from(count) > left {
            return Some(middle(class));
        }
        left -= u64::from(count);
    }
    None
}

/// Counts of lengths that go from one memory to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lengths {
    /// How many steps there were of each class; no steps if this is empty.
    pub counts: Vec<u32>,
    /// The longest, in microseconds.
    pub longest: u32,
}

impl Lengths {
    /// Counts a step that took `micros` microseconds.
    pub fn count(&mut self, micros: u32) {
        self.counts.resize(CLASSES, 0);
        self.counts[class(micros)] += 1;
        self.longest = self.longest.max(micros);
    }

    /// The length, in microseconds, below which the share `part` of the steps lies, 0 to 1; 0 if there are none.
    pub fn quantile(&self, part: f64) -> u32 {
        quantile(self.counts.iter().copied(), part).unwrap_or(0).min(self.longest)
    }

    /// Adds the counts of another part of the same order.
    pub fn add(&mut self, other: &Self) {
        self.counts.resize(self.counts.len().max(other.counts.len()), 0);
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        self.longest = self.longest.max(other.longest);
    }
}

/// The steps of a lane, as far as their lengths go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// How many steps were recorded.
    pub count: u32,
    /// Their median, in microseconds.
    pub median: u32,
    /// Their 99th percentile, in microseconds.
    pub p99: u32,
    /// The longest, in microseconds.
    pub longest: u32,
    /// Whether steps off their core were detected. They cannot be where the clock is too coarse, or where steps wait
    /// for one another.
    pub off_core_told: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_one_another_and_know_their_middle() {
        let mut last = 0;
        for micros in 0..1 << 20 {
            let class = class(micros);
            assert!(class == last || class == last + 1, "{micros} us: {class} after {last}");
            assert!(middle(class).abs_diff(micros) * 8 <= micros, "{micros} us: {}", middle(class));
            last = class;
        }
        assert_eq!((last, class(u32::MAX)), (CLASSES - 1, CLASSES - 1));
    }

    #[test]
    fn a_quantile_is_where_so_many_lie_below() {
        let mut counts = [0; CLASSES];
        (1..=100).for_each(|micros| counts[class(micros)] += 1);
        let of = |part| quantile(counts.into_iter(), part).expect("there are some");
        assert!((45..=56).contains(&of(0.5)) && (90..=104).contains(&of(0.99)), "{} {}", of(0.5), of(0.99));
        assert_eq!(quantile([0; CLASSES].into_iter(), 0.5), None);
    }
}
