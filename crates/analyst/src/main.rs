//! The analyst's binary: one function, bytes in, bytes out. The page loads it when a run is over.

fn main() {}

/// Answers a question of the page's; both are what postcard makes of them.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn answer(question: &[u8]) -> Vec<u8> {
    analyst::answer(question)
}
