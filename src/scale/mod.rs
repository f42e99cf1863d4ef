//! A scale of times, from a cycle to a restart: each row guessed on one logarithmic axis, drawn to scale, and measured
//! here as far as a page can.
//!
//! Invariant: a row does not show its value before it was guessed, or the visitor asks for it. A value that was not
//! measured keeps its place, with the reason.

mod guessed;
mod ladder;
mod numbers;
mod row;
mod tiles;

use leptos::prelude::*;
use strategies::Isolation;
use words::scale as say;

use crate::results::{CostsTable, HowFar, MeasureCosts};
use crate::state::{Costing, expect_page};
pub use guessed::RowGuess;
use ladder::Ladder;
use numbers::Numbers;
use row::RowView;

/// All rows, with a button that measures what can be measured.
#[component]
pub fn Scale(guessed: Vec<RowGuess>) -> impl IntoView {
    let page = expect_page();
    let state = RwSignal::new_local(Costing::Nothing);
    let rows = StoredValue::new_local(guessed.clone());
    let all_told = move || rows.with_value(|rows| rows.iter().all(|row| row.told.get()));
    let show_all = move |_| rows.with_value(|rows| rows.iter().for_each(|row| row.told.set(true)));
    let measured = move || state.with(|state| matches!(state, Costing::Measured(_)));
    let through = page.isolation == Isolation::ServiceWorker;
    let usually = |guessed: &RowGuess| guessed.row.with_value(|row| row.usually());
    let cycle = guessed.first().map_or(1.0, usually);
    let above: Vec<_> = std::iter::once(None).chain(guessed.iter().map(usually).map(Some)).collect();
    let view = |(guessed, above)| view! { <RowView guessed above cycle state /> };
    view! {
        <p class="still">{say::SCALE_FIRST.text()}</p>
        {guessed.into_iter().zip(above).map(view).collect_view()}
        <div class="measuring" aria-live="polite">
            <p class="still">{move || if measured() { say::SCALE_MEASURED } else { say::SCALE_MEASURES }.text()}</p>
            <p class="commit">
                <MeasureCosts id="measure-scale" state label=say::SCALE_MEASURE />
                <button type="button" id="show-scale" hidden=all_told on:click=show_all>{say::SCALE_SHOW_ALL.text()}</button>
            </p>
            <HowFar state />
            {move || (through && measured()).then(|| view! { <p class="still">{say::SCALE_BY_SERVICE_WORKER.text()}</p> })}
        </div>
        <Ladder state />
        <details class="folded" id="scale-numbers">
            <summary>{say::SCALE_NUMBERS.text()}</summary>
            <Numbers rows state />
            <CostsTable state />
        </details>
    }
}
