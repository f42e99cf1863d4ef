//! What each lane did in the sample that is drawn, as a table: what the timeline shows, for those who cannot see it.

use super::html::table;
use super::results::name;
use super::words::duration;
use crate::experiment::Experiment;
use crate::measure::Results;
use crate::trace::{Cause, Lane, Series, Trace};

const COLUMNS: [&str; 8] =
    ["Strategy", "Lane", "Tasks", "Computing", "Waiting", "Waiting for the lock", "Copying, handing over", "Idle"];

/// The table, as HTML; of a strategy with several numbers of workers, the greatest.
pub fn lanes(results: &Results, series: &[Series], experiment: &Experiment) -> String {
    let last = |at: usize| series[at + 1..].iter().all(|later| later.strategy != series[at].strategy);
    let shown = (0..series.len()).filter(|at| last(*at)).filter_map(|at| {
        let own = results.get(&series[at].strategy, series[at].workers)?;
        Some((&series[at], series[at].samples.get(own.typical)?))
    });
    let rows: Vec<_> = shown
        .flat_map(|(series, trace)| trace.lanes.iter().map(move |lane| (series, trace, lane)))
        .map(|(series, trace, lane)| row(name(&series.strategy, experiment), trace, lane))
        .collect();
    table("lanes-table", "What each lane did in the sample that is drawn", &COLUMNS, &rows)
}

fn row(strategy: String, trace: &Trace, lane: &Lane) -> Vec<String> {
    let of = |cause| lane.spans.iter().filter(move |span| span.cause == cause);
    let mut tasks: Vec<_> = of(Cause::Compute).map(|span| span.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let causes = [Cause::Compute, Cause::Wait, Cause::LockWait, Cause::Transfer];
    let spent = causes.map(|cause| of(cause).map(|span| f64::from(span.length()) / 1000.0).sum::<f64>());
    let idle = (f64::from(trace.makespan) / 1000.0 - spent.iter().sum::<f64>()).max(0.0);
    let head = [strategy, lane.context.name(), tasks.len().to_string()];
    head.into_iter().chain(spent.map(duration)).chain([duration(idle)]).collect()
}
