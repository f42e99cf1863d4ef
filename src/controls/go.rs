//! Run or Cancel, and how far a run is.

use leptos::prelude::*;
use words::en;

use crate::state::{Lab, MachineUse, PageState, RunState, here, run};

/// A press within this time after a press of Run belongs to it, in milliseconds: systems take that long for a double
/// click.
const ONE_WISH: f64 = 500.0;

/// One button, so that the keyboard's focus stays on it.
#[component]
pub fn Go() -> impl IntoView {
    let (page, lab) = here();
    let last = StoredValue::new(f64::NEG_INFINITY);
    let counts = move || match lab.progress.get() {
        RunState::Running { done, total } => Some((done, total)),
        _ => None,
    };
    let key = move || if lab.running() { Some(("Escape", "Esc")) } else { page.key.get().then_some(("r", "R")) };
    let own = MachineUse::Run(lab.number);
    let held_up = move || page.exclusive.held_up(own);
    view! {
        <div class="go">
            <progress id=lab.id("progress") class:resting=move || counts().is_none()
                aria-label=en::SAMPLES_DONE.text()
                max=move || counts().map_or(1, |(_, total)| total.max(1))
                prop:value=move || counts().map_or(0, |(done, _)| done as u32)></progress>
            <button type="button" node_ref=lab.run_button
                id=move || lab.id(if lab.running() { "cancel" } else { "run" })
                class:primary=move || !lab.running()
                disabled=held_up
                title=move || page.exclusive.why_held_up(own)
                aria-keyshortcuts=move || key().map(|(name, _)| name)
                on:click=move |event| press(page, lab, event.time_stamp(), last)
                on:keydown=|event| if event.repeat() { event.prevent_default() }>
                {move || if lab.running() { en::CANCEL.text() } else { en::RUN.text() }}
                {move || key().map(|(_, cap)| view! { <kbd aria-hidden="true">{cap}</kbd> })}
            </button>
        </div>
    }
}

/// One press is one wish: the second half of a double click, or a key that is held down, does not cancel what the first
/// began. `at` is when the press happened, in milliseconds, which a page that froze may hear of much later.
fn press(page: PageState, lab: Lab, at: f64, last: StoredValue<f64>) {
    if at - last.get_value() < ONE_WISH {
        return;
    }
    if lab.running_now() {
        page.exclusive.cancel();
    } else {
        last.set_value(at);
        run(page, lab, None);
    }
}
