//! Which part this instance plays in a worker: told by the message that started it.
//!
//! `worker.js` waits for that message, instantiates the module with a new memory and calls [`serve_as`]. Pool threads
//! are not started here: they join a run worker's memory through wasm-bindgen-rayon.

use js_sys::{Array, Uint8Array};
use serde::Serialize;
use strategies::trace::Clock;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent};

use super::{process, run_worker};
use crate::link::{BROWSER_CLOCK, FromProcess, FromRunWorker, Role, pack, panics, set_clock};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage, catch)]
    fn post_message(message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(thread_local_v2, js_name = self)]
    static SELF: web_sys::DedicatedWorkerGlobalScope;
}

/// Makes the calling thread of a pool leave a note when it traps. Nobody else would tell: its owner is blocked.
pub(super) fn watch_traps() {
    let trapped = Closure::<dyn Fn(Event)>::new(|event: Event| {
        event.prevent_default(); // the note tells; the event itself would go up to the page, at some time or other
        panics::note_trap();
    });
    let trapped = trapped.into_js_value();
    for event in ["error", "unhandledrejection"] {
        // both exist in every worker; if not, the page still notices that nothing happens any more
        SELF.with(|scope| scope.add_event_listener_with_callback(event, trapped.unchecked_ref())).ok();
    }
}

/// Called by `worker.js` in a new worker with a new memory: listens as what it was told to be.
#[wasm_bindgen]
pub fn serve_as(role: &str) {
    let process = role == Role::Process.name();
    panics::tell_by(if process {
        |message| reply(&FromProcess::Failed(panics::failure(message)), vec![])
    } else {
        |message| reply(&FromRunWorker::Failed(panics::failure(message)), vec![])
    });
    let handle: fn(JsValue) = if process { process::receive } else { run_worker::receive };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match event.data() {
        time if time.is_null() => post(&BROWSER_CLOCK.now().into()),
        message => message.as_f64().map_or_else(|| handle(message), set_clock),
    });
    SELF.with(|scope| scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref())));
}

/// The address of the script that this worker started with: processes start with the same.
pub(super) fn own_script() -> String {
    SELF.with(|scope| scope.location().href())
}

/// Sends a message to the owner of this worker, and gives its attachment's buffer away.
pub(super) fn reply_giving<T: Serialize>(body: &T, attachment: &Uint8Array) {
    let message = pack(body, [attachment.into()]);
    let sent = SELF.with(|scope| scope.post_message_with_transfer(&message, &Array::of1(&attachment.buffer())));
    sent.unwrap_or_else(|error| wasm_bindgen::throw_val(error));
}

/// Sends a message to the owner of this worker; attachments are copied.
pub(super) fn reply<T: Serialize>(body: &T, attachments: Vec<JsValue>) {
    post(&pack(body, attachments));
}

fn post(message: &JsValue) {
    // what cannot be cloned would be a bug of ours, and shows as an error event at the owner's
    post_message(message).unwrap_or_else(|error| wasm_bindgen::throw_val(error));
}
