//! One observer for the sizes of a lab's canvases, and one of how many pixels of the screen make one of the page's: what
//! changes is drawn again.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{StoredValue, WithValue, on_cleanup, request_animation_frame};
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, HtmlCanvasElement, ResizeObserver, window};

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

/// Calls `changed` whenever the ratio of the screen's pixels to the page's is another, until the calling component is gone: the
/// window is on another screen, or the page was zoomed in a way that changes no size.
pub fn watch_ratio(changed: impl Fn() + 'static) {
    let watched = Rc::new(Cell::new(true));
    await_ratio(Rc::new(changed), watched.clone());
    let watched = StoredValue::new_local(watched);
    on_cleanup(move || {
        watched.try_with_value(|watched| watched.set(false));
    });
}

/// A query can only say that the ratio is no longer this one: so each change asks anew.
fn await_ratio(changed: Rc<dyn Fn()>, watched: Rc<Cell<bool>>) {
    let query = window().and_then(|window| {
        let ratio = window.device_pixel_ratio();
        window.match_media(&format!("(resolution: {ratio}dppx)")).ok().flatten()
    });
    let Some(query) = query else { return };
    let again = Closure::once_into_js(move || {
        if watched.get() {
            changed();
            await_ratio(changed, watched);
        }
    });
    let once = AddEventListenerOptions::new();
    once.set_once(true);
    query.add_event_listener_with_callback_and_add_event_listener_options("change", again.unchecked_ref(), &once).ok();
}
