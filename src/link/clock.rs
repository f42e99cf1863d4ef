//! What time it is, the same in every worker: `performance.timeOrigin + performance.now()`, in milliseconds.

use wasm_bindgen::prelude::*;

use strategies::World;
use strategies::trace::{Clock, Stamp};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;
}

thread_local! {
    /// Each worker has its own; asking once saves a call into JavaScript at every step.
    static ORIGIN: f64 = TIME_ORIGIN.with(|origin| *origin);
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
        ORIGIN.with(|origin| *origin) + performance_now()
    }
}

/// The smallest step seen on this clock in at most 20 ms of looking, in milliseconds.
pub fn timer_resolution() -> f64 {
    let began = performance_now();
    let mut last = began;
    let mut smallest = f64::INFINITY;
    let mut ticks = 0;
    while ticks < 50 && last - began < 20.0 {
        let now = performance_now();
        if now > last {
            smallest = smallest.min(now - last);
            ticks += 1;
            last = now;
        }
    }
    (smallest * 1000.0).round() / 1000.0
}
