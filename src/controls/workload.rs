//! Which work: a list, in groups of what kind of work it is.

use leptos::prelude::*;
use words::{Message, en};
use workloads::{Nature, Workload};

use super::change;
use crate::state::here;

/// The kinds of work, in the order of the list.
const NATURES: [(Nature, Message); 4] = [
    (Nature::Compute, en::COMPUTES),
    (Nature::Mixed, en::COMPUTES_AND_WAITS),
    (Nature::Wait, en::WAITS),
    (Nature::Deadline, en::COMPUTES_UNTIL),
];

/// The list.
#[component]
pub fn WorkPicker() -> impl IntoView {
    let (page, lab) = here();
    let pick = move |event| {
        if let Some(workload) = workloads::find(&event_target_value(&event)) {
            change(lab, |experiment| experiment.picking(workload, page.cores));
        }
    };
    let option = move |workload: &'static dyn Workload| {
        let info = workload.info();
        let chosen = move || lab.experiment.with(|experiment| experiment.workload.info().id == info.id);
        view! { <option value=info.id prop:selected=chosen>{words::workload_title(info)}</option> }
    };
    let group = move |(nature, title): (Nature, Message)| {
        let own = workloads::ALL.iter().copied().filter(move |workload| workload.info().nature == nature);
        view! { <optgroup label=title.text()>{own.map(option).collect_view()}</optgroup> }
    };
    view! {
        <label class="field">
            <span>{en::WORK.text()}</span>
            <select id=lab.id("workload") name="workload" on:change=pick>{NATURES.map(group)}</select>
        </label>
    }
}
