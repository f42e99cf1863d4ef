//! Whether anybody can see the page, and how much of it should move.
//!
//! Browsers slow down what nobody sees, so a run that was hidden is void.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Document;

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

/// Whether the page is visible now.
pub fn visible() -> bool {
    document().is_none_or(|document| !document.hidden())
}

/// Waits until somebody can see the page.
pub async fn seen() {
    let Some(document) = document() else { return };
    while document.hidden() {
        let change = Promise::new(&mut |resolve, _| document.set_onvisibilitychange(Some(&resolve)));
        JsFuture::from(change).await.ok();
    }
    document.set_onvisibilitychange(None);
}

/// Whether the visitor asked for less motion: lanes then appear when they are complete, and do not grow.
pub fn reduced_motion() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok()?);
    query.is_some_and(|query| query.matches())
}

/// Notes whether the page was hidden while this lives.
pub struct Visibility {
    hidden: Rc<Cell<bool>>,
    on_change: Closure<dyn FnMut()>,
}

impl Visibility {
    /// Watches from now on.
    pub fn watch() -> Self {
        let hidden = Rc::new(Cell::new(!visible()));
        let seen = hidden.clone();
        let on_change = Closure::<dyn FnMut()>::new(move || seen.set(seen.get() || !visible()));
        if let Some(document) = document() {
            let callback = on_change.as_ref().unchecked_ref();
            document.add_event_listener_with_callback("visibilitychange", callback).ok();
        }
        Self { hidden, on_change }
    }

    /// Whether it was hidden at any time since.
    pub fn was_hidden(&self) -> bool {
        self.hidden.get()
    }
}

impl Drop for Visibility {
    fn drop(&mut self) {
        if let Some(document) = document() {
            let callback = self.on_change.as_ref().unchecked_ref();
            document.remove_event_listener_with_callback("visibilitychange", callback).ok();
        }
    }
}
