//! The table of results: a row for each strategy and number of workers.

use super::html::table;
use super::words::{dash, duration, factor, interval, percent};
use crate::experiment::{Experiment, Nature};
use crate::measure::{Ratio, Results, decimal};
use crate::report::Rate;
use crate::strategy;
use crate::trace::Series;

const COLUMNS: [&str; 11] = [
    "Strategy",
    "Workers",
    "Median",
    "95 % interval",
    "Speed-up",
    "Efficiency",
    "Share of lane time computing",
    "Longest without a heartbeat",
    "Start-up",
    "First run, with start-up",
    "Answer",
];
/// Which column tells how a strategy stands to blocking.
const SPEEDUP: usize = 4;
/// Before which one stands how fast work was done, where it comes in amounts.
const RATE: usize = 6;

/// The table, as HTML.
pub fn results(results: &Results, series: &[Series], experiment: &Experiment) -> String {
    let mut columns = Vec::from(COLUMNS);
    if experiment.nature() == Nature::Deadline {
        columns[SPEEDUP] = "As much as blocking"; // the time is set: what differs is how much gets done
    }
    let mut columns: Vec<_> = columns.into_iter().map(String::from).collect();
    let mut rows: Vec<_> = series.iter().map(|series| row(results, series, experiment)).collect();
    if let Some((unit, rates)) = rates(results, series, experiment) {
        columns.insert(RATE, unit);
        rows.iter_mut().zip(rates).for_each(|(row, rate)| row.insert(RATE, rate));
    }
    table("results", "Results", &columns, &rows)
}

/// The heading with the unit that all rates have, and the rates; `None` if nothing comes in amounts.
fn rates(results: &Results, series: &[Series], experiment: &Experiment) -> Option<(String, Vec<String>)> {
    let rate = |series: &Series| Rate::of(experiment, results.get(&series.strategy, series.workers)?);
    let rates: Vec<_> = series.iter().map(rate).collect();
    let greatest = rates.iter().flatten().max_by(|one, other| one.value.total_cmp(&other.value))?;
    let (scale, scaled) = if greatest.value >= 1e6 { (1e6, "million ") } else { (1.0, "") };
    let cell = |rate: &Option<Rate>| dash(rate.as_ref().map(|rate| figures(rate.value / scale)));
    Some((format!("Rate, {scaled}{}/s", greatest.unit), rates.iter().map(cell).collect()))
}

/// A number with three figures or more.
fn figures(value: f64) -> String {
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    decimal(value, digits)
}

fn row(results: &Results, series: &Series, experiment: &Experiment) -> Vec<String> {
    let head = [name(&series.strategy, experiment), series.workers.to_string()];
    let Some(own) = results.get(&series.strategy, series.workers) else {
        let why = series.unavailable.clone().unwrap_or_else(|| "no numbers".into());
        let dashes = vec!["–".to_owned(); COLUMNS.len() - 3];
        return head.into_iter().chain(dashes).chain([why]).collect();
    };
    let versus = own.speedup.or(own.done.as_ref().and_then(|done| done.times)).map(times);
    let cells = [
        Some(duration(own.median_ms)),
        own.ci95_ms.map(interval),
        versus,
        own.efficiency().map(percent),
        own.utilisation.map(percent),
        own.longest_freeze_ms.map(duration),
        Some(own.startup_ms).filter(|ms| *ms > 0.0).map(duration),
        own.cold_ms.map(duration),
        series.answer.clone(),
    ];
    head.into_iter().chain(cells.into_iter().map(dash)).collect()
}

fn times(ratio: Ratio) -> String {
    match ratio.ci95 {
        // breaks before the interval, not in it
        Some([low, high]) => {
            format!("{} ({}\u{a0}to\u{a0}{})", factor(ratio.value), decimal(low, 2), decimal(high, 2))
        }
        None => factor(ratio.value),
    }
}

/// What a strategy is called on the page.
pub fn name(id: &str, experiment: &Experiment) -> String {
    strategy::find_as(id, &experiment.settings).map_or(id, |strategy| strategy.meta().name).into()
}
