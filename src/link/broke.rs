//! What still happens once the page's own code has stopped at an error. Nothing is dropped any more then, so the browser itself
//! has to call what lets go.

use js_sys::Function;
use web_sys::Window;

/// What the page's script for errors of its own calls such an error (`www/broken.js`).
const BROKE: &str = "lanes:broke";

/// A function that is called then, unless this was dropped before.
pub struct WhenBroken(Function);

impl WhenBroken {
    /// From now on.
    pub fn call(function: Function) -> Self {
        // in a worker there is no window, and it ends with whoever started it
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
