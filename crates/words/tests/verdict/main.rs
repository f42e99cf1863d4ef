//! What the rules say of runs that were made up, and what they must never say.

mod caveats;
mod chance;
mod findings;
mod honesty;
mod sweeps;

use super::*;
use crate::experiment::{Catalogue, Experiment};
use crate::measure::scaling::Curve;
use crate::measure::{Done, Measurement, Refusal, Results, interval_of_median, median, ratio};

fn catalogue() -> Catalogue {
    let strategies = vec!["blocking", "event-loop", "threads", "processes", "gil", "actors", "offload"];
    Catalogue { opening: strategies.clone(), strategies, settings: &[], claimed_cores: 2 }
}

/// An experiment with the settings of this query.
fn experiment(query: &str) -> Experiment {
    let query = if query.contains('=') { query.to_owned() } else { format!("workload={query}") };
    let (experiment, problems) = Experiment::from_query(&query, &catalogue());
    assert_eq!(problems, []);
    experiment
}

fn conditions() -> Conditions {
    Conditions {
        claimed_cores: 2,
        timer_resolution_ms: 0.005,
        calibration_ms: Some([10.0, 10.2]),
        hidden: false,
        on_battery: Some(false),
    }
}

/// Steady samples around a makespan.
fn steady(middle: f64) -> Vec<f64> {
    [-3, 1, 3, -2, 0, 2, -1].map(|step| middle * (1.0 + f64::from(step) * 0.005)).to_vec()
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
        parallel: !["blocking", "event-loop", "gil"].contains(&strategy),
        isolated: ["processes", "actors"].contains(&strategy),
        repeats: 1,
        cold_ms: None,
        median_ms: median(&samples_ms).unwrap(),
        ci95_ms: interval_of_median(&samples_ms),
        speedup: ratio(baseline, &samples_ms),
        done: None,
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

/// The same for work whose time was set to 200 ms: how much got done.
fn results_of_done(blocking: f64, others: &[(&str, usize, f64)]) -> Results {
    let mut run = results(200.0, &others.iter().map(|&(id, workers, _)| (id, workers, 200.0)).collect::<Vec<_>>());
    let base = steady(blocking);
    let all = [blocking].into_iter().chain(others.iter().map(|(_, _, done)| *done));
    for (own, done) in run.measurements.iter_mut().zip(all) {
        let samples = steady(done);
        own.speedup = None;
        own.done =
            Some(Done { median: done, ci95: interval_of_median(&samples), times: ratio(&samples, &base), samples });
    }
    run
}

/// A sweep of one strategy: samples of each number of workers, after blocking's.
fn sweep(
    strategy: &str,
    baseline: &[f64],
    points: &[(usize, Vec<f64>)],
    claimed_cores: usize,
) -> (Results, Vec<Curve>) {
    let point = |(workers, samples): &(usize, Vec<f64>)| measured(strategy, *workers, samples.clone(), baseline, 8.0);
    let blocking = measured("blocking", 1, baseline.to_vec(), baseline, 40.0);
    let measurements = [blocking].into_iter().chain(points.iter().map(point)).collect();
    let curve = Curve::of(strategy, points, baseline, claimed_cores);
    (Results { measurements, ..Results::default() }, curve.into_iter().collect())
}

fn judge(query: &str, results: &Results, scaling: &[Curve], conditions: &Conditions) -> Verdict {
    Verdict::of(&Evidence { experiment: &experiment(query), results, scaling, conditions })
}

fn verdict(query: &str, results: &Results, conditions: &Conditions) -> Verdict {
    judge(query, results, &[], conditions)
}

fn texts(said: Vec<Finding>) -> Vec<String> {
    said.into_iter().map(|finding| finding.text).collect()
}

fn texts_of_findings(query: &str, results: &Results) -> Vec<String> {
    texts(verdict(query, results, &conditions()).findings)
}

fn texts_of_caveats(results: &Results, conditions: &Conditions) -> Vec<String> {
    texts(verdict("mandelbrot", results, conditions).caveats)
}
