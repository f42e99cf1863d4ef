//! What time it is, the same in every worker: `performance.timeOrigin + performance.now()`, in milliseconds.
//!
//! Where origins disagree (as on a machine that slept), each context adds the offset that its owner found, so that
//! every stamp is on the page's clock from the start. Invariant: one context's stamps never go back, whatever the
//! browser's clock does, unless its clock is set; so no time between two of them is negative.

use std::cell::Cell;

use futures_channel::oneshot;
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
    static IS_SET: Cell<bool> = const { Cell::new(false) };
    /// Notified when it is set.
    static WAITING: Cell<Option<oneshot::Sender<()>>> = const { Cell::new(None) };
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

/// Sets this context's clock by adding `add` milliseconds.
pub fn set_clock(add: f64) {
    ORIGIN.set(ORIGIN.get() + add);
    LATEST.set(f64::NEG_INFINITY);
    IS_SET.set(true);
    WAITING.take().map(|waiting| waiting.send(()));
}

/// Returns when this context's clock has been set.
pub async fn clock_is_set() {
    if !IS_SET.get() {
        let (tell, told) = oneshot::channel();
        WAITING.set(Some(tell));
        told.await.ok();
    }
}

/// The usual large step of this clock, in milliseconds.
pub fn timer_resolution() -> f64 {
    clock_step(performance_now)
}
