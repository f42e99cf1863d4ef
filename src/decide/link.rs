//! The project in the page's address: read when the page opens, written when a changed project has its answer.

use analyst::Pairs;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What the page opens with if its address says nothing of a project.
const OPENING: (&str, &str) = ("preset", "crawler");

/// What the address says of a project, or the opening one. The address's other keys belong to the page, or to something
/// else.
pub fn read() -> Pairs {
    let query = window().location().search().unwrap_or_default();
    let query = query.strip_prefix('?').unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| is_ours(key));
    let pairs: Pairs = pairs.map(|(key, text)| (key.into_owned(), text.into_owned())).collect();
    let (key, text) = OPENING;
    if pairs.is_empty() { vec![(key.into(), text.into())] } else { pairs }
}

fn is_ours(key: &str) -> bool {
    decide::keys().contains(&key)
}

/// Puts a project's query into the address, beside what else stands there.
pub fn write(project: &str) {
    let location = window().location();
    let said = [location.pathname(), location.search(), location.hash()].map(Result::unwrap_or_default);
    let [path, query, hash] = said;
    let others = query.trim_start_matches('?').split('&').filter(|pair| {
        let key = pair.split('=').next().unwrap_or_default();
        !key.is_empty() && !is_ours(key)
    });
    let query: Vec<_> = others.chain([project]).collect();
    let address = format!("{path}?{}{hash}", query.join("&"));
    let history = window().history();
    // refused if it was changed too often, or in a sandboxed frame; the project itself is not lost by that
    history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address))).ok();
}
