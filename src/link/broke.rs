//! What still happens once the page's own code has stopped at an error. Nothing is dropped any more then, so the
//! browser itself has to call the functions that release what is held.

use js_sys::Function;
use web_sys::Window;

/// The name that the page's script for errors of its own (`www/broken.js`) gives to the event of such an error.
const BROKE: &str = "lanes:broke";

/// A function that is called when the page breaks, unless this was dropped before.
pub struct WhenBroken(Function);

impl WhenBroken {
    /// Has `function` called if the page breaks from now on.
    pub fn call(function: Function) -> Self {
        // a worker has no window, and ends with its owner
        window().inspect(|window| _ = window.add_event_listener_with_callback(BROKE, &function));
        Self(function)
    }
}

impl Drop for WhenBroken {
    fn drop(&mut self) {
        window().inspect(|window| _ = window.remove_event_listener_with_callback(BROKE, &self.0));
    }
}

fn window() -> Option<Window> {
    web_sys::window()
}
