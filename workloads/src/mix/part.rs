//! One part of every unit: what is done in it, and how much of it each unit does.

use std::time::Duration;

use super::memory::stream;
use crate::body::{Body, STEP_NUMBERS};
use crate::stream::{ELEMENT, STEP_ELEMENTS};
use crate::{NEXT_TO_NOTHING, Params, StepKind, USUAL_STEP, spread};

/// What a part may be, as it is written in the URL.
pub const KINDS: &[&str] = &["none", "waits", "interpreted", "compiled", "moves"];

/// The keys of each part: what it is, its median, and its 95th percentile.
const KEYS: [[&str; 3]; 4] = [
    ["part1", "amount1", "tail1"],
    ["part2", "amount2", "tail2"],
    ["part3", "amount3", "tail3"],
    ["part4", "amount4", "tail4"],
];

/// Bytes that a usual step moves.
pub const STEP_TRAFFIC: f64 = (STEP_ELEMENTS * ELEMENT as usize) as f64;

/// Scalars of triads are whole numbers up to this one.
const MOST_SCALAR: u64 = 1024;

/// What is done in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartKind {
    /// Nothing; amounts are in microseconds.
    Waits,
    /// Computing in code that keeps an interpreter's lock; amounts are in microseconds, about.
    Interpreted,
    /// As `Interpreted`, but in code that releases the lock.
    Compiled,
    /// Moving to and from memory; amounts are in kilobytes.
    Moves,
}

/// A part with something to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskPart {
    /// Its place among all four, from 0: it is shuffled on its own.
    place: usize,
    kind: PartKind,
    /// The median amount, above 0, in whole microseconds or kilobytes; and the 95th percentile.
    p50: f64,
    p95: f64,
}

impl TaskPart {
    /// The parts with something to do, in order; a part whose amount is 0 has none.
    pub fn all(params: &Params) -> Vec<Self> {
        let part = |(place, [kind, amount, tail]): (usize, &[&str; 3])| {
            let kind = match KINDS[params.get(kind) as usize] {
                "waits" => PartKind::Waits,
                "interpreted" => PartKind::Interpreted,
                "compiled" => PartKind::Compiled,
                "moves" => PartKind::Moves,
                _ => return None,
            };
            let [p50, percent] = [amount, tail].map(|key| f64::from(params.get(key)));
            (p50 > 0.0).then_some(Self { place, kind, p50, p95: p50 * percent / 100.0 })
        };
        KEYS.iter().enumerate().filter_map(part).collect()
    }

    /// The amount of unit `unit` of `units`, in what its steps count: see [`TaskPart::counted`].
    pub fn draw(&self, units: usize, unit: usize, seed: u64) -> u64 {
        self.counted(spread::draw(self.p50, self.p95, units, unit, seed, self.place))
    }

    /// The amount of all units together, in what their steps count.
    fn total(&self, units: usize) -> u64 {
        spread::strata(self.p50, self.p95, units).map(|amount| self.counted(amount)).sum()
    }

    /// An amount in microseconds for waits, in numbers for computing, and in elements for moving. It is first rounded
    /// to whole microseconds or kilobytes, at least 1, so that no engine's way of rounding logarithms can be seen.
    fn counted(&self, amount: f64) -> u64 {
        let whole = amount.round().max(1.0) as u64;
        match self.kind {
            PartKind::Waits => whole,
            PartKind::Interpreted | PartKind::Compiled => whole * STEP_NUMBERS as u64 / USUAL_STEP.as_micros() as u64,
            PartKind::Moves => whole * 1000 / u64::from(ELEMENT),
        }
    }

    /// How long all units together wait in it.
    pub fn waits(&self, units: usize) -> Duration {
        if self.kind == PartKind::Waits { Duration::from_micros(self.total(units)) } else { Duration::ZERO }
    }

    /// How long all units together compute or move in it, on a usual core.
    pub fn computes(&self, units: usize) -> Duration {
        let step = match self.kind {
            PartKind::Waits => return Duration::ZERO,
            PartKind::Interpreted | PartKind::Compiled => STEP_NUMBERS,
            PartKind::Moves => STEP_ELEMENTS,
        };
        USUAL_STEP.mul_f64(self.total(units) as f64 / step as f64)
    }

    /// Bytes that all units together move in it.
    pub fn traffic(&self, units: usize) -> f64 {
        if self.kind == PartKind::Moves { self.total(units) as f64 * f64::from(ELEMENT) } else { 0.0 }
    }

    /// What kind of work its steps are. By the median, because whoever writes a handler decides by what is usual.
    pub fn step_kind(&self) -> StepKind {
        match self.kind {
            PartKind::Waits => StepKind::Light,
            PartKind::Moves => StepKind::Released,
            _ if self.p50 <= NEXT_TO_NOTHING.as_micros() as f64 => StepKind::Light,
            PartKind::Interpreted => StepKind::Heavy,
            PartKind::Compiled => StepKind::Released,
        }
    }

    /// Does a step of what is `left`; returns how long to wait, if the part waits.
    pub fn go_on(&self, left: &mut u64, body: &mut Body) -> Option<Duration> {
        match self.kind {
            PartKind::Waits => return Some(Duration::from_micros(std::mem::take(left))),
            PartKind::Interpreted | PartKind::Compiled => body.go_on(take(left, STEP_NUMBERS)),
            PartKind::Moves => {
                let scalar = 1 + body.number() % MOST_SCALAR;
                stream(take(left, STEP_ELEMENTS), scalar as f64, |written| {
                    let any = (body.number() % written.len() as u64) as usize;
                    body.check(&(written[any] as u64).to_le_bytes());
                });
            }
        }
        None
    }
}

/// Takes a step's worth of what is left; the last step is between half and one and a half times as much.
fn take(left: &mut u64, step: usize) -> usize {
    let step = step as u64;
    let now = if *left < step * 3 / 2 { *left } else { step };
    *left -= now;
    now as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_as_many_as_usual_ones_fit_and_none_is_much_longer() {
        for (amount, steps) in [(1, 1), (149, 1), (150, 2), (249, 2), (1_000, 10), (1_049, 10), (1_050, 11)] {
            let (mut left, mut taken) = (amount, Vec::new());
            while left > 0 {
                taken.push(take(&mut left, 100));
            }
            assert_eq!((taken.len(), taken.iter().sum()), (steps, amount as usize), "{amount}: {taken:?}");
            assert!(taken.iter().all(|now| *now < 150), "{amount}: {taken:?}");
        }
    }
}
