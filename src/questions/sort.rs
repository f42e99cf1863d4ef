//! Several things sorted into two groups: a row for each, with a choice of either.

use leptos::prelude::*;
use predict::Guess;
use words::en;

use super::{Chosen, note};
use crate::state::here;

/// A table of radio buttons; the guess is complete once each row has one. After a run each row says what was measured.
#[component]
pub fn Sort(options: Vec<(String, String)>, chosen: Chosen, name: String) -> impl IntoView {
    let (_, lab) = here();
    let words: Vec<_> = options.iter().map(|(word, _)| word.clone()).collect();
    let before = chosen.with_untracked(|chosen| match chosen {
        Some(Guess::Yes(yes)) => words.iter().map(|word| Some(yes.contains(word))).collect(),
        _ => vec![None; words.len()],
    });
    let sorted = RwSignal::new(before);
    let words = StoredValue::new(words);
    let choose = move |at: usize, yes: bool| {
        sorted.update(|sorted| sorted[at] = Some(yes));
        let all: Option<Vec<bool>> = sorted.with_untracked(|sorted| sorted.iter().copied().collect());
        let said =
            |all: Vec<bool>| words.get_value().into_iter().zip(all).filter(|(_, yes)| *yes).map(|(word, _)| word);
        chosen.set(all.map(|all| Guess::Yes(said(all).collect())));
    };
    let row = move |(at, (word, label)): (usize, (String, String))| {
        let name = format!("{name}-{at}");
        let side = |yes: bool, says: String| {
            let says = format!("{label}: {says}");
            view! {
                <td>
                    <input type="radio" name=name.clone() aria-label=says value=if yes { "yes" } else { "no" }
                        prop:checked=move || sorted.with(|sorted| sorted[at] == Some(yes)) on:change=move |_| choose(at, yes) />
                </td>
            }
        };
        let (keeps, lets) = (side(true, en::KEEPS_WAITING.text()), side(false, en::LETS_GO_ON.text()));
        view! { <tr><th scope="row">{label.clone()}" "{note(lab, word)}</th>{keeps}{lets}</tr> }
    };
    view! {
        <table class="sort">
            <thead><tr><td></td><th>{en::KEEPS_WAITING.text()}</th><th>{en::LETS_GO_ON.text()}</th></tr></thead>
            <tbody>{options.into_iter().enumerate().map(row).collect_view()}</tbody>
        </table>
    }
}
