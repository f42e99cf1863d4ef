//! How long a small file of this page's host takes: past the browser's cache, and out of it.
//!
//! The browser itself says whether a file came out of the cache (no byte was transferred); where it does not, as behind
//! a service worker, that is not measured. A host that does not answer is no failure: a page that has all its files
//! goes on without it.

use std::time::Duration;

use strategies::costs::{Cost, CostId};
use strategies::trace::Clock;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{PerformanceResourceTiming, RequestCache, RequestInit, Response, Window};

use crate::link::{BROWSER_CLOCK, sleep, within};

const SAMPLES: usize = 9;
/// The smallest file that every page has.
const FILE: &str = "icon.svg";
/// How long until browsers have noted what they fetched.
const NOTED: Duration = Duration::from_millis(100);
/// How far the clock and what browsers note may differ, in milliseconds.
const COARSE: f64 = 0.2;
/// A host that takes longer than this counts as gone.
const LIMIT: Duration = Duration::from_secs(10);

/// A file that was fetched.
struct Fetched {
    /// When it was requested, by the clock of the browser's notes.
    began: f64,
    /// Milliseconds until all of it was there.
    took: f64,
    /// Its whole address, under which the browser notes it.
    address: String,
}

/// Both costs, as far as they can be measured.
pub async fn fetches() -> Vec<Cost> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let root = window.document().and_then(|document| document.document_element()?.get_attribute("data-root"));
    let file = root.unwrap_or_default() + FILE;
    let sampled = async |cache| {
        let mut samples = Vec::new();
        for _ in 0..SAMPLES {
            let Some(fetched) = within(LIMIT, fetched(&window, &file, cache)).await.flatten() else { break };
            samples.push(fetched);
        }
        samples
    };
    let from_host = sampled(RequestCache::NoStore).await;
    let mut from_cache = Vec::new();
    if !from_host.is_empty() {
        fetched(&window, &file, RequestCache::Reload).await; // puts it into the cache
        from_cache = sampled(RequestCache::ForceCache).await;
        sleep(NOTED).await;
        from_cache.retain(|fetched| nothing_was_transferred(&window, fetched));
    }
    let cost = |id, samples: Vec<Fetched>| {
        let us: Vec<_> = samples.iter().map(|fetched| fetched.took * 1000.0).collect();
        (!us.is_empty()).then_some((id, us))
    };
    [cost(CostId::FetchNetwork, from_host), cost(CostId::FetchCache, from_cache)].into_iter().flatten().collect()
}

async fn fetched(window: &Window, file: &str, cache: RequestCache) -> Option<Fetched> {
    let init = RequestInit::new();
    init.set_cache(cache);
    let (began, asked) = (window.performance()?.now(), BROWSER_CLOCK.now());
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(file, &init)).await.ok()?.unchecked_into();
    JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Fetched { began, took: BROWSER_CLOCK.now() - asked, address: response.url() })
}

/// Whether the file is known to have come out of the cache. A browser that has noted too much notes no more: then this
/// is not known.
fn nothing_was_transferred(window: &Window, fetched: &Fetched) -> bool {
    let Some(performance) = window.performance() else { return false };
    let during = fetched.began - COARSE..fetched.began + fetched.took + COARSE;
    performance.get_entries_by_name(&fetched.address).iter().any(|entry| {
        let entry: PerformanceResourceTiming = entry.unchecked_into();
        // what a service worker passes on counts as nothing transferred, wherever it came from
        let of_it = during.contains(&entry.start_time()) && entry.worker_start() == 0.0;
        of_it && entry.transfer_size() == 0.0 && entry.decoded_body_size() > 0.0
    })
}
