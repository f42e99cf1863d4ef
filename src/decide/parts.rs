//! What each unit does, in order: parts that can be added, moved and removed.

use ::decide::{KINDS, PARTS_MOST};
use leptos::prelude::*;
use words::{Arg, Message, decision as say};

use super::deciding::here;
use super::typed::PartTyped;
use super::wrong::{Wrong, wrong_id};

/// All parts.
#[component]
pub fn Parts() -> impl IntoView {
    let deciding = here();
    let parts = deciding.typed.parts;
    let full = move || parts.with(Vec::len) >= PARTS_MOST;
    let add = move |_| {
        deciding.typed.add_part();
        deciding.typed_anew();
    };
    view! {
        <fieldset class="parts">
            <legend>{say::UNIT_PARTS.text()}</legend>
            <p class="hint">{say::UNIT_PARTS_MEAN.text()}</p>
            <ol>
                <For each=move || parts.get() key=|part| part.id let:part><li><PartRow part /></li></For>
            </ol>
            <button type="button" name="add-part" disabled=full on:click=add>{say::ADD_PART.text()}</button>
            <Wrong key="parts" />
        </fieldset>
    }
}

/// One part.
#[component]
fn PartRow(part: PartTyped) -> impl IntoView {
    let deciding = here();
    let parts = deciding.typed.parts;
    let at = Memo::new(move |_| parts.with(|parts| parts.iter().position(|own| own.id == part.id)).unwrap_or_default());
    let key = move || format!("parts.{}", at.get());
    let wrong = Memo::new(move |_| deciding.problem(&key()).is_some());
    let number = move |what: Message| what.with(&[("n", Arg::Digits(at.get() as u64 + 1))]);
    let named =
        move |what: String| say::PART_OF.with(&[("n", Arg::Digits(at.get() as u64 + 1)), ("what", what.into())]);
    let amount = move |what: Message, name: &'static str, text: RwSignal<String>| {
        let label = move || what.with(&[("unit", KINDS[part.kind.get()].1.into())]);
        let take = move |event| {
            text.set(event_target_value(&event));
            deciding.typed_anew();
        };
        view! {
            <label class="field">
                <span>{label}</span>
                <input type="text" inputmode="decimal" autocomplete="off" name=name prop:value=move || text.get()
                    aria-label=move || named(label()) aria-invalid=move || wrong.get().then_some("true")
                    aria-describedby=move || wrong.get().then(|| wrong_id(&key())) on:input=take />
            </label>
        }
    };
    let choose = move |event| {
        let kind = KINDS.iter().position(|(name, _)| *name == event_target_value(&event));
        part.kind.set(kind.unwrap_or_default());
        deciding.typed_anew();
    };
    let option = move |(place, (name, _)): (usize, (&'static str, &'static str))| {
        view! { <option value=name prop:selected=move || part.kind.get() == place>{say::kind(place)}</option> }
    };
    let swap = move |other: usize| {
        parts.update(|parts| parts.swap(at.get_untracked(), other));
        deciding.typed_anew();
    };
    let remove = move |_| {
        parts.update(|parts| {
            parts.remove(at.get_untracked());
        });
        deciding.typed_anew();
    };
    let last = move || at.get() + 1 >= parts.with(Vec::len);
    view! {
        <div class="part">
            <select name="kind" aria-label=move || named(say::PART_KIND.text()) on:change=choose>
                {KINDS.into_iter().enumerate().map(option).collect_view()}
            </select>
            <div class="part-buttons">
                <button type="button" name="up" aria-label=move || number(say::PART_UP) disabled=move || at.get() == 0
                    on:click=move |_| swap(at.get_untracked() - 1)>"↑"</button>
                <button type="button" name="down" aria-label=move || number(say::PART_DOWN) disabled=last
                    on:click=move |_| swap(at.get_untracked() + 1)>"↓"</button>
                <button type="button" name="remove" aria-label=move || number(say::REMOVE_PART) on:click=remove>"×"</button>
            </div>
            {amount(say::PART_HALF, "half", part.half)}
            {amount(say::PART_MOST, "most", part.most)}
        </div>
        {move || view! { <Wrong key=key() /> }}
    }
}
