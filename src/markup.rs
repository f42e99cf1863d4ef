//! HTML as text, and how it gets into the page.
//!
//! What is only to be looked at, or is made of native controls, is written as HTML and put in by one call: compiled
//! views of the same would weigh several times as much of what loads before anything runs (docs/decisions/0005).
//! Invariant: whatever comes from outside is [`escaped`].

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

pub use pictures::escaped;

/// A list's items.
pub fn items(texts: &[String]) -> String {
    texts.iter().map(|text| format!("<li>{}</li>", escaped(text))).collect()
}

/// The first element that fits.
pub fn element(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Gives the keyboard's focus to the first element that fits.
pub fn focus(selector: &str) {
    if let Some(element) = element(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
    }
}

/// Puts HTML into the first element that fits.
pub fn fill(selector: &str, html: &str) {
    if let Some(element) = element(selector) {
        element.set_inner_html(html);
    }
}
