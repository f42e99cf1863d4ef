//! Keeps live texts up to date where the browser translates the page.
//!
//! A translator replaces each text node by `<font>` elements with its own words. When the page changes that text later,
//! it changes a node that is no longer shown. So each replaced node is remembered, and comes back as soon as its text
//! changes: the translator sees a new text, and translates it as it did the old one.
//!
//! This works for every text of every component, as long as a text that comes and goes does so with an element of its
//! own.

use js_sys::{Array, WeakMap};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node};

/// The element that stands for a translated text: nothing else uses it.
const STANDS_FOR_TEXT: &str = "FONT";

/// Keeps the texts of the whole document up to date, for as long as the page is there.
pub fn keep_up() {
    let replaced = WeakMap::new();
    let told = Closure::<dyn FnMut(Array, MutationObserver)>::new(move |records: Array, observer: MutationObserver| {
        for record in records.iter().map(JsCast::unchecked_into::<MutationRecord>) {
            if record.type_() == "characterData" {
                bring_back(&replaced, &record);
            } else {
                remember(&replaced, &observer, &record);
            }
        }
    });
    if let (Ok(observer), Some(body)) = (MutationObserver::new(told.as_ref().unchecked_ref()), document().body()) {
        let children = MutationObserverInit::new();
        children.set_child_list(true);
        children.set_subtree(true);
        observer.observe_with_options(&body, &children).ok();
        told.forget(); // as long as the page
    }
}

/// If a text node was replaced by a translator's words, notes by which, and observes its changes.
fn remember(replaced: &WeakMap, observer: &MutationObserver, record: &MutationRecord) {
    let gone = record.removed_nodes();
    let texts = (0..gone.length()).filter_map(|at| gone.get(at));
    for text in texts.filter(|text| text.node_type() == Node::TEXT_NODE && !text.is_connected()) {
        let added = record.added_nodes().get(0);
        let beside = [added, record.previous_sibling(), record.next_sibling()];
        let Some(words) = beside.into_iter().flatten().find(|node| node.node_name() == STANDS_FOR_TEXT) else {
            continue;
        };
        replaced.set(&text, &words);
        let data = MutationObserverInit::new();
        data.set_character_data(true);
        observer.observe_with_options(&text, &data).ok();
    }
}

/// A replaced text node has changed: puts it back in its place.
fn bring_back(replaced: &WeakMap, record: &MutationRecord) {
    let Some(text) = record.target() else { return };
    let Ok(words) = replaced.get(&text).dyn_into::<Element>() else { return };
    if !text.is_connected() && words.is_connected() {
        words.replace_with_with_node_1(&text).ok();
    }
    replaced.delete(&text);
}
