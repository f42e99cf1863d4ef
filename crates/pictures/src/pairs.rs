//! Each strategy compared with each other one; the table of results compares them with the baseline only.

use lab::report::{Measured, Report, Run};
use words::{dash, en};
use workloads::Nature;

use crate::results::{name, times};
use crate::table::Table;

/// The least number of strategies for this table: two have their comparison in the results already.
const SEVERAL: usize = 3;

/// The speed-up of each row's strategy over each column's; `None` if fewer than three strategies were measured.
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
