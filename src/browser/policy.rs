//! What the host's Content-Security-Policy forbids (`www/start.js` listens): the failures that it causes do not mention
//! it.

use strategies::{Failure, Loss};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The directive that forbids something Lanes needs, or nothing; half a second at most.
    #[wasm_bindgen(js_name = lanesForbidden)]
    async fn forbidden() -> JsValue;
}

/// The failure, with the policy as its reason if the policy caused it.
pub(super) async fn explained(mut failure: Failure) -> Failure {
    if let Failure::NoAnalysis(why) | Failure::NotStarted { why, .. } | Failure::Lost(why) = &mut failure
        && matches!(why, Loss::NoScript | Loss::Silent(_) | Loss::Browser(_))
        && let Some(directive) = forbidden().await.as_string()
    {
        *why = Loss::Forbidden(directive);
    }
    failure
}
