//! What the analyst made of the last run: charts of what no lane shows, and the tables behind the pictures.

use leptos::prelude::*;

use super::state::State;

/// Charts, if there are any.
#[component]
pub fn Charts(state: State) -> impl IntoView {
    view! { <div inner_html=move || state.outcome.get().map_or(String::new(), |outcome| outcome.findings.charts.clone())></div> }
}

/// Both tables of the last run; nothing before the first.
#[component]
pub fn Tables(state: State) -> impl IntoView {
    view! { <section class="tables" inner_html=move || tables(state)></section> }
}

fn tables(state: State) -> String {
    state.outcome.get().map_or(String::new(), |outcome| {
        let [results, lanes] = &outcome.findings.tables;
        format!("{results}<details><summary>These lanes as a table</summary>{lanes}</details>")
    })
}
