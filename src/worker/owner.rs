//! A worker's connection to its owner: what it sends there, and what it receives from there.

use js_sys::{Array, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

use crate::link::pack;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage, catch)]
    fn post_message(message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(thread_local_v2, js_name = self)]
    static SELF: web_sys::DedicatedWorkerGlobalScope;
}

/// Calls `hear` with each message from the owner from now on.
pub(super) fn listen(mut hear: impl FnMut(JsValue) + 'static) {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear(event.data()));
    SELF.with(|scope| scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref())));
}

/// The address of the script that this worker started with: processes start with the same.
pub(super) fn own_script() -> String {
    SELF.with(|scope| scope.location().href())
}

/// Sends a message to the owner of this worker, and transfers its attachment's buffer.
pub(super) fn reply_giving<T: Serialize>(body: &T, attachment: &Uint8Array) {
    let message = pack(body, [attachment.into()]);
    let sent = SELF.with(|scope| scope.post_message_with_transfer(&message, &Array::of1(&attachment.buffer())));
    sent.unwrap_or_else(|error| wasm_bindgen::throw_val(error));
}

/// Sends a message to the owner of this worker; attachments are copied.
pub(super) fn reply<T: Serialize>(body: &T, attachments: Vec<JsValue>) {
    post(&pack(body, attachments));
}

/// Sends a value that is none of the messages, such as the time.
pub(super) fn post(message: &JsValue) {
    // a value that cannot be cloned would be a bug here, and arrives as an error event at the owner
    post_message(message).unwrap_or_else(|error| wasm_bindgen::throw_val(error));
}
