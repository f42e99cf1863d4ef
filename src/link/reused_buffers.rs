//! Bytes that cross between two memories, in buffers that come back.
//!
//! The bytes are copied out of one memory into a buffer, which is transferred, and from there into the other memory. A
//! buffer that was received carries the next message that is sent the other way: copying into a used buffer takes a
//! twentieth of copying into a new one, whose pages the system has yet to find.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::wire::split;

/// How many spare buffers are kept: an order and its reply are two, and a process has two orders at a time.
const MOST: usize = 4;
/// Larger buffers are not kept, in bytes: they would weigh on the page's memory for as long as the run lasts.
const LARGEST: u32 = 1 << 22;

/// One end of the way between two memories, with its spare buffers.
#[derive(Default)]
pub struct ReusedBuffers {
    spare: RefCell<Vec<Uint8Array>>,
}

impl ReusedBuffers {
    /// Copies pieces out of this memory, into one buffer to be transferred; also returns their lengths. All pieces go
    /// together, because each call into JavaScript costs, whatever the size.
    pub fn wrap<'a>(&self, pieces: impl Iterator<Item = &'a [u8]> + Clone) -> (Uint8Array, Vec<u32>) {
        let lengths = pieces.clone().map(|piece| piece.len() as u32).collect();
        let joined = pieces.collect::<Vec<_>>().concat();
        let length = joined.len() as u32;
        let spare = self.spare.borrow_mut().pop().filter(|spare| spare.length() >= length);
        let buffer = spare.unwrap_or_else(|| Uint8Array::new_with_length(length));
        buffer.subarray(0, length).copy_from(&joined);
        (buffer, lengths)
    }

    /// Copies the pieces of these lengths into this memory, and keeps the buffer; what is missing is empty.
    pub fn open(&self, buffer: JsValue, lengths: &[u32]) -> Vec<Vec<u8>> {
        let Ok(buffer) = buffer.dyn_into::<Uint8Array>() else { return split(&[], lengths) };
        let joined = buffer.subarray(0, lengths.iter().sum()).to_vec();
        let mut spare = self.spare.borrow_mut();
        if spare.len() < MOST && buffer.length() <= LARGEST {
            spare.push(buffer);
        }
        split(&joined, lengths)
    }
}
