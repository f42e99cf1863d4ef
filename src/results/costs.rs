//! What things cost on this machine: measured when somebody asks, shown as a table, saved as a report of its own.

use leptos::prelude::*;
use words::{Message, en};

use crate::fields::{SaveButton, TableView};
use crate::state::{Costing, CostingSignal, MachineUse, expect_page, measure_or_cancel};

/// The costs, with a button to measure them; folded away unless they are to be `open`.
#[component]
pub fn Costs(#[prop(optional)] open: bool) -> impl IntoView {
    let state = RwSignal::new_local(Costing::Nothing);
    view! {
        <details class="costs" id="costs" open=open>
            <summary>{en::COSTS.text()}</summary>
            <p>{en::COSTS_MEANS.text()}</p>
            <MeasureCosts id="measure-costs" state label=en::MEASURE />
            <div id="costs-shown" aria-live="polite"><HowFar state /></div>
            <CostsTable state />
        </details>
    }
}

/// A button that measures what things cost, or cancels what goes on.
#[component]
pub fn MeasureCosts(id: &'static str, state: CostingSignal, label: Message) -> impl IntoView {
    let page = expect_page();
    let own = move || page.exclusive.holder() == Some(MachineUse::Measure);
    let held_up = move || page.exclusive.held_up(MachineUse::Measure);
    view! {
        <button type="button" id=id disabled=held_up
            title=move || page.exclusive.why_held_up(MachineUse::Measure)
            on:click=move |_| measure_or_cancel(page, state)>
            {move || if own() { en::CANCEL.text() } else { label.text() }}
        </button>
    }
}

/// How far measuring is, and why it may have failed.
#[component]
pub fn HowFar(state: CostingSignal) -> impl IntoView {
    move || match state.get() {
        Costing::Nothing => ().into_any(),
        Costing::Waiting => view! { <p class="turn">{en::ANOTHER_MEASURES.text()}</p> }.into_any(),
        Costing::Measuring { done, total } => {
            view! { <progress max=total prop:value=done as u32 aria-label=en::MEASURING.text()></progress> }.into_any()
        }
        Costing::Measured(costed) => {
            let missing = costed.missing.clone().map(|why| en::COSTS_MISSING.with(&[("why", why.into())]));
            let doubted = costed.doubted.then(|| en::COSTS_DOUBTED.text());
            let doubts = [missing, doubted].into_iter().flatten();
            doubts.map(|doubt| view! { <p class="why">{doubt}</p> }).collect_view().into_any()
        }
        Costing::Failed(why) => view! { <p class="why" role="alert">{why}</p> }.into_any(),
    }
}

/// What was measured as a table, to be saved.
#[component]
pub fn CostsTable(state: CostingSignal) -> impl IntoView {
    move || {
        let Costing::Measured(costed) = state.get() else { return ().into_any() };
        let table = costed.table.clone();
        view! {
            <TableView table lab=None />
            <SaveButton id="download-costs" name="lanes-costs.json" label=en::DOWNLOAD_COSTS
                text=Box::new(move || Some(costed.report.clone())) />
        }
        .into_any()
    }
}
