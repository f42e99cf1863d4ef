//! What recording costs: the same runs with and without it, in turns.
//!
//! A hundredth is little: rounds are taken until the interval is narrow enough to tell it, or until the time is over.
//! The picture is as large as it can be without being drawn while it is computed, which is no part of recording.

use std::time::Duration;

use browsers::Page;
use lab::measure::Ratio;

use crate::page::samples_of;
use crate::race::picture;
use crate::rounds::{Round, Rounds, middle, take_until};

/// Points along a side: one worker is done before 100 ms, when the page would begin to draw its lane.
const SIZE: u32 = 1000;
/// Samples in a run.
const SAMPLES: usize = 7;
/// How far the interval may reach to either side, as a part of the time.
const NARROW: f64 = 0.01;

/// What is measured, each for its share of the time: a strategy, with so many workers. One worker leaves a core to the
/// browser, and is steadier than two.
const CASES: [(&str, usize, f64); 3] = [("blocking", 1, 0.25), ("threads", 1, 0.3), ("threads", 2, 0.45)];

/// What recording costs under one strategy.
pub struct Cost {
    /// The strategy and its workers, in words.
    pub strategy: String,
    /// The time when it records by its time when it does not.
    pub ratio: Ratio,
    /// How many rounds tell it.
    pub rounds: usize,
}

/// The cost in all cases, together measured for about so long at most.
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

/// One run with recording and one without; the next time the other way round, so that whatever drifts hits both.
async fn pair(page: &Page<'_>, strategy: &str, workers: usize, turn: usize) -> Round<bool> {
    let mut round = Round::new();
    for on in [turn.is_multiple_of(2), !turn.is_multiple_of(2)] {
        let mut experiment = picture(SIZE).experiment(&[strategy], workers, SAMPLES);
        experiment["trace"] = if on { "on" } else { "off" }.into();
        round.insert(on, middle(&samples_of(page, experiment).await.0[0]));
    }
    round
}
