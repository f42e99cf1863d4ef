//! Opening a report: a file that is shown as if it had been made here, labelled a recording.

use leptos::html;
use leptos::prelude::*;
use words::en;

use crate::state::{here, open_file};

/// The button; the browser's own control for files is behind it.
#[component]
pub fn OpenReport() -> impl IntoView {
    let (page, lab) = here();
    let field = NodeRef::<html::Input>::new();
    let press = move |_| field.get_untracked().into_iter().for_each(|field| field.click());
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        if let Some(file) = field.files().and_then(|files| files.get(0)) {
            open_file(page, lab, file);
            lab.sheet.set(None);
        }
        field.set_value(""); // the same file may be opened again
    };
    view! {
        <div>
            <button type="button" on:click=press>{en::OPEN_REPORT.text()}</button>
            <input type="file" name="report" class="unseen" tabindex="-1" aria-hidden="true" accept=".json,application/json"
                node_ref=field on:change=chosen />
        </div>
    }
}
