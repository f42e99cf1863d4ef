//! Made-up runs, and the analyst's answers to them.

use analyst::{About, AnalystAnswer, AnalystQuestion, FinishedRun, Reported, answer, message};
use lab::report::{Machine, Report};
use lab::run::Series;
use pictures::Shown;
use strategies::Isolation;
use strategies::trace::{Cause, Context, Trace, TraceBuilder};

use super::sound;

/// A run of a workload, or of a query.
pub fn run(query: &str, series: Vec<Series>) -> FinishedRun {
    let query = if query.contains('=') { query.to_owned() } else { format!("workload={query}") };
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned())).unwrap();
    let experiment: Vec<_> = query.split('&').map(pair).collect();
    let workload = experiment.iter().find(|(key, _)| key == "workload").map_or("mandelbrot", |(_, id)| id);
    let known = workloads::find(workload).expect("registered").known().answer();
    let answered = |series: Series| match series.unavailable {
        None => Series { answer: Some(known.clone()), ..series },
        Some(_) => series,
    };
    FinishedRun {
        series: series.into_iter().map(answered).collect(),
        experiment,
        machine: Machine {
            claimed_cores: 4,
            isolation: Isolation::Headers.into(),
            timer_resolution_ms: 0.02,
            engine: "Gecko 140".into(),
            calibration_ms: Some([5.0, 5.1]),
            on_battery: None,
            hidden: false,
            out_of_view: false,
            another_instance: Some(false),
        },
        made: "2026-11-26T21:55:00.000Z".into(),
    }
}

/// The question of what a run means.
pub fn about(run: FinishedRun) -> About {
    About::Run(Box::new(run))
}

/// The analyst's answer in English, passed as messages as between page and analyst.
pub fn ask(about: About) -> AnalystAnswer {
    ask_in(None, about)
}

/// The same in the language whose file is `language`.
pub fn ask_in(language: Option<String>, about: About) -> AnalystAnswer {
    let asked = message::write(&AnalystQuestion { language, about });
    message::read(&answer(&asked)).expect("an answer can be read")
}

/// The analyst's answer to a question about a run or a report.
pub fn reported(about: About) -> Reported {
    match ask(about) {
        AnalystAnswer::Shown(reported) => *reported,
        other => panic!("another answer: {other:?}"),
    }
}

/// All that is shown of a run. The same report, read from a file, has to show the same.
pub fn shown_of(run: FinishedRun) -> Shown {
    let Reported { report, shown } = reported(about(run));
    let from_file = reported(About::Report(report.clone()));
    assert_eq!((&from_file.report, &from_file.shown), (&report, &shown), "a file shows what a run shows");
    let read = Report::from_json(&report).expect("the analyst writes reports");
    assert_eq!(read.schema, lab::report::SCHEMA);
    sound::shown(&shown);
    shown
}

/// The same for these series of a workload, or of a query.
pub fn shown(query: &str, series: Vec<Series>) -> Shown {
    shown_of(run(query, series))
}

/// Blocking, then two threads in about half the time.
pub fn race() -> Vec<Series> {
    vec![series("blocking", 1, &[152_000; 5]), series("threads", 2, &[80_000; 5])]
}

/// A sweep of a strategy, with makespans in microseconds by the number of workers, 0.8 % apart at most from sample to sample.
pub fn sweep(strategy: &str, most: usize, micros: impl Fn(f64) -> f64) -> Vec<Series> {
    let noisy = |middle: f64| [-2, 0, 1, -1, 2].map(|step| (middle * (1.0 + f64::from(step) * 0.002)) as u32);
    let step = |workers: usize| series(strategy, workers, &noisy(micros(workers as f64)));
    (1..=most).map(step).collect()
}

/// Samples with these makespans in microseconds; every lane computes all the time.
pub fn series(strategy: &str, workers: usize, micros: &[u32]) -> Series {
    let strategy = strategies::find(strategy).expect("registered");
    let samples = micros.iter().map(|micros| sample(strategy.meta().contexts(), workers, *micros)).collect();
    Series { samples, ..Series::new(strategy, workers) }
}

fn sample(contexts: impl Iterator<Item = Context>, workers: usize, micros: u32) -> Trace {
    let contexts: Vec<_> = contexts.take(workers).collect();
    let beats: Vec<u32> = match contexts[0] {
        Context::Page => vec![micros],
        _ => (1..=micros / 10_000).map(|beat| beat * 10_000).collect(),
    };
    let lane = |trace: TraceBuilder, (at, context): (usize, Context)| {
        trace.lane(context, &[(0, micros, at as u32, Cause::Compute)])
    };
    contexts.into_iter().enumerate().fold(TraceBuilder::new(), lane).beats(&beats).clock_step(20).build()
}
