//! HTML as text, and how it gets into the page.
//!
//! What is only to be looked at, or is made of native controls, is written as HTML and put in by one call: compiled
//! views of the same would weigh several times as much of what loads before anything runs (docs/decisions/0005).
//! Invariant: whatever comes from outside is [`escaped`].

use leptos::prelude::document;
use web_sys::Element;

/// Text as HTML says it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A list's items.
pub fn items(texts: &[String]) -> String {
    texts.iter().map(|text| format!("<li>{}</li>", escaped(text))).collect()
}

/// The first element that fits.
pub fn element(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Puts HTML into the first element that fits.
pub fn fill(selector: &str, html: &str) {
    if let Some(element) = element(selector) {
        element.set_inner_html(html);
    }
}
