//! Bulk for tasks to take along: its content does not matter, but that it has to be copied to another memory does.

use std::iter::{once, repeat_n};
use std::sync::{Arc, LazyLock};

use crate::SharedBytes;

/// `bytes` zeros, in parts that share their memory: many tasks may have the same large input.
pub fn zeros(bytes: usize) -> Vec<SharedBytes> {
    static PART: LazyLock<SharedBytes> = LazyLock::new(|| Arc::new(vec![0; 1 << 16]));
    repeat_n(PART.clone(), bytes / PART.len()).chain(once(Arc::new(vec![0; bytes % PART.len()]))).collect()
}
