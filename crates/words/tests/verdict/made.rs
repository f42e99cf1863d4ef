//! Made-up runs: numbers written by hand, as no machine would give them.

use lab::measure::scaling::Curve;
use lab::measure::{Numbers, Ratio, WorkDone, interval_of_median, median, ratio};
use lab::report::{LaneRecord, Run};
use strategies::Failure;
use strategies::trace::{Cause, Context, Lane, Span, Steps};

/// Steady samples around a makespan.
pub fn steady(middle: f64) -> Vec<f64> {
    [-3, 1, 3, -2, 0, 2, -1].map(|step| middle * (1.0 + f64::from(step) * 0.005)).to_vec()
}

/// A run with these samples, compared with the baseline's.
pub fn measured(strategy: &str, workers: usize, samples_ms: Vec<f64>, baseline: &[f64], freeze_ms: f64) -> Run {
    let speedup = ratio(baseline, &samples_ms);
    let numbers = Numbers {
        median_ms: median(&samples_ms).unwrap(),
        ci95_ms: interval_of_median(&samples_ms),
        speedup: speedup.map(|ratio| ratio.value),
        speedup_ci95: speedup.and_then(|ratio| ratio.ci95),
        efficiency: speedup.map(|ratio| ratio.value / workers as f64),
        done: None,
        output: None,
        utilisation: Some(0.9),
        parallelism: Some(Ratio { value: workers as f64, ci95: Some([workers as f64 * 0.98, workers as f64]) }),
        under_way: None,
        off_core: Some(0.0),
        samples_off_core: Vec::new(),
        latency: None,
        turn_ms: None,
        stall_ms: None,
        longest_freeze_ms: Some(freeze_ms),
        usual_freeze_ms: Some(freeze_ms),
    };
    Run {
        strategy: strategy.into(),
        workers,
        startup_ms: Some(0.0),
        samples_ms,
        numbers: Some(numbers),
        ..Run::default()
    }
}

/// Sets how many of the run's lanes were on a core at once, and for which share of the time a lane had no core.
pub fn had(run: &mut Run, at_once: f64, off: f64) {
    let numbers = numbers(run);
    numbers.parallelism = Some(Ratio { value: at_once, ci95: Some([at_once - 0.02, at_once + 0.02]) });
    (numbers.off_core, numbers.turn_ms) = (Some(off), Some(4.0));
}

/// A lane that does not record when it was off its core.
pub fn blind() -> LaneRecord {
    let spans = vec![Span::new(Cause::Compute, 0, 0, 52_000)];
    LaneRecord::of(&Lane { context: Context::Thread(0), spans, lost: 0, steps: Steps::default() })
}

/// A strategy that could not run.
pub fn refused(strategy: &str, workers: usize, why: Failure) -> Run {
    Run { strategy: strategy.into(), workers, refusal: Some(why), ..Run::default() }
}

/// The numbers of a run that has some.
pub fn numbers(run: &mut Run) -> &mut Numbers {
    run.numbers.as_mut().expect("it was measured")
}

/// Blocking, then the others: (strategy, workers, makespan). Only blocking freezes the page.
pub fn runs(blocking: f64, others: &[(&str, usize, f64)]) -> Vec<Run> {
    let baseline = steady(blocking);
    let other = |&(id, workers, makespan): &(&str, usize, f64)| measured(id, workers, steady(makespan), &baseline, 8.0);
    let blocking = measured("blocking", 1, baseline.clone(), &baseline, blocking);
    [blocking].into_iter().chain(others.iter().map(other)).collect()
}

/// A strategy, its workers, and its makespan or how much it got done.
pub type Made<'a> = (&'a str, usize, f64);

/// Without blocking: strategies with their makespans. The others are compared with the first. None freezes the page.
pub fn runs_of(all: &[Made]) -> Vec<Run> {
    let baseline = steady(all[0].2);
    let run = |&(id, workers, makespan): &Made| {
        let mut run = measured(id, workers, steady(makespan), &baseline, 8.0);
        numbers(&mut run).efficiency = None;
        run
    };
    let mut runs: Vec<_> = all.iter().map(run).collect();
    let first = numbers(&mut runs[0]);
    (first.speedup, first.speedup_ci95) = ((all.len() > 1).then_some(1.0), None);
    runs
}

/// Blocking and the others, like [`runs`], for work whose time was set to 200 ms: they give how much got done.
pub fn runs_that_got_done(blocking: f64, others: &[(&str, usize, f64)]) -> Vec<Run> {
    let others_ms: Vec<_> = others.iter().map(|&(id, workers, _)| (id, workers, 200.0)).collect();
    let all: Vec<_> = [blocking].into_iter().chain(others.iter().map(|(_, _, done)| *done)).collect();
    counted(runs(200.0, &others_ms), &all)
}

/// The same without blocking, like [`runs_of`].
pub fn runs_of_that_got_done(all: &[Made]) -> Vec<Run> {
    let runs = runs_of(&all.iter().map(|&(id, workers, _)| (id, workers, 200.0)).collect::<Vec<_>>());
    counted(runs, &all.iter().map(|(_, _, done)| *done).collect::<Vec<_>>())
}

/// These runs with how much work each got done; the others are compared with the first.
fn counted(mut runs: Vec<Run>, all: &[f64]) -> Vec<Run> {
    let base = steady(all[0]);
    for (run, &done) in runs.iter_mut().zip(all) {
        let samples = steady(done);
        let output: Option<Ratio> = ratio(&samples, &base);
        let own = numbers(run);
        (own.speedup, own.speedup_ci95, own.efficiency, own.output) = (None, None, None, output);
        own.done = Some(WorkDone { median: done, ci95: interval_of_median(&samples), samples });
    }
    runs
}

/// A sweep of one strategy: blocking's run, then a run for each number of workers with its samples.
pub fn sweep(
    strategy: &str,
    baseline: &[f64],
    points: &[(usize, Vec<f64>)],
    claimed_cores: usize,
) -> (Vec<Run>, Vec<Curve>) {
    let point = |(workers, samples): &(usize, Vec<f64>)| measured(strategy, *workers, samples.clone(), baseline, 8.0);
    let blocking = measured("blocking", 1, baseline.to_vec(), baseline, 40.0);
    let runs = [blocking].into_iter().chain(points.iter().map(point)).collect();
    (runs, Curve::of(strategy, points, baseline, claimed_cores).into_iter().collect())
}
