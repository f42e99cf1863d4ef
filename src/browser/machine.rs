//! The machine as far as a browser tells, and how steady it runs.

use std::time::Duration;

use js_sys::{Function, Promise, Reflect};
use strategies::trace::Clock;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::link::{BROWSER_CLOCK, give_way, within};

/// `navigator.hardwareConcurrency`, at least 1. It is what the browser claims; how work scales is measured.
pub fn claimed_cores() -> usize {
    web_sys::window().map_or(1, |window| window.navigator().hardware_concurrency() as usize).max(1)
}

/// The engine's name and version, out of what the browser says of itself; that is all a page can know.
pub fn engine() -> String {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    let after = |mark: &str| agent.split_once(mark).map(|(_, rest)| rest.split([' ', ')']).next().unwrap_or_default());
    [("Firefox/", "Firefox"), ("Chrome/", "Chromium"), ("AppleWebKit/", "WebKit")]
        .into_iter()
        .find_map(|(mark, name)| after(mark).map(|version| format!("{name} {version}")))
        .unwrap_or_else(|| "unknown".into())
}

/// How long a fixed amount of plain work takes now, in milliseconds: the fastest of five short spins. Taken before and
/// after a run, it tells whether the machine slowed down or sped up meanwhile.
/// The page gets its turn between the spins.
pub async fn calibrate() -> f64 {
    let mut fastest = f64::INFINITY;
    for _ in 0..5 {
        give_way().await;
        fastest = fastest.min(spin_once());
    }
    fastest
}

/// About 4 ms on a desktop machine: long enough for a clock of 0.1 ms.
fn spin_once() -> f64 {
    let began = BROWSER_CLOCK.now();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..2_000_000 {
        state ^= state << 13; // xorshift64, Marsaglia 2003
        state ^= state >> 7;
        state ^= state << 17;
    }
    std::hint::black_box(state);
    BROWSER_CLOCK.now() - began
}

/// A browser that has not answered by then does not report its battery.
const BATTERY_LIMIT: Duration = Duration::from_secs(1);

/// Whether the machine runs on its battery; `None` where the browser does not tell (only Chromium does).
pub async fn on_battery() -> Option<bool> {
    let navigator = web_sys::window()?.navigator();
    let ask: Function = Reflect::get(&navigator, &"getBattery".into()).ok()?.dyn_into().ok()?;
    let battery = JsFuture::from(ask.call0(&navigator).ok()?.unchecked_into::<Promise>());
    let battery = within(BATTERY_LIMIT, battery).await?.ok()?;
    Some(!Reflect::get(&battery, &"charging".into()).ok()?.as_bool()?)
}

/// The date and the time now, as ISO 8601 writes them in UTC.
pub fn now_iso() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}
