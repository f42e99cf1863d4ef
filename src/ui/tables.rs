//! What the analyst made of the last run: charts of what no lane shows, and the tables behind the pictures.

use leptos::prelude::*;

use super::state::State;

/// Charts, if there are any.
#[component]
pub fn Charts(state: State) -> impl IntoView {
    move || state.outcome.get().map(|outcome| view! { <div inner_html=outcome.findings.charts.clone()></div> })
}

/// Both tables of the last run; nothing before the first.
#[component]
pub fn Tables(state: State) -> impl IntoView {
    move || {
        state.outcome.get().map(|outcome| {
            let [results, lanes] = outcome.findings.tables.clone();
            view! {
                <section class="tables">
                    <div inner_html=results></div>
                    <details>
                        <summary>"These lanes as a table"</summary>
                        <div inner_html=lanes></div>
                    </details>
                </section>
            }
        })
    }
}
