//! Numbers: how many workers, samples, the seed, and whether every number of workers is run.

use lab::experiment::{Experiment, SAMPLES};
use leptos::prelude::*;
use web_sys::HtmlInputElement;
use words::{Arg, Message, en};

use super::{change, set};
use crate::state::here;

/// How many workers: one less, one more.
#[component]
pub fn Stepper() -> impl IntoView {
    let (page, lab) = here();
    let workers = Memo::new(move |_| lab.experiment.with(|experiment| experiment.workers));
    let (least, most) = page.cores.workers().into_inner();
    let (at_least, at_most) = (move || workers.get() <= least, move || workers.get() >= most);
    let ask = move |workers: usize| set(page, lab, "workers", &workers.to_string());
    view! {
        <div class="field stepper" role="group" aria-label=en::WORKERS.text()>
            <span>{en::WORKERS.text()}</span>
            <button type="button" name="fewer" aria-label=en::ONE_LESS.text()
                disabled=at_least on:click=move |_| ask(workers.get_untracked() - 1)>
                "−"
            </button>
            <output class="workers" id=lab.id("workers") aria-live="polite">{move || workers.get()}</output>
            <button type="button" name="more" aria-label=en::ONE_MORE.text()
                disabled=at_most on:click=move |_| ask(workers.get_untracked() + 1)>
                "+"
            </button>
            <small>{en::OF_CLAIMED.with(&[("cores", Arg::digits(page.cores.0))])}</small>
        </div>
    }
}

/// A number that is typed. A number that is not legal is named as a problem, and the field shows the current value
/// again.
#[component]
pub fn NumberField(name: &'static str, label: Message, value: fn(&Experiment) -> u64) -> impl IntoView {
    let (page, lab) = here();
    let now = Memo::new(move |_| lab.experiment.with(value));
    let take = move |event| {
        let field: HtmlInputElement = event_target(&event);
        set(page, lab, name, &field.value());
        field.set_value(&now.get_untracked().to_string());
    };
    let most = (name == "samples").then(|| SAMPLES.end().to_string());
    let least = if name == "samples" { *SAMPLES.start() } else { 0 };
    view! {
        <label class="field">
            <span>{label.text()}</span>
            <input type="number" name=name min=least max=most prop:value=move || now.get().to_string() on:change=take />
        </label>
    }
}

/// Whether every number of workers is run.
#[component]
pub fn SweepBox() -> impl IntoView {
    let (page, lab) = here();
    let ticked = Memo::new(move |_| lab.experiment.with(|experiment| experiment.sweep));
    let toggle = move |_| {
        let shared_memory = page.isolation.shared_memory();
        change(lab, |experiment| match experiment.sweep {
            true => experiment.narrowed(shared_memory, page.cores),
            false => experiment.widened(shared_memory, page.cores),
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" name="sweep" prop:checked=move || ticked.get() on:change=toggle />
            " "
            {en::SWEEP.text()}
        </label>
        <small>{en::SWEEP_MEANS.text()}</small>
    }
}
