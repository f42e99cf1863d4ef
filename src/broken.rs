//! What the visitor sees when the page's own code stops at an error: a sentence, a way to reload, a way to copy details.
//!
//! It is here from the start, hidden, because nothing of this binary can be relied on then: `www/broken.js` shows it. On every
//! page it is the body's own, outside of what takes no clicks any longer.

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
