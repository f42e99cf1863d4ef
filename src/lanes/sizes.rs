//! One observer for the sizes of a lab's canvases, and one of how many pixels of the screen make one of the page's: what
//! changes is drawn again.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{StoredValue, WithValue, on_cleanup, request_animation_frame, set_interval_with_handle};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver, window};

/// How often the ratio is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Calls `resized` in the next frame whenever a canvas, or the names beside it, has another size, until the calling component
/// is gone. Not at once: what is drawn may give other things another size, and while sizes are told that is an error.
pub fn watch(element: &Element, resized: impl Fn() + 'static) {
    let resized = Rc::new(resized);
    let callback = Closure::<dyn Fn()>::new(move || {
        let resized = resized.clone();
        request_animation_frame(move || resized());
    });
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// Calls `changed` whenever the ratio of the screen's pixels to the page's is another, until the calling component is gone.
/// It is looked at, and not listened to: a query for the ratio says nothing where no size changes with it (Chromium, at another
/// `deviceScaleFactor` in its tools).
pub fn watch_ratio(changed: impl Fn() + 'static) {
    let ratio = || window().map_or(1.0, |window| window.device_pixel_ratio());
    let drawn = Cell::new(ratio());
    let look = move || {
        if drawn.replace(ratio()) != ratio() {
            changed();
        }
    };
    if let Ok(looks) = set_interval_with_handle(look, LOOK_AGAIN) {
        on_cleanup(move || looks.clear());
    }
}
