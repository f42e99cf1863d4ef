//! What the visitor sees when the page's own code stops at an error: a sentence, a way to reload, a way to copy
//! details.
//!
//! The panel is in the page from the start, hidden, because nothing of this binary can be relied on after such an
//! error: `www/broken.js` shows it. On every page it is the body's own child, outside of what no longer takes clicks.

use leptos::prelude::*;
use words::en;

/// The hidden panel.
#[component]
pub fn Broken() -> impl IntoView {
    view! {
        <div id="broken" role="alertdialog" aria-labelledby="broken-sentence" hidden>
            <p id="broken-sentence">{en::BROKEN.text()}</p>
            <p class="buttons">
                <button type="button" class="primary" id="broken-reload">{en::RELOAD.text()}</button>
                <button type="button" id="broken-copy" data-copied=en::COPIED.text()>{en::COPY_DETAILS.text()}</button>
            </p>
            <details>
                <summary>{en::DETAILS.text()}</summary>
                <pre id="broken-details" tabindex="0"></pre>
            </details>
        </div>
    }
}
