//! One observer for the sizes of all canvases of the page and of the names beside them, and one watch of the ratio of
//! the screen's pixels to the page's: what changes is drawn again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Reflect};
use leptos::prelude::{StoredValue, WithValue, on_cleanup, request_animation_frame, set_interval};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver, window};

/// How often the ratio is checked.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// What is observed, each with its callback.
type Watched = Vec<(Element, Rc<dyn Fn()>)>;

thread_local! {
    static WATCHED: RefCell<Watched> = const { RefCell::new(Vec::new()) };
    static OBSERVER: Option<ResizeObserver> = observer();
}

/// Calls `resized` when a canvas, or the names beside it, has another size, or the ratio of the screen's pixels to the
/// page's changes, until the calling component is gone. A change of size is answered only in the next frame: drawing
/// may change other sizes, and that is an error while sizes are being reported.
pub fn watch(element: &Element, resized: impl Fn() + 'static) {
    WATCHED.with_borrow_mut(|watched| watched.push((element.clone(), Rc::new(resized))));
    OBSERVER.with(|observer| observer.as_ref().map(|observer| observer.observe(element)));
    let kept = StoredValue::new_local(element.clone());
    on_cleanup(move || {
        kept.try_with_value(|element| {
            WATCHED.with_borrow_mut(|watched| watched.retain(|(other, _)| other != element));
            OBSERVER.with(|observer| observer.as_ref().map(|observer| observer.unobserve(element)));
        });
    });
}

/// The observer, which lives as long as the page, and so does the watch of the ratio, which begins with it.
fn observer() -> Option<ResizeObserver> {
    watch_ratio();
    let callback = Closure::<dyn Fn(Array)>::new(|entries: Array| {
        let changed: Vec<JsValue> =
            entries.iter().filter_map(|entry| Reflect::get(&entry, &"target".into()).ok()).collect();
        request_animation_frame(move || {
            tell(|element| changed.iter().any(|changed| changed == AsRef::<JsValue>::as_ref(element)));
        });
    });
    ResizeObserver::new(&callback.into_js_value().unchecked_into()).ok()
}

/// Calls the callbacks of the elements that are `meant`.
fn tell(meant: impl Fn(&Element) -> bool) {
    let meant: Vec<_> = WATCHED.with_borrow(|watched| {
        watched.iter().filter(|(element, _)| meant(element)).map(|(_, resized)| resized.clone()).collect()
    });
    meant.iter().for_each(|resized| resized());
}

/// Calls all callbacks when the ratio has changed. The ratio is polled: if no size changes with it, nothing is
/// reported, neither by an observer of sizes in the screen's pixels nor by a query for the ratio (Chromium, at another
/// `deviceScaleFactor` in its tools).
fn watch_ratio() {
    let ratio = || window().map_or(1.0, |window| window.device_pixel_ratio());
    let drawn = Cell::new(ratio());
    let look = move || {
        if drawn.replace(ratio()) != ratio() {
            tell(|_| true);
        }
    };
    set_interval(look, LOOK_AGAIN);
}
