//! Room for workers' memories: the memories of ended workers are collected before new workers find no room.
//!
//! Memories also take room from ordinary arrays, and if an array finds none, WebKit fails without collecting garbage:
//! so memories never become many.

use std::cell::Cell;
use std::time::Duration;

use js_sys::{FinalizationRegistry, JSON, Object, WebAssembly};
use strategies::{Failure, Loss};
use wasm_bindgen::prelude::*;

use super::cancel::Cancel;
use super::machine::engine;
use crate::link::sleep;

/// How many memories of workers may exist at once. Each takes a part of the address space, whatever its size: Chromium
/// has room for about 120 of them, and other pages need some.
const ROOM: usize = 65;
/// The same in WebKit, which has room for 67. The page, its analysts and ended workers that are not collected take some
/// of that.
const ROOM_IN_WEBKIT: usize = 49;
/// Up to this many memories of ended run workers are no trouble to any browser.
const FEW: usize = 12;
/// More than WebKit has room for.
const MANY: usize = 100;
/// The memory of ended workers is free a moment later: a worker that found no room is started again after each of these
/// pauses.
const FREED: [Duration; 3] = [Duration::from_millis(500), Duration::from_millis(1500), Duration::from_secs(4)];

/// Memories of ended run workers, which are no longer needed but which the browser has not collected yet.
struct Uncollected {
    registry: FinalizationRegistry,
    count: Cell<usize>,
}

thread_local! {
    static UNCOLLECTED: Uncollected = Uncollected::none();
}

impl Uncollected {
    fn none() -> Self {
        let collected = |_| UNCOLLECTED.with(|left| left.count.set(left.count.get() - 1));
        let collected = Closure::<dyn Fn(JsValue)>::new(collected).into_js_value();
        Self { registry: FinalizationRegistry::new(collected.unchecked_ref()), count: Cell::new(0) }
    }

    fn add(&self, unneeded: &JsValue) {
        self.registry.register(unneeded, &JsValue::UNDEFINED);
        self.count.set(self.count.get() + 1);
    }
}

/// How many memories of workers may exist at once.
pub fn room() -> usize {
    if engine().starts_with("WebKit") { ROOM_IN_WEBKIT } else { ROOM }
}

/// Notes that the worker of this memory was ended.
pub fn unneeded(memory: &JsValue) {
    UNCOLLECTED.with(|left| left.add(memory));
}

/// Starts a worker with a memory of its own; if it finds no room, makes room and starts it again.
///
/// # Errors
/// Those of the last attempt. Cancelling ends the waiting for room, not an attempt.
pub async fn with_room<T>(cancel: &Cancel, start: impl AsyncFn() -> Result<T, Failure>) -> Result<T, Failure> {
    if UNCOLLECTED.with(|left| left.count.get()) > FEW {
        cancel.or(Box::pin(make_room(Duration::ZERO))).await?;
    }
    for pause in FREED {
        match start().await {
            Err(failure) if is_of_memory(&failure) => cancel.or(Box::pin(make_room(pause))).await?,
            started => return started,
        }
    }
    start().await
}

/// Whether a worker could not be started because the browser has no memory left.
fn is_of_memory(failure: &Failure) -> bool {
    match failure {
        Failure::NotStarted { why: Loss::Browser(error), .. } | Failure::NoAnalysis(Loss::Browser(error)) => {
            error.to_lowercase().contains("memory")
        }
        _ => false,
    }
}

/// Makes the browser collect the memories of ended run workers, and then waits for `pause`.
///
/// The page has seen each of these memories, so they stay until the page's garbage is collected. WebKit does not
/// collect it when a worker finds no room, but does when the page itself finds none for a memory: so the page takes
/// some, until that has happened.
async fn make_room(pause: Duration) -> Result<(), Failure> {
    unneeded(&Object::new());
    let before = UNCOLLECTED.with(|left| left.count.get());
    for _ in 0..MANY {
        let wanted = JSON::parse(r#"{ "initial": 1, "maximum": 8192, "shared": true }"#);
        // whether the page gets it makes no difference
        wanted.and_then(|wanted| WebAssembly::Memory::new(wanted.unchecked_ref())).ok();
        sleep(Duration::ZERO).await;
        if UNCOLLECTED.with(|left| left.count.get()) < before {
            break;
        }
    }
    sleep(pause).await;
    Ok(())
}
