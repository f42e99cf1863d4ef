//! Keys for everything that a speaker does on stage. R runs, N and P turn to the next chapter and the previous one,
//! unless these keys are switched off. Escape closes what lies open over the lanes, or else cancels.
//!
//! In a frame, keys that this page has no use for are reported to the page around it, which has keys of its own: arrows
//! that turn slides. After a click the space bar is among them, though the button that was clicked still has the focus.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::browser::{Parent, is_framed};
use super::state::{self, PageState};

/// Listens from now on.
pub fn bind(page: PageState) {
    let around = Parent::find().filter(|_| is_framed());
    let pointed = StoredValue::new(false);
    window_event_listener(ev::pointerdown, move |_| pointed.set_value(true));
    let belongs_outside =
        move |event: &KeyboardEvent| !event.default_prevented() && !has_use(event, pointed.get_value());
    let another = around.is_some();
    // the key that Lanes had a use for when it went down: while it is held, it is not reported
    let held = StoredValue::new(None);
    window_event_listener(ev::keydown, move |event| {
        if !has_a_name(&event) {
            return;
        }
        if event.key() == "Tab" {
            return pointed.set_value(false);
        }
        if !event.repeat() {
            held.set_value(carry_out(page, &event).then(|| event.code()));
        }
        if held.with_value(|held| *held == Some(event.code())) {
            return;
        }
        if let Some(around) = around.as_ref().filter(|_| belongs_outside(&event)) {
            if event.key() == " " {
                event.prevent_default();
            }
            around.post("lanes:key", &told(&event));
        }
    });
    window_event_listener(ev::keyup, move |event| {
        // Firefox presses a button when the key goes up
        if another && has_a_name(&event) && event.key() == " " && belongs_outside(&event) {
            event.prevent_default();
        }
    });
}

/// Whether this is a real keyboard event: password managers and the like send events that are called keys and are none.
fn has_a_name(event: &KeyboardEvent) -> bool {
    event.is_instance_of::<KeyboardEvent>()
}

/// The letter on the key; on a keyboard of another alphabet, the Latin letter that shares its place.
fn letter(event: &KeyboardEvent) -> String {
    match event.code().strip_prefix("Key") {
        Some(place) if !event.key().is_ascii() => place.to_lowercase(),
        _ => event.key(),
    }
}

/// Does what the key is for on this page; returns false if it is for nothing.
fn carry_out(page: PageState, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() || is_typing(event) {
        return false;
    }
    let on = page.key.get_untracked();
    match letter(event).as_str() {
        "r" | "R" if on => page.lab_in_view().is_some_and(|lab| state::run(page, lab, None)),
        "n" | "N" if on => turn("next-chapter"),
        "p" | "P" if on => turn("prev-chapter"),
        "Escape" if shut(page) => true,
        "Escape" if page.exclusive.taken() => {
            page.exclusive.cancel();
            true
        }
        _ => false,
    }
}

/// Follows the page's link of this id, if it has one.
fn turn(id: &str) -> bool {
    let link = document().get_element_by_id(id).and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
    link.inspect(web_sys::HtmlElement::click).is_some()
}

/// Shuts every sheet, and says whether one was open.
fn shut(page: PageState) -> bool {
    page.labs.with_value(|labs| {
        let open: Vec<_> = labs.iter().filter(|lab| lab.sheet.with_untracked(Option::is_some)).collect();
        open.iter().for_each(|lab| lab.sheet.set(None));
        !open.is_empty()
    })
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether the key belongs to a field that takes letters.
fn is_typing(event: &KeyboardEvent) -> bool {
    event.key() != "Escape" && target(event).is_some_and(|element| takes_letters(&element))
}

fn takes_letters(element: &Element) -> bool {
    let text_input = element.tag_name() == "INPUT"
        && !matches!(element.get_attribute("type").as_deref(), Some("range" | "checkbox" | "radio" | "file"));
    text_input || matches!(element.tag_name().as_str(), "SELECT" | "TEXTAREA")
}

/// Whether the browser, or the element that has the focus, does something with the key. An element that got the focus
/// from a pointer is not meant to be pressed by the space bar.
fn has_use(event: &KeyboardEvent, pointed: bool) -> bool {
    let key = event.key();
    if matches!(key.as_str(), "Shift" | "Control" | "Alt" | "Meta" | "AltGraph" | "CapsLock") || event.is_composing() {
        return true; // a part of another key
    }
    let Some(element) = target(event) else { return false };
    if takes_letters(&element) {
        return key != "Escape";
    }
    let moves = key.starts_with("Arrow") || matches!(key.as_str(), "Home" | "End" | "PageUp" | "PageDown");
    let presses = key == "Enter" || (key == " " && !pointed);
    match (element.tag_name().as_str(), element.get_attribute("type").as_deref()) {
        ("INPUT", Some("range" | "radio")) => moves || presses,
        ("INPUT" | "BUTTON" | "A" | "SUMMARY", _) => presses,
        // a table or a code sample that can be scrolled
        _ => moves && !pointed && element.has_attribute("tabindex"),
    }
}

/// What is reported of a key, as an event of the page around would have it.
fn told(event: &KeyboardEvent) -> [(&'static str, wasm_bindgen::JsValue); 7] {
    [
        ("key", event.key().into()),
        ("code", event.code().into()),
        ("shiftKey", event.shift_key().into()),
        ("ctrlKey", event.ctrl_key().into()),
        ("altKey", event.alt_key().into()),
        ("metaKey", event.meta_key().into()),
        ("repeat", event.repeat().into()),
    ]
}
