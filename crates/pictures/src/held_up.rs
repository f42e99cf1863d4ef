//! How long each call kept others waiting, under each strategy.

use lab::measure::held_up;
use lab::report::Report;
use words::{en, exact_duration};

use crate::results::name;
use crate::shown::Chart;
use crate::table::Table;

/// A row for each strategy and a column for each call; `None` where no such calls were run.
pub(crate) fn chart(report: &Report) -> Option<Chart> {
    let experiment = report.what_ran();
    let slots = experiment.workload.slots(&experiment.params)?;
    let row = |id: &str| {
        let longest = held_up(&report.trace(report.shown(id)?)?, &slots)?;
        Some([name(id)].into_iter().chain(longest.into_iter().map(exact_duration)).collect())
    };
    let rows: Vec<Vec<String>> = report.strategies().into_iter().filter_map(row).collect();
    let calls = slots.words.iter().map(|word| words::slot(experiment.workload.info(), word));
    let columns = [en::STRATEGY.text()].into_iter().chain(calls).collect();
    (!rows.is_empty()).then(|| Chart {
        label: en::CALL.text(),
        heading: en::HELD_UP_HEADING.text(),
        text: en::HELD_UP_MEANS.text(),
        figures: Vec::new(),
        tables: vec![Table::new("held-up-table", en::HELD_UP_HEADING.text(), columns, rows)],
        details: String::new(),
        hidden: None,
    })
}
