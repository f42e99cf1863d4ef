//! A lab on the page: one experiment with its question, controls, lanes and results, and the files that are dropped on it.

use lab::experiment::Experiment;
use leptos::prelude::*;
use words::en;

use super::places::is_text;
use crate::controls::{Controls, OneParam};
use crate::lanes::{Axis, Pictures, Player, Rows};
use crate::questions::{Ask, Behind};
use crate::results::{
    Charts, Details, Headline, Law, Method, Problems, RecordingLabel, SERIAL, Tables, TakeAway, WhatIf,
};
use crate::state::{self, Lab, expect_page, open_file};

/// One experiment with its controls, its lanes and its results.
#[component]
pub fn LabView(lab: Lab, #[prop(optional)] law: bool) -> impl IntoView {
    provide_context(lab);
    clear_what_no_longer_fits(lab);
    Effect::new(move || {
        if let Some(place) = lab.place.get() {
            lab.view.with_value(|view| view.watch(&place));
        }
    });
    let page = expect_page();
    let label = (!lab.alone).then(|| lab.name());
    let dropped = move |event: leptos::ev::DragEvent| {
        let file = event.data_transfer().and_then(|carried| carried.files()?.get(0));
        if let Some(file) = file {
            event.prevent_default();
            open_file(page, lab, file);
        }
    };
    view! {
        <section class="lab" node_ref=lab.place aria-label=label
            on:dragover=|event| event.prevent_default() on:drop=dropped>
            // above the controls, whose sheets lie over what follows them
            <Problems />
            <Ask />
            {law.then(|| view! { <Law><OneParam key=SERIAL /></Law> })}
            <Behind>
                <Controls />
                <RecordingLabel />
                <Headline />
                <Rows />
                <Axis />
                <Player />
                <Details />
                <Charts />
                <Pictures />
                <Numbers />
                <WhatIf />
                <div class="foot">
                    <Method />
                    <TakeAway />
                </div>
            </Behind>
        </section>
    }
}

/// The tables: in a text they lie folded, because the pictures say what it is about.
#[component]
fn Numbers() -> impl IntoView {
    let (_, lab) = state::here();
    if !is_text() {
        return view! { <Tables /> }.into_any();
    }
    view! {
        <details class="folded" hidden=move || lab.outcome.with(Option::is_none)>
            <summary>{en::ALL_NUMBERS.text()}</summary>
            <Tables />
        </details>
    }
    .into_any()
}

/// A result belongs to the choice it was made with: another choice of work, size or strategies takes it away, and the same choice
/// brings it back.
fn clear_what_no_longer_fits(lab: Lab) {
    let chosen = Memo::new(move |_| lab.experiment.get());
    Effect::new(move |before: Option<Experiment>| {
        let now = chosen.get();
        let another = before.is_some_and(|before| before != now);
        let recorded = lab.recording.with_untracked(|recorded| recorded.as_ref() == Some(&now));
        if another && !lab.running_now() && !recorded {
            lab.recall_or_clear();
        }
        now
    });
}

/// The browser would open a file that misses its lab in place of the page, and all results would be lost.
pub fn stay_when_a_file_is_dropped() {
    let of_files = |event: &web_sys::DragEvent| {
        event.data_transfer().is_some_and(|carried| carried.types().includes(&"Files".into(), 0))
    };
    let stay = move |event: web_sys::DragEvent| {
        if of_files(&event) {
            event.prevent_default();
        }
    };
    window_event_listener(leptos::ev::dragover, stay);
    window_event_listener(leptos::ev::drop, stay);
}
