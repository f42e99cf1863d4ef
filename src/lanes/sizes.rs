//! One observer for the sizes of a lab's canvases: what changes its size is drawn again.

use std::rc::Rc;

use leptos::prelude::{StoredValue, WithValue, on_cleanup, request_animation_frame};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ResizeObserver};

/// Calls `resized` in the next frame whenever the canvas has another size, until the calling component is gone. Not at once:
/// what is drawn may give other things another size, and while sizes are told that is an error.
pub fn watch(canvas: &HtmlCanvasElement, resized: impl Fn() + 'static) {
    let resized = Rc::new(resized);
    let callback = Closure::<dyn Fn()>::new(move || {
        let resized = resized.clone();
        request_animation_frame(move || resized());
    });
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
    observer.observe(canvas);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}
