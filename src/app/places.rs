//! What the page's own HTML has: whether it is a text, and the places in which something is to be shown.
//!
//! The only file that looks for elements all over the page; components have references to what is theirs.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::state::PageState;

/// Whether the page is a text, with or without labs; else it is the front page.
pub fn is_text() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-text"))
}

/// The name of the chapter that the page is, if it is one.
pub fn chapter() -> Option<String> {
    document().document_element()?.get_attribute("data-text").filter(|name| !name.is_empty())
}

/// Where the page's files lie, however deep the page itself: `www/start.js` noted it.
pub fn root() -> String {
    document().document_element().and_then(|root| root.get_attribute("data-root")).unwrap_or_default()
}

/// All elements that this selector finds.
pub fn all(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// The first element that this selector finds, emptied of what stood there for visitors without scripts.
pub fn emptied(selector: &str) -> Option<HtmlElement> {
    let place = all(selector).into_iter().next()?;
    place.set_text_content(None);
    Some(place)
}

/// Shows a view in this element for as long as the page lives.
pub fn show_in<V: IntoView + 'static>(place: HtmlElement, page: PageState, view: impl FnOnce() -> V + 'static) {
    let mounted = mount_to(place, move || {
        provide_context(page);
        view()
    });
    mounted.forget();
}

/// Shows a view in the page's place of this name (`data-place`), if it has one.
pub fn fill<V: IntoView + 'static>(name: &str, page: PageState, view: impl FnOnce() -> V + 'static) {
    if let Some(place) = emptied(&format!("[data-place={name}]")) {
        show_in(place, page, view);
    }
}

/// Takes away the words that say that the page is starting. They are where it says why it does not start.
pub fn end_of_starting() {
    if let Some(starting) = document().get_element_by_id("starting") {
        starting.remove();
    }
}
