//! Several things put in order: buttons that move one up, so that a mouse, a finger and a key do it alike.

use leptos::prelude::*;
use predict::Guess;
use words::en;

use super::Chosen;

/// A list in the order that is chosen: at first as it was guessed at an earlier visit, else as it is written.
#[component]
pub fn Rank(options: Vec<(String, String)>, chosen: Chosen) -> impl IntoView {
    let before = chosen.with_untracked(|chosen| match chosen {
        Some(Guess::Order(words)) => words.clone(),
        _ => Vec::new(),
    });
    let mut options = options;
    options.sort_by_key(|(word, _)| before.iter().position(|own| own == word)); // as they are, if there was no guess
    let order = RwSignal::new(options);
    let choose = move || {
        chosen.set(Some(Guess::Order(
            order.with_untracked(|order| order.iter().map(|(word, _)| word.clone()).collect()),
        )));
    };
    choose();
    let up = move |word: &str| {
        order.update(|order| {
            if let Some(at) = order.iter().position(|(own, _)| own == word).filter(|at| *at > 0) {
                order.swap(at, at - 1);
            }
        });
        choose();
    };
    let item = move |(word, label): (String, String)| {
        let says = en::MOVE_UP.with(&[("what", label.as_str().into())]);
        view! {
            <li>
                <button type="button" aria-label=says on:click=move |_| up(&word)>"\u{2191}"</button>
                <span>{label}</span>
            </li>
        }
    };
    view! {
        <ol class="rank">
            <For each=move || order.get() key=|(word, _)| word.clone() children=item />
        </ol>
    }
}
