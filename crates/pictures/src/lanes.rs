//! What each lane did in the sample that is drawn, as a table: what the timeline shows, for readers who cannot see it.
//!
//! Invariant: when a lane that lost spans was idle is unknown, and what it did is given as a lower bound.

use lab::report::{Report, Run};
use strategies::trace::{Cause, Context, Lane, Trace};
use words::{Arg, en, exact_duration};

use crate::results::name;
use crate::table::{Cell, Table};

/// The number of colours for lanes, as in the style sheet.
pub const COLOURS: u32 = 8;

/// The class that gives a shape its lane's colour: the same as on the timeline.
pub(crate) fn colour(context: Context) -> String {
    match context {
        Context::Page | Context::Loop => "lane-page".into(),
        Context::Thread(index) | Context::Process(index) => format!("lane-{}", index % COLOURS),
    }
}

/// The name of a lane beside the timeline.
pub fn context_name(context: Context) -> String {
    let numbered = |message: words::Message, index: u32| message.with(&[("n", Arg::Digits(u64::from(index) + 1))]);
    match context {
        Context::Page => en::PAGE.text(),
        Context::Loop => en::LOOP.text(),
        Context::Thread(index) => numbered(en::THREAD, index),
        Context::Process(index) => numbered(en::PROCESS, index),
    }
}

/// The table; for a strategy with several numbers of workers, of the greatest.
pub(crate) fn lanes(report: &Report) -> Table {
    let shown = report.strategies().into_iter().filter_map(|id| report.shown(id));
    let measured = shown.filter(|run| run.numbers.is_some());
    let rows = measured
        .filter_map(|run| Some((run, run.trace()?)))
        .flat_map(|(run, trace)| trace.lanes.iter().map(|lane| row(strategy(run), &trace, lane)).collect::<Vec<_>>());
    let columns = [
        en::STRATEGY,
        en::LANE,
        en::TASKS,
        en::COMPUTING_HEADING,
        en::OFF_CORE_HEADING,
        en::WAITING_HEADING,
        en::LOCK_HEADING,
        en::COPYING_HEADING,
        en::IDLE,
    ];
    Table::new("lanes-table", en::LANES_TABLE.text(), columns.map(words::Message::text).to_vec(), rows.collect())
}

/// The strategy, with the number of times the sample did the work if that is more than one.
fn strategy(run: &Run) -> String {
    let name = name(&run.strategy);
    match run.times() {
        1 => name,
        times => en::TIMES_IN_A_ROW.with(&[("strategy", name.into()), ("n", Arg::digits(times))]),
    }
}

fn row(strategy: String, trace: &Trace, lane: &Lane) -> Vec<Cell> {
    let of = |cause| lane.spans.iter().filter(move |span| span.cause == cause);
    let mut tasks: Vec<_> = of(Cause::Compute).map(|span| span.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let causes = [Cause::Compute, Cause::OffCore, Cause::Wait, Cause::LockWait, Cause::Transfer];
    let spent = causes.map(|cause| of(cause).map(|span| f64::from(span.length()) / 1000.0).sum::<f64>());
    let idle = (f64::from(trace.makespan) / 1000.0 - spent.iter().sum::<f64>()).max(0.0);
    let known = |words: String| if lane.lost > 0 { format!("≥ {words}") } else { words };
    let idle = if lane.lost > 0 { words::dash(None) } else { exact_duration(idle) };
    let did = [tasks.len().to_string()].into_iter().chain(spent.map(exact_duration)).map(known);
    let who = [strategy.into(), Cell { mark: colour(lane.context), text: context_name(lane.context) }];
    who.into_iter().chain(did.chain([idle]).map(Cell::from)).collect()
}
