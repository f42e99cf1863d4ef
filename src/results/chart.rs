//! What no lane shows, and the tables behind the pictures.

use leptos::prelude::*;
use pictures::{Chart, Table};
use words::en;

use super::scene::FigureView;
use crate::fields::TableView;
use crate::state::here;

/// Charts, if there are any.
#[component]
pub fn Charts() -> impl IntoView {
    let (_, lab) = here();
    move || {
        let charts = lab.outcome.get().map(|reported| reported.shown.charts.clone()).unwrap_or_default();
        view! { <div>{charts.into_iter().map(|chart| view! { <ChartView chart /> }).collect_view()}</div> }
    }
}

/// Pictures with their words and their tables.
#[component]
pub fn ChartView(chart: Chart) -> impl IntoView {
    let (_, lab) = here();
    let Chart { label, heading, text, figures, tables, details, hidden } = chart;
    view! {
        <section class="charts" aria-label=lab.name_of(label)>
            <h2>{heading}</h2>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {figures.into_iter().map(|figure| view! { <FigureView figure /> }).collect_view()}
            {tables.into_iter().map(|table| view! { <TableView table lab=Some(lab) /> }).collect_view()}
            {hidden.map(|table| view! { <Folded summary=details table /> })}
        </section>
    }
}

/// The results, the strategies compared in pairs, and what each lane did; nothing before the first run.
#[component]
pub fn Tables() -> impl IntoView {
    let (_, lab) = here();
    let tables = move || {
        lab.outcome.get().map(|reported| {
            view! {
                <TableView table=reported.shown.results.clone() lab=Some(lab) />
                {reported.shown.pairs.clone().map(|pairs| view! { <Folded summary=en::EACH_AGAINST_EACH.text() table=pairs /> })}
                <Folded summary=en::LANES_AS_TABLE.text() table=reported.shown.lanes.clone() />
            }
        })
    };
    view! { <section class="tables">{tables}</section> }
}

/// A table that opens when it is asked for.
#[component]
fn Folded(summary: String, table: Table) -> impl IntoView {
    let (_, lab) = here();
    view! {
        <details>
            <summary>{summary}</summary>
            <TableView table lab=Some(lab) />
        </details>
    }
}
