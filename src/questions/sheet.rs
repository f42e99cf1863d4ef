//! All that was guessed on this device, beside what was measured: to look at, to print, to forget.

use leptos::prelude::*;
use words::en;

use crate::state::Kept;

/// A table of questions and what came of them.
#[component]
pub fn Guesses() -> impl IntoView {
    let all = RwSignal::new(Kept::all());
    let forget = move |_| {
        Kept::forget_all();
        all.set(Vec::new());
    };
    let row = |Kept { asked, said, .. }: Kept| view! { <tr><th scope="row">{asked}</th><td>{said}</td></tr> };
    move || {
        let kept = all.get();
        if kept.is_empty() {
            return view! { <p>{en::NOTHING_GUESSED.text()}</p> }.into_any();
        }
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=en::YOUR_GUESS.text()>
                <table>
                    <thead><tr><th>{en::ASKED.text()}</th><th>{en::CAME_OF_IT.text()}</th></tr></thead>
                    <tbody>{kept.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <p class="commit">
                <button type="button" id="print" on:click=|_| { window().print().ok(); }>{en::PRINT.text()}</button>
                <button type="button" id="forget" on:click=forget>{en::FORGET.text()}</button>
            </p>
        }
        .into_any()
    }
}
