//! Rounds of measurements, and their evaluation.
//!
//! A round takes samples of every contender, one shortly after the other, so that anything else the machine does
//! affects all alike. Contenders are compared within each round, median by median; the result is the median of these
//! ratios, with its 95 % bootstrap interval over the rounds. The number of rounds depends only on the time, or on the
//! width of the interval, never on the measured values; and once the page is warm, every round counts. (Each of Lanes'
//! runs begins with a cold sample of each strategy, which is in none of the times here.)

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use lab::measure::{Ratio, interval_of_median, median};

/// Each contender's median in one round, in milliseconds.
pub type Round<C> = BTreeMap<C, f64>;

/// The page is warm when no contender's time falls by more than this fraction from one round to the next.
const STEADY: f64 = 0.05;
/// The maximum number of warm-up rounds: a change after that is the machine's.
const WARM_UP: usize = 4;
/// The minimum number of rounds, however long one takes: with fewer the interval would say nothing.
const LEAST: usize = 5;

/// All rounds that count.
pub struct Rounds<C>(Vec<Round<C>>);

/// Takes rounds for about `time`, and at least `LEAST`. Every round counts, so each must warm up what it measures.
pub async fn take<C: Ord>(time: Duration, round: impl AsyncFnMut() -> Round<C>) -> Rounds<C> {
    take_until(time, round, |_| false).await
}

/// Like [`take`], after rounds that only warm the page up; these are part of `time`.
pub async fn take_when_warm<C: Ord>(time: Duration, mut round: impl AsyncFnMut() -> Round<C>) -> Rounds<C> {
    let began = Instant::now();
    let mut before = round().await;
    for _ in 1..WARM_UP {
        let now = round().await;
        let warm = before.iter().all(|(contender, before)| now[contender] >= before * (1.0 - STEADY));
        before = now;
        if warm {
            break;
        }
    }
    take(time.saturating_sub(began.elapsed()), round).await
}

/// Takes rounds until they are `enough`, for about `time` at most, and at least `LEAST`.
pub async fn take_until<C: Ord>(
    time: Duration,
    mut round: impl AsyncFnMut() -> Round<C>,
    enough: impl Fn(&Rounds<C>) -> bool,
) -> Rounds<C> {
    let began = Instant::now();
    let mut rounds = Rounds(Vec::new());
    while rounds.count() < LEAST || (began.elapsed() < time && !enough(&rounds)) {
        rounds.0.push(round().await);
    }
    rounds
}

/// The median of one contender's samples in a round.
///
/// # Panics
/// When there are no samples.
pub fn middle(samples: &[f64]) -> f64 {
    median(samples).expect("a round has samples of everyone")
}

impl<C: Ord> Rounds<C> {
    /// The number of rounds.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The contenders.
    pub fn contenders(&self) -> impl Iterator<Item = &C> {
        self.0[0].keys()
    }

    /// A contender's median over all rounds, in milliseconds.
    pub fn ms(&self, contender: &C) -> f64 {
        middle(&self.0.iter().map(|round| round[contender]).collect::<Vec<_>>())
    }

    /// The time of `other` divided by the time of `own`: how many times as fast `own` is.
    pub fn ratio(&self, other: &C, own: &C) -> Ratio {
        self.over_rounds(|round| round[other] / round[own])
    }

    /// The median, over all rounds, of a number that `of` takes from each, with its 95 % interval.
    pub fn over_rounds(&self, of: impl Fn(&Round<C>) -> f64) -> Ratio {
        let numbers: Vec<_> = self.0.iter().map(of).collect();
        Ratio { value: middle(&numbers), ci95: interval_of_median(&numbers) }
    }
}
