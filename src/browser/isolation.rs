//! Whether memory can be shared with workers, found out by trying.
//!
//! `crossOriginIsolated` alone is not believed: an engine can say yes and still have no `SharedArrayBuffer`. What
//! counts is that a shared `WebAssembly.Memory` can be posted; a message channel refuses what a worker would refuse.

use strategies::Isolation;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = crossOriginIsolated)]
    static CROSS_ORIGIN_ISOLATED: Option<bool>;
    #[wasm_bindgen(thread_local_v2, js_name = isSecureContext)]
    static IS_SECURE_CONTEXT: Option<bool>;
}

/// Finds out whether memory can be shared, by posting this instance's own (shared) memory through a channel.
pub fn isolation() -> Isolation {
    let isolated = CROSS_ORIGIN_ISOLATED.with(|flag| flag.unwrap_or(false));
    let posted = web_sys::MessageChannel::new().and_then(|channel| {
        let posted = channel.port1().post_message(&wasm_bindgen::memory());
        channel.port1().close();
        posted
    });
    let shared_memory = isolated && posted.is_ok();
    let by_worker = web_sys::window()
        .and_then(|window| js_sys::Reflect::get(&window.navigator(), &"serviceWorker".into()).ok())
        .and_then(|container| js_sys::Reflect::get(&container, &"controller".into()).ok())
        .is_some_and(|controller| controller.is_object());
    match (shared_memory, isolated, by_worker) {
        (true, _, true) => Isolation::ServiceWorker,
        (true, _, false) => Isolation::Headers,
        (false, true, _) => Isolation::Unshared,
        (false, false, _) if !IS_SECURE_CONTEXT.with(|flag| flag.unwrap_or(true)) => Isolation::Insecure,
        (false, false, _) => Isolation::Missing,
    }
}
