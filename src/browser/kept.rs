//! What is kept on this device, for this page alone; where that is refused, nothing is kept and nothing breaks.

use leptos::prelude::window;

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under this name.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// All names that begin like this under which something is kept, in order.
pub fn kept_names(begin: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let mut names: Vec<_> = names.filter(|name| name.starts_with(begin)).collect();
    names.sort();
    names
}

/// Keeps a text under this name, or forgets what is kept there.
pub fn keep(name: &str, text: Option<&str>) {
    let Some(storage) = storage() else { return };
    match text {
        Some(text) => storage.set_item(name, text).ok(),
        None => storage.remove_item(name).ok(),
    };
}
