//! The project as a form. What is typed stays as it is; what is not legal is named beside its field.

use ::decide::{NUMBERS, PRESETS};
use analyst::{Pairs, ProjectInput};
use leptos::prelude::*;
use words::{Message, decision as say};

use super::deciding::here;
use super::parts::Parts;
use super::wrong::{Wrong, wrong_id};

/// What each number is called, in the order of [`NUMBERS`].
const LABELS: [Message; NUMBERS.len()] =
    [say::UNITS, say::ARRIVING, say::DATA_IN, say::DATA_OUT, say::CORES_AT_HAND, say::MEMORY_AT_HAND];
/// The place of the number that says how often a unit arrives.
const EVERY: usize = 1;
/// What each scenario is called, in the order of [`PRESETS`].
const SCENARIOS: [Message; PRESETS.len()] = [say::PRESET_ARRAYS, say::PRESET_CRAWLER, say::PRESET_PROXY];

/// The form.
#[component]
pub fn ProjectForm() -> impl IntoView {
    let deciding = here();
    let empty = move || deciding.decided.with(Option::is_none);
    let share = move |event| {
        deciding.typed.shared.set(event_target_checked(&event));
        deciding.typed_anew();
    };
    view! {
        <form class="project-form" on:submit=|event| event.prevent_default()>
            <fieldset disabled=empty>
                <legend>{say::PROJECT.text()}</legend>
                <Scenarios />
                <div class="numbers-typed">
                    <NumberTyped at=0 />
                    <Arrival />
                </div>
                <Parts />
                <div class="numbers-typed">{(EVERY + 1..NUMBERS.len()).map(|at| view! { <NumberTyped at /> }).collect_view()}</div>
                <label class="check">
                    <input type="checkbox" name="shared" prop:checked=move || deciding.typed.shared.get() on:change=share />
                    " "
                    {say::SHARES_STATE.text()}
                </label>
                <Wrong key="shared" />
                <Others />
            </fieldset>
        </form>
    }
}

/// The scenarios of the talk.
#[component]
fn Scenarios() -> impl IntoView {
    let deciding = here();
    let which = move || deciding.decided.with(|decided| decided.as_ref().and_then(|decided| decided.preset));
    let own = move || deciding.decided.with(|decided| decided.as_ref().is_some_and(|decided| decided.preset.is_none()));
    let scenario = move |(at, title): (usize, Message)| {
        let name = PRESETS[at];
        let pairs: Pairs = vec![("preset".into(), name.into())];
        let press = move |_| deciding.take(ProjectInput::Pairs { before: Pairs::new(), pairs: pairs.clone() });
        view! {
            <button type="button" name=name aria-pressed=move || (which() == Some(at)).to_string() on:click=press>
                {title.text()}
            </button>
        }
    };
    view! {
        <div class="scenarios" role="group" aria-label=say::BEGIN_WITH.text()>
            <span>{say::BEGIN_WITH.text()}</span>
            <div>{SCENARIOS.into_iter().enumerate().map(scenario).collect_view()}</div>
            <small>{move || if own() { say::OWN_PROJECT.text() } else { String::new() }}</small>
        </div>
        <Wrong key="preset" />
    }
}

/// When units arrive: all at once, or one by one.
#[component]
fn Arrival() -> impl IntoView {
    let deciding = here();
    let at_once = deciding.typed.at_once;
    let choose = move |one_by_one: bool| {
        deciding.typed.arrive(one_by_one);
        deciding.typed_anew();
    };
    view! {
        <div class="arrival" role="group" aria-label=say::ARRIVAL.text()>
            <span>{say::ARRIVAL.text()}</span>
            <label class="check">
                <input type="radio" name="arrival" value="at-once" prop:checked=move || at_once.get() on:change=move |_| choose(false) />
                " "
                {say::ALL_AT_ONCE.text()}
            </label>
            <label class="check">
                <input type="radio" name="arrival" value="one-by-one" prop:checked=move || !at_once.get()
                    on:change=move |_| choose(true) />
                " "
                {say::ARRIVING.text()}
            </label>
            {move || (!at_once.get()).then(|| view! { <NumberTyped at=EVERY /> })}
        </div>
    }
}

/// A number that is typed. It is a text field, because a field of numbers says nothing of a text that is no number.
#[component]
fn NumberTyped(at: usize) -> impl IntoView {
    let deciding = here();
    let (key, text) = (NUMBERS[at].key, deciding.typed.numbers[at]);
    let take = move |event| {
        text.set(event_target_value(&event));
        deciding.typed_anew();
    };
    let wrong = move || deciding.problem(key).is_some();
    view! {
        <div class="number-typed">
            <label class="field">
                <span class:unseen=at == EVERY>{LABELS[at].text()}</span>
                <input type="text" inputmode="decimal" autocomplete="off" name=key prop:value=move || text.get()
                    aria-invalid=move || wrong().then_some("true") aria-describedby=move || wrong().then(|| wrong_id(key))
                    on:input=take />
            </label>
            <Wrong key />
        </div>
    }
}

/// Problems without a field: a name in a file that no project has, for instance.
#[component]
fn Others() -> impl IntoView {
    let deciding = here();
    let elsewhere = |key: &str| ::decide::keys().contains(&key) || ["project", "measured", "python"].contains(&key);
    let others = move || {
        let problems = deciding.decided.with(|decided| decided.as_ref().map(|decided| decided.problems.clone()));
        problems.unwrap_or_default().into_iter().filter(move |(key, _)| !elsewhere(key) && !key.starts_with("parts."))
    };
    move || others().map(|(_, why)| view! { <p class="wrong" role="status">{why}</p> }).collect_view()
}
