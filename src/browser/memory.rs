//! Words and bytes in another worker's memory, read while it is written.
//!
//! Addresses come from that worker, once per sample. Counts are read with atomic loads, so that the records they
//! announce are there to be copied. The view is kept, because making one costs more than reading a word; when the
//! memory has grown, an old view still shows what it showed before, so it is renewed only for addresses beyond its end.
//!
//! The worker lets its memory grow, and a browser may go on showing the page the old, shorter one: since Chrome 149,
//! until the page itself asks it to grow, if only by zero pages. That involves all threads of the browser, so it is
//! done at most once in a look. What lies outside after that is `None`: neither 0 nor empty, but not readable now.

use std::cell::{Cell, RefCell};

use js_sys::{Atomics, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use super::room;

#[wasm_bindgen]
extern "C" {
    /// As in js-sys, except that `grow` may throw.
    #[wasm_bindgen(js_namespace = WebAssembly)]
    #[derive(Debug, Clone)]
    type Memory;
    #[wasm_bindgen(method, getter)]
    fn buffer(this: &Memory) -> JsValue;
    #[wasm_bindgen(method, catch)]
    fn grow(this: &Memory, pages: u32) -> Result<u32, JsValue>;
}

/// A shared memory that belongs to a run worker.
#[derive(Debug, Clone)]
pub struct SharedMemory {
    memory: Memory,
    /// All words, and how many there were when the view was made.
    view: RefCell<(Uint32Array, u32)>,
    /// Whether growing was already tried in this look, without success.
    asked: Cell<bool>,
}

impl SharedMemory {
    /// Takes what a run worker posted; `None` if that is no memory.
    pub fn from_js(value: JsValue) -> Option<Self> {
        let memory: Memory = value.dyn_into().ok()?;
        Some(Self { view: RefCell::new(view(&memory)), memory, asked: Cell::new(false) })
    }

    /// Notes that its worker was ended.
    pub fn unneeded(&self) {
        room::unneeded(&self.memory);
    }

    /// Begins a new look, in which the memory may be asked to grow once more.
    pub fn look(&self) {
        self.asked.set(false);
    }

    /// Calls `look` with all words; `None` if they do not reach up to the byte `end`.
    fn with<T>(&self, end: u64, look: impl FnOnce(&Uint32Array) -> T) -> Option<T> {
        let mut seen = self.view.borrow_mut();
        let reaches = |seen: &(Uint32Array, u32)| end <= u64::from(seen.1) * 4;
        if !reaches(&seen) {
            *seen = view(&self.memory);
        }
        if !reaches(&seen) && !self.asked.replace(true) && self.memory.grow(0).is_ok() {
            *seen = view(&self.memory);
            self.asked.set(!reaches(&seen));
        }
        reaches(&seen).then(|| look(&seen.0))
    }

    /// One word, with acquire order; `None` if it is out of reach.
    pub fn load(&self, address: u32) -> Option<u32> {
        let word = self.with(end(address, 4), |words| Atomics::load(words, address / 4).ok())??;
        Some(word as u32)
    }

    /// Stores one word, with release order; `None` if it is out of reach.
    pub fn store(&self, address: u32, word: u32) -> Option<()> {
        self.with(end(address, 4), |words| Atomics::store(words, address / 4, word as i32).ok())?.map(drop)
    }

    /// Copies `count` words; `None` if they are out of reach.
    pub fn words(&self, address: u32, count: usize) -> Option<Vec<u32>> {
        let first = address / 4;
        self.with(end(address, count as u64 * 4), |words| words.subarray(first, first + count as u32).to_vec())
    }

    /// Copies `count` bytes; `None` if they are out of reach.
    pub fn bytes(&self, address: u32, count: u32) -> Option<Vec<u8>> {
        self.with(end(address, u64::from(count)), |words| {
            Uint8Array::new_with_byte_offset_and_length(&words.buffer(), address, count).to_vec()
        })
    }
}

fn end(address: u32, bytes: u64) -> u64 {
    u64::from(address) + bytes
}

fn view(memory: &Memory) -> (Uint32Array, u32) {
    let words = Uint32Array::new(&memory.buffer());
    let count = words.length();
    (words, count)
}
