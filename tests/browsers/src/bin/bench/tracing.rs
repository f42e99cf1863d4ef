//! The cost of recording: the same runs with and without it, in turns.
//!
//! A hundredth is little: rounds are taken until the interval is narrow enough to show it, or until the time is over.
//! The picture is as large as it can be without being drawn while it is computed, because drawing is not part of
//! recording.

use std::time::Duration;

use browsers::Page;
use lab::measure::Ratio;

use crate::page::samples_of;
use crate::race::picture;
use crate::rounds::{Round, Rounds, middle, take_until};

/// Points along each side: one worker is done before 100 ms, when the page would begin to draw its lane.
const SIZE: u32 = 1000;
/// The number of samples in a run.
const SAMPLES: usize = 7;
/// The half-width of the interval that is narrow enough, as a fraction of the time.
const NARROW: f64 = 0.01;

/// What is measured: a strategy, its number of workers, and its share of the time. One worker leaves a core to the
/// browser, and is steadier than two.
const CASES: [(&str, usize, f64); 3] = [("blocking", 1, 0.25), ("threads", 1, 0.3), ("threads", 2, 0.45)];

/// What recording costs under one strategy.
pub struct Cost {
    /// The strategy and its workers, in words.
    pub strategy: String,
    /// The time with recording divided by the time without.
    pub ratio: Ratio,
    /// The number of rounds.
    pub rounds: usize,
}

/// Measures the cost in all cases, for about `time` altogether at most.
///
/// # Panics
/// When a run fails.
pub async fn measure(page: &Page<'_>, time: Duration) -> Vec<Cost> {
    let mut costs = Vec::new();
    for (strategy, workers, share) in CASES {
        let mut turn = 0;
        let round = async || {
            turn += 1;
            pair(page, strategy, workers, turn).await
        };
        let narrow = |rounds: &Rounds<bool>| {
            rounds.ratio(&true, &false).ci95.is_some_and(|[low, high]| high - low < 2.0 * NARROW)
        };
        let rounds = take_until(time.mul_f64(share), round, narrow).await;
        let plural = if workers == 1 { "" } else { "s" };
        let strategy = if strategy == "blocking" {
            format!("`{strategy}`")
        } else {
            format!("`{strategy}`, {workers} worker{plural},")
        };
        costs.push(Cost { strategy, ratio: rounds.ratio(&true, &false), rounds: rounds.count() });
    }
    costs
}

/// One run with recording and one without; every other turn in the opposite order, so that drift affects both.
async fn pair(page: &Page<'_>, strategy: &str, workers: usize, turn: usize) -> Round<bool> {
    let mut round = Round::new();
    for on in [turn.is_multiple_of(2), !turn.is_multiple_of(2)] {
        let mut experiment = picture(SIZE).experiment(&[strategy], workers, SAMPLES);
        experiment["trace"] = if on { "on" } else { "off" }.into();
        round.insert(on, middle(&samples_of(page, experiment).await.0[0]));
    }
    round
}
