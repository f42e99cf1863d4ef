//! Opening a file that the visitor chooses.

use leptos::html;
use leptos::prelude::*;
use words::Message;

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
