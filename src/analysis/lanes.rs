//! What each lane did in the sample that is drawn, as a table: what the timeline shows, for those who cannot see it.
//!
//! Invariant: of a lane that lost spans nobody knows when it was idle, and what it did is a lower bound.

use super::html::{Cell, table};
use super::results::name;
use super::words::duration;
use crate::experiment::Experiment;
use crate::measure::Results;
use crate::trace::{Cause, Context, Lane, Series, Trace};

const COLUMNS: [&str; 8] =
    ["Strategy", "Lane", "Tasks", "Computing", "Waiting", "Waiting for the lock", "Copying, handing over", "Idle"];
/// How many colours there are for lanes: the style sheet has as many.
pub const COLOURS: u32 = 8;

/// The class that gives a shape its lane's colour: the same as on the timeline.
pub fn colour(context: Context) -> String {
    match context {
        Context::Page | Context::Loop => "lane-page".into(),
        Context::Thread(index) | Context::Process(index) => format!("lane-{}", index % COLOURS),
    }
}

/// The table, as HTML; of a strategy with several numbers of workers, the greatest.
pub fn lanes(results: &Results, series: &[Series], experiment: &Experiment) -> String {
    let last = |at: usize| series[at + 1..].iter().all(|later| later.strategy != series[at].strategy);
    let shown = (0..series.len()).filter(|at| last(*at)).filter_map(|at| {
        let own = results.get(&series[at].strategy, series[at].workers)?;
        Some((&series[at], series[at].samples.get(own.typical)?))
    });
    let rows: Vec<_> = shown
        .flat_map(|(series, trace)| trace.lanes.iter().map(move |lane| (series, trace, lane)))
        .map(|(series, trace, lane)| row(strategy(series, experiment), trace, lane))
        .collect();
    table("lanes-table", "What each lane did in the sample that is drawn", &COLUMNS, &rows)
}

/// The strategy, and how often the sample did the work, if more than once.
fn strategy(series: &Series, experiment: &Experiment) -> String {
    let name = name(&series.strategy, experiment);
    if series.repeats > 1 { format!("{name}, {} times in a row", series.repeats) } else { name }
}

fn row(strategy: String, trace: &Trace, lane: &Lane) -> Vec<Cell> {
    let of = |cause| lane.spans.iter().filter(move |span| span.cause == cause);
    let mut tasks: Vec<_> = of(Cause::Compute).map(|span| span.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let causes = [Cause::Compute, Cause::Wait, Cause::LockWait, Cause::Transfer];
    let spent = causes.map(|cause| of(cause).map(|span| f64::from(span.length()) / 1000.0).sum::<f64>());
    let idle = (f64::from(trace.makespan) / 1000.0 - spent.iter().sum::<f64>()).max(0.0);
    let known = |words: String| if lane.lost > 0 { format!("≥ {words}") } else { words };
    let idle = if lane.lost > 0 { "–".into() } else { duration(idle) };
    let did = [tasks.len().to_string()].into_iter().chain(spent.map(duration)).map(known);
    let who = [strategy.into(), Cell::marked(&colour(lane.context), &lane.context.name())];
    who.into_iter().chain(did.chain([idle]).map(Cell::from)).collect()
}
