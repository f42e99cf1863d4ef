//! What time it is, for the few tasks whose work ends at a moment rather than at an amount.
//!
//! The target has no clock of its own in WebAssembly, so the page installs one in each memory; natively the operating
//! system's serves. Every context of a run reads the same clock, also those with memories of their own.

use std::sync::OnceLock;

static CLOCK: OnceLock<fn() -> f64> = OnceLock::new();

/// Makes `now` the clock: milliseconds since an origin that all contexts share. The first clock stays.
pub fn install(now: fn() -> f64) {
    CLOCK.get_or_init(|| now);
}

/// Milliseconds since the clock's origin.
pub fn now_ms() -> f64 {
    CLOCK.get_or_init(|| system)()
}

/// Milliseconds since 1970, as the operating system tells them; there is none in WebAssembly, which installs its own.
fn system() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0.0, |since| since.as_secs_f64() * 1000.0)
}
