//! Keys for everything that a speaker does on stage: R runs, N and P turn to the next chapter and the previous one, unless
//! that was switched off, Escape cancels, or first shuts what lies open over the lanes.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::state::{self, Page};

/// Listens from now on.
pub fn bind(page: Page) {
    window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() || is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "r" | "R" if page.key.get_untracked() => {
                if let Some(lab) = page.lab_in_view() {
                    state::run(page, lab, None);
                }
            }
            "n" | "N" if page.key.get_untracked() => turn("next-chapter"),
            "p" | "P" if page.key.get_untracked() => turn("prev-chapter"),
            "Escape" if !shut(page) => page.exclusive.cancel(),
            _ => {}
        }
    });
}

/// Follows the page's link of this id, if it has one.
fn turn(id: &str) {
    let link = document().get_element_by_id(id).and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
    link.inspect(web_sys::HtmlElement::click);
}

/// Shuts every sheet, and says whether one was open.
fn shut(page: Page) -> bool {
    page.labs.with_value(|labs| {
        let open: Vec<_> = labs.iter().filter(|lab| lab.sheet.with_untracked(Option::is_some)).collect();
        open.iter().for_each(|lab| lab.sheet.set(None));
        !open.is_empty()
    })
}

/// Whether the key belongs to a field that takes letters.
fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let takes_letters = target.is_some_and(|element| {
        let text_input = element.tag_name() == "INPUT"
            && !matches!(element.get_attribute("type").as_deref(), Some("range" | "checkbox" | "radio" | "file"));
        text_input || matches!(element.tag_name().as_str(), "SELECT" | "TEXTAREA")
    });
    takes_letters && event.key() != "Escape"
}
