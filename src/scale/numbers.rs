//! All numbers behind the rows: usual and measured, with intervals, and how they are measured, or why not.

use leptos::prelude::*;
use pictures::Table;
use words::{Message, dash, en, scale as say};

use super::guessed::RowGuess;
use crate::fields::TableView;
use crate::state::CostingSignal;

/// The columns.
const COLUMNS: [Message; 7] = [
    en::WHAT,
    say::SCALE_TAKES,
    say::SCALE_AS_SECONDS,
    say::SCALE_SOURCE,
    say::SCALE_ON_THIS,
    en::INTERVAL_95,
    say::SCALE_HOW,
];

/// The table. Nothing is hidden in it: visitors who open it want to see.
#[component]
pub fn Numbers(rows: StoredValue<Vec<RowGuess>, LocalStorage>, state: CostingSignal) -> impl IntoView {
    move || {
        let all = rows.get_value();
        let cycle = all.first().map_or(1.0, |first| first.row.with_value(|row| row.usually()));
        let row = |guessed: &RowGuess| {
            let (row, figure) = (guessed.row.get_value(), guessed.figure(state));
            let exact = figure.map(|figure| say::exact(figure.us * 1000.0));
            let interval = figure.map(|figure| say::interval(figure.interval.map(|end| end * 1000.0)));
            let human = say::human_range(row.ns.map(|ns| ns / cycle));
            vec![
                row.what.clone(),
                row.takes.clone(),
                human,
                row.source.clone(),
                dash(exact),
                dash(interval),
                row.how.clone(),
            ]
        };
        let columns = COLUMNS.map(Message::text).to_vec();
        let table = Table::new("scale-table", say::SCALE_LABEL.text(), columns, all.iter().map(row).collect());
        view! { <TableView table lab=None /> }
    }
}
