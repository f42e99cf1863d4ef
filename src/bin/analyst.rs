//! The analyst's program: one function, bytes in, bytes out. The page loads it when the page is complete and nothing is
//! being measured, and starts it for its first question.
//!
//! It is of the page's package, and not of `crates/analyst`, so that what both programs are made of is compiled once:
//! another package would want it with other features.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Hands on a panic's message to the code that asked; `www/analysis.js` defines it.
    #[wasm_bindgen(js_name = analystPanicked)]
    fn analyst_panicked(message: &str);
}

fn main() {
    std::panic::set_hook(Box::new(|panic| analyst_panicked(&panic.to_string())));
}

/// Answers a question of the page; both are in postcard's format.
#[wasm_bindgen]
pub fn answer(question: &[u8]) -> Vec<u8> {
    analyst::answer(question)
}
