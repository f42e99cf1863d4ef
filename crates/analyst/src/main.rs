//! The analyst's binary: one function, bytes in, bytes out. The page fetches it once it is there and nothing is measured, and
//! starts it when it first has a question.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
extern "C" {
    /// Keeps a panic's message for whoever asked; `www/analysis.js` put it there.
    #[wasm_bindgen(js_name = analystPanicked)]
    fn analyst_panicked(message: &str);
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|panic| analyst_panicked(&panic.to_string())));
}

/// Answers a question of the page's; both are what postcard makes of them.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn answer(question: &[u8]) -> Vec<u8> {
    analyst::answer(question)
}
