//! Words and bytes in another worker's memory, read while it is written.
//!
//! Addresses come from that worker, once per sample. Counts are read with atomic loads, so that the records they
//! announce are there to be copied. The view is kept, because making one costs more than reading a word; a memory that
//! has grown shows through it what it showed before, so it is renewed only for what lies beyond its end.

use std::cell::RefCell;

use js_sys::{Atomics, Uint8Array, Uint32Array, WebAssembly};
use wasm_bindgen::prelude::*;

/// A shared memory that belongs to a run worker.
#[derive(Debug, Clone)]
pub struct SharedMemory {
    memory: WebAssembly::Memory,
    /// All words, and how many they were when the view was made.
    view: RefCell<(Uint32Array, u32)>,
}

impl SharedMemory {
    /// Takes what a run worker posted; `None` if that is no memory.
    pub fn from_js(value: JsValue) -> Option<Self> {
        let memory: WebAssembly::Memory = value.dyn_into().ok()?;
        Some(Self { view: RefCell::new(view(&memory)), memory })
    }

    /// Looks at all words, which reach up to `end` at least unless the memory itself does not.
    fn with<T>(&self, end: u32, look: impl FnOnce(&Uint32Array) -> T) -> T {
        let mut seen = self.view.borrow_mut();
        if end > seen.1 {
            *seen = view(&self.memory);
        }
        look(&seen.0)
    }

    /// One word, with acquire order.
    pub fn load(&self, address: u32) -> u32 {
        let at = address / 4;
        self.with(at + 1, |words| Atomics::load(words, at).map_or(0, |word| word as u32))
    }

    /// Stores one word, with release order.
    pub fn store(&self, address: u32, word: u32) {
        let at = address / 4;
        self.with(at + 1, |words| Atomics::store(words, at, word as i32).ok());
    }

    /// Copies `count` words; those outside the memory come back as none at all.
    pub fn words(&self, address: u32, count: usize) -> Vec<u32> {
        let (start, end) = (address / 4, address / 4 + count as u32);
        self.with(end, |words| words.subarray(start, end).to_vec())
    }

    /// Copies `count` bytes; those outside the memory come back as none at all.
    pub fn bytes(&self, address: u32, count: u32) -> Vec<u8> {
        Uint8Array::new(&self.memory.buffer()).subarray(address, address + count).to_vec()
    }
}

fn view(memory: &WebAssembly::Memory) -> (Uint32Array, u32) {
    let words = Uint32Array::new(&memory.buffer());
    let count = words.length();
    (words, count)
}
