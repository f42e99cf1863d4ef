//! Which part this instance plays in a worker: told by the message that started it.
//!
//! `worker.js` waits for that message, instantiates the module with a new memory and calls [`serve_as`]. Pool threads
//! are not started here: they join a run worker's memory through wasm-bindgen-rayon.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use js_sys::{Array, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent};

use super::wire::pack;
use super::worker::Role;
use super::{BROWSER_CLOCK, process, run_worker};
use strategies::trace::Clock;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage, catch)]
    fn post_message(message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(thread_local_v2, js_name = self)]
    static SELF: web_sys::DedicatedWorkerGlobalScope;
}

/// Not 0 once any thread of this memory's pool trapped (a panic is a trap, too); the page reads it from outside, because
/// a pool whose thread is gone waits for it for ever.
pub static TRAPPED: AtomicU32 = AtomicU32::new(0);

/// What a new memory needs before anything else: a clock for workloads.
pub fn prepare() {
    workloads::clock::install(|| BROWSER_CLOCK.now());
}

/// Makes the calling thread of a pool raise the flag when it traps. Nobody else would tell: its owner is blocked.
pub fn watch_traps() {
    let trapped = Closure::<dyn Fn(Event)>::new(|event: Event| {
        event.prevent_default(); // the flag tells; the event itself would go up to the page, at some time or other
        TRAPPED.store(1, Relaxed);
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
    prepare();
    let handle: fn(JsValue) = if role == Role::Process.name() { process::receive } else { run_worker::receive };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| handle(event.data()));
    SELF.with(|scope| scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref())));
}

/// Sends a letter to whoever started this worker, and gives this array's buffer away.
pub fn give_back(letter: &Array, bytes: &JsValue) {
    let given = bytes.dyn_ref::<Uint8Array>().map(|bytes| Array::of1(&bytes.buffer())).unwrap_or_default();
    let sent = SELF.with(|scope| scope.post_message_with_transfer(letter, &given));
    sent.unwrap_or_else(|error| wasm_bindgen::throw_val(error));
}

/// Sends a letter to whoever started this worker; attachments are copied.
pub fn reply<T: Serialize>(body: &T, attachments: Vec<JsValue>) {
    // what cannot be cloned would be a bug of ours, and shows as an error event at the owner's
    post_message(&pack(body, attachments)).unwrap_or_else(|error| wasm_bindgen::throw_val(error));
}
