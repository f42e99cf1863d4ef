//! A sheet that opens over the lanes. One is open at a time; a click elsewhere and Escape shut it, and the keyboard's
//! focus stays with its name.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Node;
use words::Message;

use crate::state::{Sheet, here};

/// The sheet with its name, and what stands beside that.
#[component]
pub fn SheetView(
    which: Sheet,
    title: Message,
    beside: impl Fn() -> String + Send + 'static,
    children: Children,
) -> impl IntoView {
    let (_, lab) = here();
    let (details, summary) = (NodeRef::<html::Details>::new(), NodeRef::<html::Summary>::new());
    let open = Memo::new(move |_| lab.sheet.get() == Some(which));
    Effect::new(move || {
        let (Some(details), Some(summary)) = (details.get(), summary.get()) else { return };
        let focused = document().active_element();
        if !open.get() && details.open() && focused.is_some_and(|focused| details.contains(Some(&focused))) {
            summary.focus().ok();
        }
        details.set_open(open.get());
    });
    let toggled = move |_| {
        let Some(details) = details.get_untracked() else { return };
        if details.open() {
            lab.sheet.set(Some(which));
        } else if lab.sheet.get_untracked() == Some(which) {
            lab.sheet.set(None);
        }
    };
    let elsewhere = window_event_listener(ev::click, move |event| {
        let Some(details) = details.try_get_untracked().flatten() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok()); // a script may click at the window
        let inside = details.contains(target.as_ref());
        if !inside && lab.sheet.get_untracked() == Some(which) {
            lab.sheet.set(None);
        }
    });
    on_cleanup(move || elsewhere.remove());
    view! {
        <details class="more" node_ref=details on:toggle=toggled>
            <summary node_ref=summary>{title.text()}<small class="chosen">{beside}</small></summary>
            <div class="sheet">{children()}</div>
        </details>
    }
}
