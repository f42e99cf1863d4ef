//! That what is shown was not made here and now, when and where it was, and how to close it.

use leptos::prelude::*;
use words::en;

use crate::state::here;

/// The label of a recording; nothing where none is shown.
#[component]
pub fn RecordingLabel() -> impl IntoView {
    let (_, lab) = here();
    let made = move || {
        let shown = lab.outcome.get().filter(|_| lab.recording.with(Option::is_some));
        shown.map(|reported| reported.shown.made.clone())
    };
    let close = move |_| {
        lab.clear();
        lab.focus_run();
    };
    move || {
        made().map(|made| {
            view! {
                <p class="recording" role="status">
                    <b>{en::RECORDING_LABEL.text()}</b>
                    " "
                    {made}
                    " "
                    <button type="button" on:click=close>{en::CLOSE_RECORDING.text()}</button>
                </p>
            }
        })
    }
}
