//! An allocator that keeps memory once it was allocated, as WebAssembly keeps its memory.
//!
//! Natively, large blocks may go back to the operating system when they are freed, depending on the thread and on other
//! allocations; and to get them again, page by page, takes longer than to stream through them. That is no cost of any
//! strategy, and the page does not have it after its first sample.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;

/// Blocks of at least this number of bytes are kept.
const LARGE: usize = 1 << 20;

/// The system's allocator, except that large blocks are kept for the next request with the same layout.
struct Kept(Mutex<Vec<(Layout, usize)>>);

#[global_allocator]
static KEPT: Kept = Kept(Mutex::new(Vec::new()));

// SAFETY: a block comes from the system's allocator with the layout that it is given out with, and is in the list only
// between being freed and being given out again.
unsafe impl GlobalAlloc for Kept {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let kept = || {
            let mut blocks = self.0.lock().ok()?;
            let at = blocks.iter().position(|(kept, _)| *kept == layout)?;
            Some(blocks.swap_remove(at).1 as *mut u8)
        };
        // SAFETY: the caller's promise is the condition of the system's allocator
        (layout.size() >= LARGE).then(kept).flatten().unwrap_or_else(|| unsafe { System.alloc(layout) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.size() >= LARGE
            && let Ok(mut blocks) = self.0.lock()
        {
            return blocks.push((layout, block as usize));
        }
        // SAFETY: as above
        unsafe { System.dealloc(block, layout) }
    }
}
