//! What is wrong with a field, beside it.

use leptos::prelude::*;

use super::deciding::here;

/// The id of the message about a field that is wrong.
pub fn wrong_id(key: &str) -> String {
    format!("wrong-{}", key.replace('.', "-"))
}

/// What is wrong with a field, if anything.
#[component]
pub fn Wrong(#[prop(into)] key: String) -> impl IntoView {
    let deciding = here();
    let id = wrong_id(&key);
    move || deciding.problem(&key).map(|why| view! { <p class="wrong" id=id.clone() role="status">{why}</p> })
}
