//! What was not legal in a URL, a message, a file or a control.

use leptos::prelude::*;
use words::en;

use crate::state::here;

/// The list, until it is dismissed.
#[component]
pub fn Problems() -> impl IntoView {
    let (_, lab) = here();
    let dismiss = move |_| {
        lab.problems.set(Vec::new());
        lab.focus_run(); // the button that had the focus is gone
    };
    let items = move || lab.problems.get().into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view();
    view! {
        <div class="problems" id=lab.id("problems") role="alert" hidden=move || lab.problems.with(Vec::is_empty)>
            <ul>{items}</ul>
            <button type="button" on:click=dismiss>{en::DISMISS.text()}</button>
        </div>
    }
}
