//! Rounds, and what they say.
//!
//! A round takes samples of every contender, one soon after the other, so that whatever the machine does meanwhile hits
//! all alike. Contenders are compared within each round, median by median; what counts is the median of these ratios,
//! with its 95 % bootstrap interval over the rounds. How many rounds there are depends on the time alone, or on how
//! wide an interval still is, never on what it says; and once the page is warm, every round counts. (Each of Lanes'
//! runs begins with a cold sample of each strategy, which is in no time here.)

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use lab::measure::{Ratio, interval_of_median, median};

/// Each contender's median in one round, in milliseconds.
pub type Round<C> = BTreeMap<C, f64>;

/// From one round to the next, no contender of a warm page gains more than this part of its time.
const STEADY: f64 = 0.05;
/// With more rounds than this, whatever still changes is the machine.
const WARM_UP: usize = 4;
/// However long a round takes, there are so many: with fewer the interval would say nothing.
const LEAST: usize = 5;

/// All rounds that count.
pub struct Rounds<C>(Vec<Round<C>>);

/// Takes rounds for about so long, and a few at least. Every one counts: each has to warm up whatever it measures.
pub async fn take<C: Ord>(time: Duration, round: impl AsyncFnMut() -> Round<C>) -> Rounds<C> {
    take_until(time, round, |_| false).await
}

/// The same, after rounds that only warm the page up.
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

/// Takes rounds until they are `enough`, for about so long at most, and a few at least.
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

/// The median of what one contender took in a round.
///
/// # Panics
/// When it took no samples.
pub fn middle(samples: &[f64]) -> f64 {
    median(samples).expect("a round has samples of everyone")
}

impl<C: Ord> Rounds<C> {
    /// How many there are.
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

    /// How many times as long as `own` it is that `other` takes; so many times as fast is `own`.
    pub fn ratio(&self, other: &C, own: &C) -> Ratio {
        self.over_rounds(|round| round[other] / round[own])
    }

    /// What a number that each round says comes to.
    pub fn over_rounds(&self, of: impl Fn(&Round<C>) -> f64) -> Ratio {
        let numbers: Vec<_> = self.0.iter().map(of).collect();
        Ratio { value: middle(&numbers), ci95: interval_of_median(&numbers) }
    }
}
