//! Opening a file: one for the visitor to choose; and a report, which is shown as if it had been made here, labelled a recording.

use leptos::html;
use leptos::prelude::*;
use words::{Message, en};

use crate::state::{here, open_file};

/// The button for a report.
#[component]
pub fn OpenReport() -> impl IntoView {
    let (page, lab) = here();
    let opened = move |file| {
        open_file(page, lab, file);
        lab.sheet.set(None);
    };
    view! { <FileButton name="report" label=en::OPEN_REPORT on_file=opened /> }
}

/// A button that opens a file of JSON; the browser's own control for files is behind it.
#[component]
pub fn FileButton(name: &'static str, label: Message, on_file: impl Fn(web_sys::File) + 'static) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let press = move |_| field.get_untracked().into_iter().for_each(|field| field.click());
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        if let Some(file) = field.files().and_then(|files| files.get(0)) {
            on_file(file);
        }
        field.set_value(""); // the same file may be opened again
    };
    view! {
        <div>
            <button type="button" on:click=press>{label.text()}</button>
            <input type="file" name=name class="unseen" tabindex="-1" aria-hidden="true" accept=".json,application/json"
                node_ref=field on:change=chosen />
        </div>
    }
}
