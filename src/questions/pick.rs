//! One of several answers.

use leptos::prelude::*;
use predict::Guess;

use super::{Chosen, note};
use crate::state::here;

/// Radio buttons, one for each option, of which none is chosen at first; after a run the one that was measured says so.
#[component]
pub fn Pick(options: Vec<(String, String)>, chosen: Chosen, name: String) -> impl IntoView {
    let (_, lab) = here();
    let option = move |(word, label): (String, String)| {
        let (value, own) = (word.clone(), Guess::Word(word));
        let checked = {
            let own = own.clone();
            move || chosen.with(|chosen| chosen.as_ref() == Some(&own))
        };
        let measured = note(lab, value.clone());
        view! {
            <label class="choice">
                <input type="radio" name=name.clone() value=value prop:checked=checked
                    on:change=move |_| chosen.set(Some(own.clone())) />
                <span>{label}</span>
                {measured}
            </label>
        }
    };
    view! { <div class="choices">{options.into_iter().map(option).collect_view()}</div> }
}
