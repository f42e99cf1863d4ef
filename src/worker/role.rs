//! Which role this instance has in a worker: given by the message that started it.
//!
//! `worker.js` waits for that message, instantiates the module with a new memory and calls [`serve_as`]. Pool threads
//! are not started here: they join a run worker's memory through wasm-bindgen-rayon.

use strategies::trace::Clock;
use wasm_bindgen::prelude::*;

use super::owner::{listen, post, reply};
use super::{process, run_worker};
use crate::link::{BROWSER_CLOCK, FromProcess, FromRunWorker, Role, panics, set_clock};

/// Called by `worker.js` in a new worker with a new memory: listens in the given role.
#[wasm_bindgen]
pub fn serve_as(role: &str) {
    let process = role == Role::Process.name();
    panics::tell_by(if process {
        |message| reply(&FromProcess::Failed(panics::failure(message)), vec![])
    } else {
        |message| reply(&FromRunWorker::Failed(panics::failure(message)), vec![])
    });
    let handle: fn(JsValue) = if process { process::receive } else { run_worker::receive };
    listen(move |message| match message {
        time if time.is_null() => post(&BROWSER_CLOCK.now().into()),
        message => message.as_f64().map_or_else(|| handle(message), set_clock),
    });
}
