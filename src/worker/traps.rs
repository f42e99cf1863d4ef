//! A pool's threads leave a note when they trap. Nothing else would report it: their owner is blocked.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

use crate::link::panics;

/// Makes the calling thread leave such a note.
pub(super) fn watch_traps() {
    let scope: EventTarget = js_sys::global().unchecked_into();
    let trapped = Closure::<dyn Fn(Event)>::new(|event: Event| {
        event.prevent_default(); // the note is enough; the event itself would reach the page at some later time
        panics::note_trap();
    });
    let trapped = trapped.into_js_value();
    for event in ["error", "unhandledrejection"] {
        // both exist in every worker; if not, the page still notices that nothing happens any more
        scope.add_event_listener_with_callback(event, trapped.unchecked_ref()).ok();
    }
}
