//! Run or Cancel, and how far a run is.

use leptos::prelude::*;
use words::en;

use crate::state::{Activity, Lab, Page, Progress, here, run};

/// One button, so that the keyboard's focus stays on it.
#[component]
pub fn Go() -> impl IntoView {
    let (page, lab) = here();
    let counts = move || match lab.progress.get() {
        Progress::Running { done, total } => Some((done, total)),
        _ => None,
    };
    let key = move || if lab.running() { Some(("Escape", "Esc")) } else { page.key.get().then_some(("r", "R")) };
    let held_up = move || page.exclusive.held_up(Activity::Run(lab.number));
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
                title=move || if held_up() { en::HELD_UP.text() } else { String::new() }
                aria-keyshortcuts=move || key().map(|(name, _)| name)
                on:click=move |_| press(page, lab)>
                {move || if lab.running() { en::CANCEL.text() } else { en::RUN.text() }}
                {move || key().map(|(_, cap)| view! { <kbd aria-hidden="true">{cap}</kbd> })}
            </button>
        </div>
    }
}

fn press(page: Page, lab: Lab) {
    if lab.running_now() {
        page.exclusive.cancel();
    } else {
        run(page, lab, None);
    }
}
