//! The strategies where they stand: who decides when a task gives way, and what contexts see of each other's memory.

use leptos::prelude::*;
use strategies::{Memory, Scheduling, Strategy};
use words::{Message, en};

use super::change;
use crate::state::here;

/// A field for each pair of scheduling and memory.
#[component]
pub fn Matrix() -> impl IntoView {
    let heading = |title: Message, meaning: Message| view! { {title.text()}<small>{meaning.text()}</small> };
    let row = move |scheduling: Scheduling, title: Message, meaning: Message| {
        view! {
            <tr>
                <th scope="row">{heading(title, meaning)}</th>
                <td><Field scheduling memories=&[Memory::Shared] /></td>
                <td><Field scheduling memories=&[Memory::Isolated] /></td>
            </tr>
        }
    };
    let both: &[Memory] = &[Memory::Shared, Memory::Isolated];
    view! {
        <fieldset class="matrix">
            <legend class="unseen">{en::STRATEGIES.text()}</legend>
            <table>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{heading(en::SHARED_MEMORY, en::SHARED_MEANS)}</th>
                        <th scope="col">{heading(en::ISOLATED_MEMORY, en::ISOLATED_MEANS)}</th>
                    </tr>
                </thead>
                <tbody>
                    {row(Scheduling::Preemptive, en::PREEMPTIVE, en::PREEMPTIVE_MEANS)}
                    {row(Scheduling::Cooperative, en::COOPERATIVE, en::COOPERATIVE_MEANS)}
                    <tr>
                        <th scope="row">{heading(en::NEITHER, en::NEITHER_MEANS)}</th>
                        <td colspan="2"><Field scheduling=Scheduling::None memories=both /></td>
                    </tr>
                </tbody>
            </table>
        </fieldset>
    }
}

/// The strategies of one field.
#[component]
fn Field(scheduling: Scheduling, memories: &'static [Memory]) -> impl IntoView {
    let own = strategies::ALL.iter().copied().filter(move |strategy| {
        let meta = strategy.meta();
        meta.scheduling == scheduling && memories.contains(&meta.memory)
    });
    own.map(|strategy| view! { <Tick strategy /> }).collect_view()
}

/// Whether a strategy runs; the last one that is chosen cannot be switched off.
#[component]
fn Tick(strategy: &'static dyn Strategy) -> impl IntoView {
    let (_, lab) = here();
    let meta = strategy.meta();
    let ticked = Memo::new(move |_| lab.experiment.with(|experiment| experiment.strategies.contains(&strategy)));
    let last = Memo::new(move |_| lab.experiment.with(|experiment| experiment.strategies == [strategy]));
    view! {
        <label class="check">
            <input type="checkbox" name=meta.id prop:checked=move || ticked.get() disabled=move || last.get()
                on:change=move |_| change(lab, |experiment| experiment.toggling(strategy)) />
            " "
            {words::strategy_name(meta)}
        </label>
    }
}
