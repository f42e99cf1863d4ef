//! Last words: what an instance says, and to whom, when it stops at an error of its own.
//!
//! A panic aborts: it says its message with file and line, and then traps. Whatever part it happens in, the console has
//! the message, and so has the part that waits for it: the page says it itself, a run worker and a process send it to
//! their owner before they trap, and a thread of a pool, whose owner is blocked, leaves it in the memory that they share,
//! where the page looks from outside.
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

/// Words of the message's part.
const WORDS: usize = 256;

/// Read by the page, from another memory.
static LAST_WORDS: [AtomicU32; 1 + WORDS] = [const { AtomicU32::new(0) }; 1 + WORDS];

thread_local! {
    /// Tells the part that waits for this context; contexts that set none are threads of a pool.
    static TELL: Cell<fn(String)> = const { Cell::new(leave) };
}

/// From now on a panic in this context is told by `tell`, after the console has it.
pub fn tell_by(tell: fn(String)) {
    TELL.set(tell);
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.to_string();
        console_error(&message);
        TELL.get()(message);
    }));
}

/// The page tells its visitor.
pub fn on_the_page(message: String) {
    lanes_broke(&message);
}

/// Puts what a thread left on the page's own console: what a worker's worker says there goes through its owner, who is
/// blocked, and may never arrive.
pub fn say_for_a_thread(failure: &Failure) {
    if let Failure::Lost(Loss::Panicked(Some(message))) = failure {
        console_error(message);
    }
}

/// A panic's message as a failure, for the part that waited.
pub fn failure(message: String) -> Failure {
    Failure::Lost(Loss::Panicked(Some(message)))
}

/// A thread leaves its message where the page finds it; what does not fit is cut off, and the first one stays.
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

/// Where a thread leaves its message, for the page.
pub fn address() -> u32 {
    LAST_WORDS.as_ptr() as usize as u32
}

/// What a thread left, read by `load` one word at an address and `bytes` some of them, where they can; `None` while nobody
/// stopped, as far as that can be read.
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
