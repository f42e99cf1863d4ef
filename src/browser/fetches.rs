//! What a small file of this page's host takes: past the browser's cache, and out of it.
//!
//! Whether it came out of the cache the browser says itself (no byte was transferred); where it does not, that is not measured.
//! A host that is not there is no failure: a page that has all its files goes on without.

use std::time::Duration;

use strategies::costs::{Cost, CostId};
use strategies::trace::Clock;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{PerformanceResourceTiming, RequestCache, RequestInit, Response, Window};

use crate::link::{BROWSER_CLOCK, within};

const SAMPLES: usize = 9;
/// The smallest file that every page has.
const FILE: &str = "icon.svg";
/// A host that takes longer than this is not there.
const LIMIT: Duration = Duration::from_secs(10);

/// Both, as far as they can be had.
pub async fn fetches() -> Vec<Cost> {
    let mut costs = Vec::new();
    let Some(window) = web_sys::window() else { return costs };
    let root = window.document().and_then(|document| document.document_element()?.get_attribute("data-root"));
    let address = root.unwrap_or_default() + FILE;
    let sampled = async |cache| {
        let mut samples = Vec::new();
        for _ in 0..SAMPLES {
            let Some(us) = within(LIMIT, fetched(&window, &address, cache)).await.flatten() else { break };
            samples.push(us);
        }
        samples
    };
    costs.push((CostId::FetchNetwork, sampled(RequestCache::NoStore).await));
    if !costs[0].1.is_empty() {
        fetched(&window, &address, RequestCache::Reload).await; // has it stored
        let samples = sampled(RequestCache::ForceCache).await;
        if nothing_was_transferred(&window, &address) {
            costs.push((CostId::FetchCache, samples));
        }
    }
    costs.retain(|(_, samples)| !samples.is_empty());
    costs
}

/// Microseconds until all of the file was there.
async fn fetched(window: &Window, address: &str, cache: RequestCache) -> Option<f64> {
    let init = RequestInit::new();
    init.set_cache(cache);
    let began = BROWSER_CLOCK.now();
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await.ok()?;
    JsFuture::from(response.unchecked_into::<Response>().array_buffer().ok()?).await.ok()?;
    Some((BROWSER_CLOCK.now() - began) * 1000.0)
}

/// Whether the last time that the file was fetched it came out of the cache.
fn nothing_was_transferred(window: &Window, address: &str) -> bool {
    let entries = window.performance().map(|performance| performance.get_entries_by_name(address));
    let last = entries.and_then(|entries| entries.pop().dyn_into::<PerformanceResourceTiming>().ok());
    last.is_some_and(|last| last.transfer_size() == 0.0 && last.decoded_body_size() > 0.0)
}
