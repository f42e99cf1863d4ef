//! Words and bytes in another worker's memory, read while it is written.
//!
//! Addresses come from that worker, once per sample. Counts are read with atomic loads, so that the records they
//! announce are there to be copied.

use js_sys::{Atomics, Int32Array, Uint8Array, Uint32Array, WebAssembly};
use wasm_bindgen::prelude::*;

/// A shared memory that belongs to a run worker.
#[derive(Debug, Clone)]
pub struct SharedMemory(WebAssembly::Memory);

impl SharedMemory {
    /// Takes what a run worker posted; `None` if that is no memory.
    pub fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }

    /// One word, with acquire order.
    pub fn load(&self, address: u32) -> u32 {
        Atomics::load(&Int32Array::new(&self.0.buffer()), address / 4).map_or(0, |word| word as u32)
    }

    /// Stores one word, with release order.
    pub fn store(&self, address: u32, word: u32) {
        Atomics::store(&Int32Array::new(&self.0.buffer()), address / 4, word as i32).ok();
    }

    /// Copies `count` words; those outside the memory come back as none at all.
    pub fn words(&self, address: u32, count: usize) -> Vec<u32> {
        let all = Uint32Array::new(&self.0.buffer());
        all.subarray(address / 4, address / 4 + count as u32).to_vec()
    }

    /// Copies `count` bytes; those outside the memory come back as none at all.
    pub fn bytes(&self, address: u32, count: u32) -> Vec<u8> {
        Uint8Array::new(&self.0.buffer()).subarray(address, address + count).to_vec()
    }
}
