//! The table of results: a row for each strategy and number of workers.

use super::html::table;
use super::words::{duration, factor, interval, percent};
use crate::experiment::Experiment;
use crate::measure::{Results, decimal};
use crate::report::Rate;
use crate::strategy;
use crate::trace::Series;

const COLUMNS: [&str; 12] = [
    "Strategy",
    "Workers",
    "Median",
    "95 % interval",
    "Speed-up",
    "Efficiency",
    "Rate",
    "Lanes computing",
    "Page silent at most",
    "Start-up",
    "First run, with start-up",
    "Answer",
];

/// The table, as HTML.
pub fn results(results: &Results, series: &[Series], experiment: &Experiment) -> String {
    let rows: Vec<_> = series.iter().map(|series| row(results, series, experiment)).collect();
    table("results", "Results", &COLUMNS, &rows)
}

fn row(results: &Results, series: &Series, experiment: &Experiment) -> Vec<String> {
    let head = [name(&series.strategy, experiment), series.workers.to_string()];
    let Some(own) = results.get(&series.strategy, series.workers) else {
        let why = series.unavailable.clone().unwrap_or_else(|| "no numbers".into());
        let dashes = vec!["–".to_owned(); COLUMNS.len() - 3];
        return head.into_iter().chain(dashes).chain([why]).collect();
    };
    let speedup = own.speedup.map(|speedup| match speedup.ci95 {
        Some([low, high]) => format!("{} ({} to {})", factor(speedup.value), decimal(low, 2), decimal(high, 2)),
        None => factor(speedup.value),
    });
    let rate = Rate::of(experiment, own).map(|Rate { value, unit }| {
        let (value, scale) = if value >= 1e6 { (value / 1e6, "million ") } else { (value, "") };
        format!("{} {scale}{unit}/s", decimal(value, if value < 100.0 { 1 } else { 0 }))
    });
    let cells = [
        Some(duration(own.median_ms)),
        own.ci95_ms.map(interval),
        speedup,
        own.efficiency().map(percent),
        rate,
        own.utilisation.map(percent),
        own.longest_freeze_ms.map(duration),
        Some(own.startup_ms).filter(|ms| *ms > 0.0).map(duration),
        own.cold_ms.map(duration),
        series.answer.clone(),
    ];
    head.into_iter().chain(cells.into_iter().map(|cell| cell.unwrap_or_else(|| "–".into()))).collect()
}

/// What a strategy is called on the page.
pub fn name(id: &str, experiment: &Experiment) -> String {
    strategy::find_as(id, &experiment.settings).map_or(id, |strategy| strategy.meta().name).into()
}
