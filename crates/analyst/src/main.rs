//! The analyst's binary: one function, bytes in, bytes out. The page loads it when the page is complete and nothing is
//! being measured, and starts it for its first question.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
extern "C" {
    /// Hands on a panic's message to the code that asked; `www/analysis.js` defines it.
    #[wasm_bindgen(js_name = analystPanicked)]
    fn analyst_panicked(message: &str);
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|panic| analyst_panicked(&panic.to_string())));
}

/// Answers a question of the page; both are in postcard's format.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn answer(question: &[u8]) -> Vec<u8> {
    analyst::answer(question)
}
