//! The label of a result that was not made here and now, but elsewhere or earlier: when that was, and how to close it.

use leptos::prelude::*;
use words::en;

use crate::state::here;

/// The label of a recording; nothing where none is shown.
#[component]
pub fn RecordingLabel() -> impl IntoView {
    let (_, lab) = here();
    let made = move || {
        let says = match (lab.earlier.get(), lab.recording.with(Option::is_some)) {
            (true, _) => en::EARLIER_LABEL,
            (false, true) => en::RECORDING_LABEL,
            (false, false) => return None,
        };
        Some((says.text(), lab.outcome.get()?.shown.made.clone()))
    };
    let close = move |_| {
        lab.clear();
        lab.focus_run();
    };
    move || {
        made().map(|(says, made)| {
            view! {
                <p class="recording" role="status">
                    <b>{says}</b>
                    " "
                    {made}
                    " "
                    <button type="button" on:click=close>{en::CLOSE_RECORDING.text()}</button>
                </p>
            }
        })
    }
}
