//! What the visitor chooses: native controls, a component each. Each bears the name that its setting has in the URL.

mod go;
mod matrix;
mod open;
mod param;
mod save_button;
mod sheet;
mod stepper;
mod workload;

use lab::experiment::Experiment;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use words::en;

use crate::state::{Lab, Page, Sheet, here, is_embedded};
use go::Go;
use matrix::Matrix;
pub use open::FileButton;
use open::OpenReport;
use param::{OtherParams, Size};
pub use save_button::SaveButton;
use sheet::SheetView;
use stepper::{NumberField, Stepper, SweepBox};
use workload::WorkPicker;

/// The bar of controls, with Run and Cancel. In a slide, size and workers lie in the sheet: the lanes need the room.
#[component]
pub fn Controls() -> impl IntoView {
    let (page, lab) = here();
    let often = || view! { <Size /> <Stepper /> };
    let embedded = is_embedded();
    let chosen = move || {
        let chosen = lab.experiment.with(|experiment| experiment.strategies.len());
        let digits = |number: usize| words::Arg::Digits(number as u64);
        en::CHOSEN.with(&[("chosen", digits(chosen)), ("all", digits(strategies::ALL.len()))])
    };
    let fieldset = NodeRef::<html::Fieldset>::new();
    keep_the_focus(lab, fieldset);
    view! {
        <form class="controls" on:submit=|event| event.prevent_default()>
            <fieldset node_ref=fieldset disabled=move || lab.running()>
                <legend class="unseen">{en::EXPERIMENT.text()}</legend>
                <WorkPicker />
                {(!embedded).then(often)}
                <div class="sheets">
                    <SheetView which=Sheet::Strategies title=en::STRATEGIES beside=chosen>
                        <Matrix />
                    </SheetView>
                    <SheetView which=Sheet::More title=en::MORE beside=String::new>
                        {embedded.then(often)}
                        <OtherParams />
                        <NumberField name="samples" label=en::SAMPLES value=|experiment| experiment.samples as u64 />
                        <NumberField name="seed" label=en::SEED value=|experiment| experiment.seed />
                        <SweepBox />
                        <label class="check">
                            <input type="checkbox" name="key" prop:checked=move || page.key.get()
                                on:change=move |_| page.key.update(|key| *key = !*key) />
                            " "
                            {en::KEY_RUNS.text()}
                        </label>
                        <OpenReport />
                    </SheetView>
                </div>
            </fieldset>
            <Go />
        </form>
    }
}

/// Sets what a control says, as the URL would say it; what is not legal shows as a problem and changes nothing.
fn set(page: Page, lab: Lab, key: &str, value: &str) {
    let mut next = lab.experiment.get_untracked();
    let outcome = next.set(key, value, page.cores);
    lab.problems.set(outcome.as_ref().err().map(words::problem).into_iter().collect());
    if outcome.is_ok() {
        lab.experiment.set(next);
    }
}

/// Makes another experiment of the lab's.
fn change(lab: Lab, change: impl FnOnce(Experiment) -> Experiment) {
    let next = change(lab.experiment.get_untracked());
    lab.problems.set(Vec::new());
    lab.experiment.set(next);
}

/// While it runs, its controls are switched off, and what is switched off has no focus: Cancel has it meanwhile, and gives it
/// back.
fn keep_the_focus(lab: Lab, fieldset: NodeRef<html::Fieldset>) {
    let before = StoredValue::new_local(None::<HtmlElement>);
    let focused = || document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let running = Memo::new(move |_| lab.running());
    Effect::new(move || match (running.get(), fieldset.get_untracked()) {
        (true, Some(fieldset)) => {
            let inside = focused().filter(|element| fieldset.contains(Some(element)));
            if inside.is_some() {
                lab.focus_run();
            }
            before.set_value(inside);
        }
        (false, _) => {
            let back = before.try_update_value(Option::take).flatten();
            let still = lab.run_button.get_untracked().is_some_and(|run| focused().is_some_and(|at| *at == **run));
            back.filter(|_| still).inspect(|element| _ = element.focus());
        }
        (true, None) => {}
    });
}
