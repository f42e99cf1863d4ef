//! Each strategy beside each other one, where the table of results has them beside the baseline only.

use lab::report::{Measured, Report, Run};
use words::{dash, en};
use workloads::Nature;

use crate::results::{name, times};
use crate::table::Table;

/// Two have their comparison in the results already.
const SEVERAL: usize = 3;

/// How many times as fast the strategy of each row is as that of each column; `None` where fewer than three were measured.
pub(crate) fn pairs(report: &Report) -> Option<Table> {
    let shown = report.strategies().into_iter().filter_map(|id| report.shown(id));
    let all: Vec<_> = shown.filter_map(Run::measured).collect();
    if all.len() < SEVERAL {
        return None;
    }
    let called = |of: &Measured| name(&of.run.strategy);
    let columns = [en::STRATEGY.text()].into_iter().chain(all.iter().map(called)).collect();
    let row = |own: &Measured| {
        let against = |other: &Measured| {
            let ratio = own.against(other).filter(|_| !std::ptr::eq(own.run, other.run));
            dash(ratio.map(times))
        };
        [called(own)].into_iter().chain(all.iter().map(against)).collect()
    };
    let caption = match report.what_ran().nature() {
        Nature::Deadline => en::PAIRS_DONE,
        _ => en::PAIRS,
    };
    Some(Table::new("pairs", caption.text(), columns, all.iter().map(row).collect::<Vec<_>>()))
}
