//! What time it is, the same in every worker: `performance.timeOrigin + performance.now()`, in milliseconds.
//!
//! Where origins disagree (a machine that slept may have that), each context adds what its owner found it to be off by, so
//! that every stamp is on the page's clock from the start. Invariant: one context's stamps never go back, whatever the
//! browser's clock does, unless it is set; so no time between two of them is negative.

use std::cell::Cell;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use strategies::World;
use strategies::trace::{Clock, Stamp, clock_step};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;
}

thread_local! {
    /// Each worker has its own; asking once saves a call into JavaScript at every step.
    static ORIGIN: Cell<f64> = TIME_ORIGIN.with(|origin| Cell::new(*origin));
    /// The last stamp.
    static LATEST: Cell<Stamp> = const { Cell::new(f64::NEG_INFINITY) };
}

/// The browser's clock.
#[derive(Debug, Clone, Copy)]
pub struct BrowserClock;

/// The one instance that is needed.
pub static BROWSER_CLOCK: BrowserClock = BrowserClock;

/// A worker's part of the real world: unlike the page it may sleep.
pub const WORKER: World<'static> = World::Real { clock: &BROWSER_CLOCK, block: std::thread::sleep };

impl Clock for BrowserClock {
    fn now(&self) -> Stamp {
        let (now, latest) = (ORIGIN.get() + performance_now(), LATEST.get());
        if now < latest {
            return latest;
        }
        LATEST.set(now);
        now
    }
}

/// What a worker is told or asked of its clock.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum AboutClock {
    /// Say what time it is.
    Ask,
    /// Set it, by adding so many milliseconds.
    Add(f64),
}

/// Sets this context's clock by adding so many milliseconds.
pub fn set_clock(add: f64) {
    ORIGIN.set(ORIGIN.get() + add);
    LATEST.set(f64::NEG_INFINITY);
}

/// The usual large step of this clock, in milliseconds.
pub fn timer_resolution() -> f64 {
    clock_step(performance_now)
}
