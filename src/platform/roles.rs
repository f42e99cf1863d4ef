//! Which part this instance plays in a worker: told by the message that started it.
//!
//! `worker.js` waits for that message, instantiates the module with a new memory and calls [`serve_as`]. Pool threads
//! are not started here: they join a run worker's memory through wasm-bindgen-rayon.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

use super::wire::pack;
use super::worker::Role;
use super::{process, run_worker};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage, catch)]
    fn post_message(message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn log_error(message: &str);
    #[wasm_bindgen(thread_local_v2, js_name = self)]
    static SELF: web_sys::DedicatedWorkerGlobalScope;
}

/// Not 0 once any thread of this memory panicked; the page reads it from outside, because a pool whose thread is gone
/// waits for it for ever.
pub static PANICKED: AtomicU32 = AtomicU32::new(0);

/// Says what happened on the console, and raises the flag.
pub fn hook_panics() {
    std::panic::set_hook(Box::new(|info| {
        PANICKED.store(1, Relaxed);
        log_error(&info.to_string());
    }));
}

/// Called by `worker.js` in a new worker with a new memory: listens as what it was told to be.
#[wasm_bindgen]
pub fn serve_as(role: &str) {
    hook_panics();
    let handle: fn(JsValue) = if role == Role::Process.name() { process::receive } else { run_worker::receive };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| handle(event.data()));
    SELF.with(|scope| scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref())));
}

/// Sends a letter to whoever started this worker; attachments are copied.
pub fn reply<T: Serialize>(body: &T, attachments: Vec<JsValue>) {
    // what cannot be cloned would be a bug of ours, and shows as an error event at the owner's
    post_message(&pack(body, attachments)).unwrap_or_else(|error| wasm_bindgen::throw_val(error));
}
