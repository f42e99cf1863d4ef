//! A pool's threads leave a note when they trap. Nobody else would tell: their owner is blocked.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

use crate::link::panics;

/// Makes the calling thread do so.
pub(super) fn watch_traps() {
    let scope: EventTarget = js_sys::global().unchecked_into();
    let trapped = Closure::<dyn Fn(Event)>::new(|event: Event| {
        event.prevent_default(); // the note tells; the event itself would go up to the page, at some time or other
        panics::note_trap();
    });
    let trapped = trapped.into_js_value();
    for event in ["error", "unhandledrejection"] {
        // both exist in every worker; if not, the page still notices that nothing happens any more
        scope.add_event_listener_with_callback(event, trapped.unchecked_ref()).ok();
    }
}
