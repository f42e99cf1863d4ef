//! One observer for the sizes of a lab's canvases: what changes its size is drawn again.

use leptos::prelude::{StoredValue, WithValue, on_cleanup};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ResizeObserver};

/// Calls `resized` whenever the canvas has another size, until the calling component is gone.
pub fn watch(canvas: &HtmlCanvasElement, resized: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(resized);
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
    observer.observe(canvas);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}
