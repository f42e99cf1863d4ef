//! What the visitor chooses: native controls, one component each. Each bears the name that its setting has in the URL.

mod go;
mod matrix;
mod open;
mod param;
mod sheet;
mod stepper;
mod workload;

use lab::experiment::Experiment;
use leptos::prelude::*;
use words::en;

use crate::state::{Lab, PageState, Sheet, here, is_embedded};
use go::Go;
use matrix::Matrix;
use open::OpenReport;
pub use param::OneParam;
use param::{OtherParams, Size};
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
        en::CHOSEN.with(&[("chosen", words::Arg::digits(chosen)), ("all", words::Arg::digits(strategies::ALL.len()))])
    };
    give_focus_back(lab);
    view! {
        <form class="controls" on:submit=|event| event.prevent_default()>
            <fieldset disabled=move || lab.running()>
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
                            {en::SINGLE_KEYS.text()}
                        </label>
                        <OpenReport />
                    </SheetView>
                </div>
            </fieldset>
            <Go />
        </form>
    }
}

/// Sets what a control says, written as in the URL; a value that is not legal shows as a problem and changes nothing.
fn set(page: PageState, lab: Lab, key: &str, value: &str) {
    let mut next = lab.experiment.get_untracked();
    let outcome = next.set(key, value, page.cores);
    lab.problems.set(outcome.as_ref().err().map(words::problem).into_iter().collect());
    if outcome.is_ok() {
        lab.experiment.set(next);
    }
}

/// Changes the lab's experiment.
fn change(lab: Lab, change: impl FnOnce(Experiment) -> Experiment) {
    let next = change(lab.experiment.get_untracked());
    lab.problems.set(Vec::new());
    lab.experiment.set(next);
}

/// While a run is in progress, the lab's controls are disabled, and a disabled control cannot have the focus: Cancel
/// has it meanwhile, and gives it back once they are enabled again.
fn give_focus_back(lab: Lab) {
    let running = Memo::new(move |_| lab.running());
    Effect::new(move || {
        if !running.get() {
            lab.give_focus_back();
        }
    });
}
