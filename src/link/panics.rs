//! Last words: what an instance says, and to whom, when it stops at an error of its own.
//!
//! A panic aborts: it reports its message with file and line, and then traps. Whichever context it happens in, the
//! message goes to the console, and to the context that waits for this one: the page shows it itself, a run worker and
//! a process send it to their owner before they trap, and a pool thread, whose owner is blocked, leaves it in the
//! memory that they share, where the page finds it.
//!
//! ```text
//! LAST_WORDS:  +--------+---------------------------+
//!              | length |  the message's bytes      |     length 0: nobody stopped
//!              +--------+---------------------------+
//! ```

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::*};

use strategies::{Failure, Loss};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(message: &str);
    /// Shows the page's visitor what happened; `www/broken.js` put it there.
    #[wasm_bindgen(js_name = lanesBroke)]
    fn lanes_broke(message: &str);
}

/// The most words that a message may have.
const WORDS: usize = 256;

/// Read by the page, from another memory.
static LAST_WORDS: [AtomicU32; 1 + WORDS] = [const { AtomicU32::new(0) }; 1 + WORDS];

thread_local! {
    /// Reports a panic to the context that waits for this one; contexts that set none are threads of a pool.
    static TELL: Cell<fn(String)> = const { Cell::new(leave) };
}

/// Reports panics in this context by `tell` from now on, after the console has them.
pub fn tell_by(tell: fn(String)) {
    TELL.set(tell);
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.to_string();
        console_error(&message);
        TELL.get()(message);
    }));
}

/// Shows a panic's message to the page's visitor.
pub fn on_the_page(message: String) {
    lanes_broke(&message);
}

/// Writes the message that a thread left to the page's own console: the console output of a worker's worker goes
/// through its owner, which is blocked, and may never arrive.
pub fn say_for_a_thread(failure: &Failure) {
    if let Failure::Lost(Loss::Panicked(Some(message))) = failure {
        console_error(message);
    }
}

/// A panic's message as a failure, for the context that waited.
pub fn failure(message: String) -> Failure {
    Failure::Lost(Loss::Panicked(Some(message)))
}

/// Leaves a thread's message where the page finds it; a message that does not fit is cut off, and only the first is
/// kept.
fn leave(message: String) {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    if TAKEN.swap(1, Relaxed) != 0 {
        return;
    }
    let bytes = &message.as_bytes()[..message.len().min(4 * WORDS)];
    for (word, bytes) in LAST_WORDS[1..].iter().zip(bytes.chunks(4)) {
        let mut all = [0; 4];
        all[..bytes.len()].copy_from_slice(bytes);
        word.store(u32::from_le_bytes(all), Relaxed);
    }
    LAST_WORDS[0].compare_exchange(0, bytes.len().max(1) as u32, Release, Relaxed).ok();
}

/// Notes that a thread stopped without a message: a trap that is no panic.
pub fn note_trap() {
    LAST_WORDS[0].compare_exchange(0, 1, Release, Relaxed).ok();
}

/// The address at which a thread leaves its message, for the page.
pub fn address() -> u32 {
    LAST_WORDS.as_ptr() as usize as u32
}

/// What a thread left at this address; `None` while no thread has stopped, or if that cannot be read. `load` reads one
/// word at an address, and `bytes` a number of bytes; both return `None` where they cannot.
pub fn read(
    address: u32,
    load: impl Fn(u32) -> Option<u32>,
    bytes: impl Fn(u32, u32) -> Option<Vec<u8>>,
) -> Option<Failure> {
    let message = match load(address)? {
        0 => return None,
        1 => None,
        length => bytes(address + 4, length).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    };
    Some(Failure::Lost(Loss::Panicked(message)))
}
