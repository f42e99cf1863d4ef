//! The table of results: a row for each strategy and number of workers.

use lab::experiment::BASELINE;
use lab::measure::{Quantile, Ratio, TaskLatency};
use lab::report::{Report, Run};
use words::{Arg, Message, dash, decimal, en, exact_duration, exact_factor, interval, percent};
use workloads::Nature;

use crate::table::Table;

const COLUMNS: [Message; 13] = [
    en::STRATEGY,
    en::WORKERS,
    en::MEDIAN,
    en::INTERVAL_95,
    en::SPEED_UP,
    en::UNDER_WAY_AT_ONCE,
    en::AT_ONCE,
    en::EFFICIENCY,
    en::SHARE_COMPUTING,
    en::LONGEST_SILENCE,
    en::START_UP,
    en::FIRST_RUN,
    en::ANSWER,
];
/// The column that compares a strategy with the baseline.
const SPEEDUP: usize = 4;
/// The column before which the rate of work is inserted, where work comes in amounts.
const RATE: usize = 8;
/// The column before which latencies are inserted, where tasks arrive.
const START_UP: usize = 10;
/// Selects one quantile of a latency.
type PartOf = fn(&TaskLatency) -> Quantile;
/// The columns of latency.
const LATENCIES: [(Message, PartOf); 3] =
    [(en::LATENCY_HALF, |of| of.p50), (en::LATENCY_95, |of| of.p95), (en::LATENCY_99, |of| of.p99)];

/// The table.
pub(crate) fn results(report: &Report) -> Table {
    let mut columns: Vec<_> = COLUMNS.into_iter().map(Message::text).collect();
    columns[SPEEDUP] = versus(report);
    let mut rows: Vec<_> = report.runs.iter().map(|run| row(run, report)).collect();
    let latencies = || report.runs.iter().map(|run| run.numbers.as_ref()?.latency);
    if latencies().any(|latency| latency.is_some()) {
        let headings = LATENCIES.map(|(heading, _)| heading.text());
        columns.splice(START_UP..START_UP, headings);
        for (row, latency) in rows.iter_mut().zip(latencies()) {
            row.splice(START_UP..START_UP, LATENCIES.map(|(_, of)| dash(latency.as_ref().map(of).map(within))));
        }
    }
    if let Some((unit, rates)) = rates(report) {
        columns.insert(RATE, unit);
        rows.iter_mut().zip(rates).for_each(|(row, rate)| row.insert(RATE, rate));
    }
    Table::new("results", en::RESULTS.text(), columns, rows)
}

/// The heading of the column that compares a strategy with the baseline.
fn versus(report: &Report) -> String {
    let usual = report.baseline().is_none_or(Run::is_blocking);
    match report.what_ran().nature() {
        // the time is given: what differs is how much gets done
        Nature::Deadline => en::AS_MUCH_HEADING.with(&[("base", baseline(report))]),
        _ if usual => en::SPEED_UP.text(),
        _ => en::SPEED_UP_OVER.with(&[("base", baseline(report))]),
    }
}

/// The strategy that all others are compared with, in words; blocking where nothing is compared.
pub(crate) fn baseline(report: &Report) -> Arg {
    let (id, workers) = report.baseline().map_or((BASELINE, 1), |run| (&run.strategy, run.workers));
    words::team(id, workers).into()
}

/// The heading with the unit of all rates, and the rates in the order of the runs; `None` if nothing comes in amounts.
fn rates(report: &Report) -> Option<(String, Vec<String>)> {
    let rates = || report.runs.iter().map(|run| run.rate.as_ref());
    let greatest = rates().flatten().max_by(|one, other| one.value.total_cmp(&other.value))?;
    let (scale, heading) = if greatest.value >= 1e6 { (1e6, en::RATE_IN_MILLIONS) } else { (1.0, en::RATE) };
    let unit = words::unit(report.what_ran().workload.info()).unwrap_or_else(|| greatest.unit.clone());
    let cell = |rate: Option<&lab::report::Rate>| dash(rate.map(|rate| figures(rate.value / scale)));
    Some((heading.with(&[("unit", unit.into())]), rates().map(cell).collect()))
}

/// A number with three figures or more.
fn figures(value: f64) -> String {
    let digits = match value {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    decimal(value, digits)
}

fn row(run: &Run, report: &Report) -> Vec<String> {
    let head = [name(&run.strategy), run.workers.to_string()];
    let Some(numbers) = &run.numbers else {
        let why = why_not(run).unwrap_or_else(|| en::NO_NUMBERS.text());
        let dashes = vec![dash(None); COLUMNS.len() - 3];
        return head.into_iter().chain(dashes).chain([why]).collect();
    };
    let cells = [
        Some(exact_duration(numbers.median_ms)),
        numbers.ci95_ms.map(interval),
        numbers.versus_baseline().map(times),
        numbers.under_way.map(at_once),
        numbers.parallelism.map(at_once),
        numbers.efficiency.map(percent),
        numbers.utilisation.map(percent),
        numbers.longest_freeze_ms.map(exact_duration),
        run.startup_ms.filter(|ms| *ms > 0.0).map(exact_duration),
        run.cold_ms.map(exact_duration),
        answer(run, report),
    ];
    head.into_iter().chain(cells.into_iter().map(dash)).collect()
}

/// A ratio with its interval.
pub(crate) fn times(ratio: Ratio) -> String {
    with_interval(exact_factor(ratio.value), factors(ratio))
}

fn at_once(ratio: Ratio) -> String {
    with_interval(decimal(ratio.value, 2), factors(ratio))
}

fn within(Quantile { ms, ci95_ms }: Quantile) -> String {
    with_interval(exact_duration(ms), ci95_ms.map(interval))
}

/// The interval of a number without a unit.
fn factors(ratio: Ratio) -> Option<String> {
    let [low, high] = ratio.ci95?;
    Some(words::times(decimal(low, 2), decimal(high, 2)))
}

/// A number with its interval, if it has one; lines may break before the interval, but not within it.
fn with_interval(value: String, interval: Option<String>) -> String {
    match interval {
        Some(interval) => format!("{value} ({})", interval.replace(' ', "\u{a0}")),
        None => value,
    }
}

/// The whole answer of a run, as far as it is known.
fn answer(run: &Run, report: &Report) -> Option<String> {
    let told = run.summary.as_ref().map(|summary| words::answer(report.what_ran().workload.info(), summary));
    told.or_else(|| run.answer.clone())
}

/// Why a run could not be made, as a clause; `None` if no reason is known.
pub(crate) fn why_not(run: &Run) -> Option<String> {
    let told = run.refusal.as_ref().map(words::clause);
    told.or_else(|| run.unavailable.clone()).map(|why| why.trim_end_matches('.').to_owned())
}

/// What a strategy is called on the page; its id, if this version does not know it.
pub(crate) fn name(id: &str) -> String {
    strategies::find(id).map_or_else(|| id.into(), |strategy| words::strategy_name(strategy.meta()))
}
