//! What the rules say of runs that were made up, and what they must never say.

mod caveats;
mod findings;
mod honesty;

use super::*;
use crate::experiment::{Catalogue, Experiment};
use crate::measure::{Measurement, Refusal, Results, interval_of_median, median, ratio};

fn experiment(workload: &str) -> Experiment {
    let strategies = vec!["blocking", "event-loop", "threads", "processes"];
    let catalogue = Catalogue { strategies, claimed_cores: 2 };
    let mut experiment = Experiment::default_for(&catalogue);
    experiment.set("workload", workload, &catalogue).expect("a registered workload");
    experiment
}

fn conditions() -> Conditions {
    Conditions { claimed_cores: 2, timer_resolution_ms: 0.005, calibration_ms: Some([10.0, 10.2]), hidden: false }
}

/// Steady samples around a makespan.
fn steady(middle: f64) -> Vec<f64> {
    (-3..=3).map(|step| middle * (1.0 + f64::from(step) * 0.005)).collect()
}

fn measured(
    strategy: &str,
    workers: usize,
    samples_ms: Vec<f64>,
    baseline: &[f64],
    longest_freeze_ms: f64,
) -> Measurement {
    Measurement {
        strategy: strategy.into(),
        workers,
        cold_ms: None,
        median_ms: median(&samples_ms).unwrap(),
        ci95_ms: interval_of_median(&samples_ms),
        speedup: ratio(baseline, &samples_ms),
        utilisation: Some(0.9),
        longest_freeze_ms: Some(longest_freeze_ms),
        usual_freeze_ms: Some(longest_freeze_ms),
        startup_ms: 0.0,
        lost_spans: 0,
        typical: 0,
        samples_ms,
    }
}

/// Blocking, then the others: (strategy, workers, makespan). Blocking freezes the page, nobody else does.
fn results(blocking: f64, others: &[(&str, usize, f64)]) -> Results {
    let baseline = steady(blocking);
    let mut measurements = vec![measured("blocking", 1, baseline.clone(), &baseline, blocking)];
    let other = |&(id, workers, makespan): &(&str, usize, f64)| measured(id, workers, steady(makespan), &baseline, 8.0);
    measurements.extend(others.iter().map(other));
    Results { measurements, ..Results::default() }
}

fn verdict(workload: &str, results: &Results, conditions: &Conditions) -> Verdict {
    Verdict::of(&Evidence { experiment: &experiment(workload), results, conditions })
}

fn texts_of_findings(workload: &str, results: &Results) -> Vec<String> {
    verdict(workload, results, &conditions()).findings.into_iter().map(|finding| finding.text).collect()
}

fn texts_of_caveats(results: &Results, conditions: &Conditions) -> Vec<String> {
    verdict("mandelbrot", results, conditions).caveats.into_iter().map(|caveat| caveat.text).collect()
}
