//! What if there were N cores? Simulated by the analyst from the report's blocking sample, and never drawn among the
//! measured lanes.

use std::rc::Rc;

use analyst::{About, AnalystAnswer};
use leptos::prelude::*;
use leptos::task::spawn_local;
use pictures::player::{Playable, Played};
use pictures::{Figure, what_if};
use strategies::Failure;
use words::en;

use super::chart::ChartView;
use super::scene::FigureView;
use crate::browser::{another_answer, ask};
use crate::fields::TableView;
use crate::player::{Bar, Marks, Veil};
use crate::state::{MachineUse, Play, Tracks, here};

/// The cores that may be asked for.
const CORES: std::ops::RangeInclusive<usize> = 1..=128;
/// The first number of cores: more than most visitors have.
const USUAL: usize = 16;

/// What was answered.
#[derive(Clone)]
enum Answered {
    /// Pictures and a table, or why there are none.
    Simulated(what_if::WhatIf),
    /// Why it failed, or cannot be simulated, in words.
    Not(String),
}

/// The question, and its answer; once something was measured.
#[component]
pub fn WhatIf() -> impl IntoView {
    let (_, lab) = here();
    let there = Memo::new(move |_| lab.outcome.with(Option::is_some));
    move || there.get().then(|| view! { <Question /> })
}

#[component]
fn Question() -> impl IntoView {
    let (page, lab) = here();
    let activity = MachineUse::Simulate(lab.number);
    let cores = RwSignal::new(USUAL);
    let answered = RwSignal::new_local(None::<Answered>);
    Effect::new(move || {
        lab.outcome.track();
        answered.set(None); // it was of another run
    });
    let choose = move |event| {
        let asked = event_target_value(&event).parse().unwrap_or(USUAL);
        cores.set(asked.clamp(*CORES.start(), *CORES.end()));
    };
    let press = move |_| {
        let Some(reported) = lab.outcome.get_untracked() else { return };
        if let Some(why) = &reported.shown.not_again {
            return answered.set(Some(Answered::Not(why.clone())));
        }
        let Some(turn) = page.exclusive.take(activity) else { return page.exclusive.cancel() };
        let costs = page.costs.get_untracked();
        let question = About::WhatIf { report: reported.report.clone(), cores: cores.get_untracked(), costs };
        spawn_local(async move {
            answered.set(match turn.cancel.or(Box::pin(ask(page.language_file(), question))).await {
                Ok(AnalystAnswer::WhatIf(simulated)) => Some(Answered::Simulated(simulated)),
                Err(Failure::Cancelled) => None,
                other => Some(Answered::Not(words::failure(&other.err().unwrap_or_else(another_answer)))),
            });
        });
    };
    let own = move || page.exclusive.holder() == Some(activity);
    let held_up = move || page.exclusive.held_up(activity);
    view! {
        <details class="what-if" id=lab.id("what-if")>
            <summary>{en::WHAT_IF.text()}</summary>
            <p>{en::WHAT_IF_MEANS.text()}</p>
            <label class="field">
                <span>{en::CORES.text()}</span>
                <input type="number" id=lab.id("cores") min=*CORES.start() max=*CORES.end()
                    prop:value=move || cores.get().to_string() on:change=choose />
            </label>
            <button type="button" id=lab.id("simulate") disabled=held_up
                title=move || page.exclusive.why_held_up(activity) on:click=press>
                {move || if own() { en::CANCEL.text() } else { en::SIMULATE.text() }}
            </button>
            <div aria-live="polite">{move || answered.get().map(|answered| view! { <Shown answered /> })}</div>
        </details>
    }
}

#[component]
fn Shown(answered: Answered) -> impl IntoView {
    match answered {
        Answered::Not(why) => view! { <p class="why">{why}</p> }.into_any(),
        Answered::Simulated(simulated) => view! { <Simulated simulated /> }.into_any(),
    }
}

/// Pictures that can be played, each on the same axis, and their makespans.
#[component]
fn Simulated(simulated: what_if::WhatIf) -> impl IntoView {
    let (_, lab) = here();
    let what_if::WhatIf { figures, table, curve, notes, playable, micros } = simulated;
    let play = Play::new();
    let track = |one: &Playable| Played::of(&one.name, &one.trace, &one.phases);
    let tracks = move || Tracks { tracks: playable.iter().map(track).collect(), axis: micros };
    play.bring((!figures.is_empty()).then(|| Rc::new(tracks) as Rc<dyn Fn() -> Tracks>));
    let figure = move |(at, figure): (usize, Figure)| {
        let over = move || view! { <Veil play /> }.into_any();
        view! {
            <FigureView figure over=ViewFn::from(over) />
            <Marks play track=Signal::derive(move || Some(at)) />
        }
    };
    view! {
        {curve.map(|chart| view! { <ChartView chart=*chart /> })}
        {figures.into_iter().enumerate().map(figure).collect_view()}
        <Bar play name=en::SIMULATED_PLAYER caption=en::SIMULATED_MOMENT_TABLE of="simulated-" />
        {table.map(|table| view! { <TableView table lab=Some(lab) /> })}
        {notes.into_iter().map(|note| view! { <p>{note}</p> }).collect_view()}
    }
}
