//! What recording costs: the same runs with and without it, in turns.

use browsers::Page;
use lanes::measure::{Ratio, ratio};

use crate::race::experiment;

/// Pairs of runs; a hundredth is little, and takes many samples to see.
const ROUNDS: usize = 12;
/// Samples of each strategy in a run.
const SAMPLES: usize = 5;

/// A strategy, and its time when it records by its time when it does not.
pub type Cost = (&'static str, Ratio);

/// The cost under `blocking` and `threads`.
///
/// # Panics
/// When a run fails.
pub async fn measure(page: &Page<'_>) -> Vec<Cost> {
    let strategies = ["blocking", "threads"];
    let mut times: [[Vec<f64>; 2]; 2] = Default::default();
    for round in 0..ROUNDS {
        for turn in 0..2 {
            // on off, off on, ...: whatever drifts hits both
            let off = (round + turn) % 2;
            let mut experiment = experiment(&strategies, SAMPLES);
            experiment["trace"] = ["on", "off"][off].into();
            let report = page.run(experiment).await.expect("Lanes runs");
            for (times, run) in times[off].iter_mut().zip(report.runs) {
                times.extend(run.samples_ms);
            }
        }
    }
    let [on, off] = &times;
    let costs = strategies.into_iter().zip(on.iter().zip(off));
    costs.map(|(strategy, (on, off))| (strategy, ratio(on, off).expect("there are samples"))).collect()
}
