//! A table in a box that scrolls sideways where the page is narrow.

use leptos::prelude::*;
use pictures::{Cell, Table};

use crate::state::Lab;

/// The table. The first cell of a row names it. `lab` is the lab that it belongs to; `None` for a table of the page.
#[component]
pub fn TableView(table: Table, lab: Option<Lab>) -> impl IntoView {
    let Table { id, caption, columns, rows } = table;
    let own = lab.map_or_else(|| id.clone(), |lab| lab.id(&id));
    let label = lab.map_or_else(|| caption.clone(), |lab| lab.name_of(caption.clone()));
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table id=own class=id>
                <caption>{caption}</caption>
                <thead>
                    <tr>{columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: Vec<Cell>) -> impl IntoView {
    let mut cells = row.into_iter().map(|Cell { mark, text }| {
        let mark = (!mark.is_empty()).then(|| view! { <i class=format!("mark {mark}")></i> });
        (mark, text)
    });
    let first = cells.next().map(|(mark, text)| view! { <th scope="row">{mark}{text}</th> });
    let others = cells.map(|(mark, text)| view! { <td>{mark}{text}</td> }).collect_view();
    view! { <tr>{first}{others}</tr> }
}
