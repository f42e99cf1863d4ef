//! Made-up runs, and the analyst's answers to them.

use pictures::{Answer, Findings, Question, Run, answer};
use strategies::trace::{Cause, Context, Series, Trace, TraceBuilder};
use lab::verdict::Conditions;

/// The question about a run of a workload, or of a query.
pub fn question(query: &str, series: Vec<Series>) -> Question {
    let query = if query.contains('=') { query.to_owned() } else { format!("workload={query}") };
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned())).unwrap();
    Question::Run(Run {
        experiment: query.split('&').map(pair).collect(),
        conditions: Conditions {
            claimed_cores: 4,
            timer_resolution_ms: 0.02,
            calibration_ms: Some([5.0, 5.1]),
            hidden: false,
            on_battery: None,
        },
        shared_memory: (true, "headers".into()),
        engine: "Gecko 140".into(),
        series,
    })
}

/// What the analyst makes of a run.
pub fn findings(query: &str, series: Vec<Series>) -> Findings {
    let asked = postcard::to_allocvec(&question(query, series)).unwrap();
    match postcard::from_bytes(&answer(&asked)) {
        Ok(Answer::Run(findings)) => findings,
        other => panic!("another answer: {other:?}"),
    }
}

/// Blocking, then two threads in about half the time.
pub fn race() -> Vec<Series> {
    vec![series("blocking", 1, &[152_000; 5]), series("threads", 2, &[80_000; 5])]
}

/// A sweep of a strategy, with makespans in microseconds by the number of workers, 1 % apart from sample to sample.
pub fn sweep(strategy: &str, most: usize, micros: impl Fn(f64) -> f64) -> Vec<Series> {
    let noisy = |middle: f64| [-2, 0, 1, -1, 2].map(|step| (middle * (1.0 + f64::from(step) * 0.002)) as u32);
    let step = |workers: usize| series(strategy, workers, &noisy(micros(workers as f64)));
    (1..=most).map(step).collect()
}

/// Samples with these makespans in microseconds; every lane computes all the time.
pub fn series(strategy: &str, workers: usize, micros: &[u32]) -> Series {
    Series {
        strategy: strategy.into(),
        workers,
        parallel: !["blocking", "event-loop", "gil"].contains(&strategy),
        samples: micros.iter().map(|micros| sample(strategy, workers, *micros)).collect(),
        answer: Some("the same".into()),
        ..Series::default()
    }
}

fn sample(strategy: &str, workers: usize, micros: u32) -> Trace {
    let context = |lane| match strategy {
        "blocking" | "event-loop" => Context::Page,
        "processes" => Context::Process(lane),
        _ => Context::Thread(lane),
    };
    let lane = |trace: TraceBuilder, lane| trace.lane(context(lane), &[(0, micros, lane, Cause::Compute)]);
    let beats: Vec<u32> = (1..=micros / 10_000).map(|beat| beat * 10_000).collect();
    let beats = if strategy == "blocking" { vec![micros] } else { beats };
    (0..workers as u32).fold(TraceBuilder::new(), lane).beats(&beats).build()
}
