//! A question before a run, and after it what was guessed beside what was measured.

mod axis;
mod curve;
mod front;
mod pick;
mod point;
mod rank;
mod reveal;
mod sheet;
mod sort;

use std::rc::Rc;

use leptos::prelude::*;
use predict::{AnswerKind, Guess, Question};
use words::en;

use crate::state::{Lab, MachineUse, here, mark_runs, run};
pub use axis::AxisView;
use curve::Curve;
pub use front::front;
use pick::Pick;
use point::Point;
use rank::Rank;
use reveal::RevealView;
pub use sheet::Guesses;
use sort::Sort;

/// What is chosen, and not yet committed to.
type Chosen = RwSignal<Option<Guess>>;

/// The lab's question, if it has one. Nothing is locked: a visitor who will not guess may just run.
#[component]
pub fn Ask() -> impl IntoView {
    let (page, lab) = here();
    let Some(asked) = lab.asked else { return ().into_any() };
    mark_runs(page, lab, asked);
    let question = asked.question.get_value();
    let (chosen, reason) = (RwSignal::new(asked.guessed_before()), RwSignal::new(None::<usize>));
    let committed = move || asked.guess.with(Option::is_some);
    let commit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(guess) = chosen.get_untracked() else { return };
        asked.guess.set(Some((guess, reason.get_untracked())));
        if !run(page, lab, None) {
            asked.guess.set(None); // something else has the turn; the guess stays chosen
        }
    };
    let held_up = move || page.exclusive.held_up(MachineUse::Run(lab.number));
    let cannot = move || if held_up() { en::HELD_UP.text() } else { en::GUESS_FIRST.text() };
    let answer = answer(&question, chosen, lab);
    let lasts = question.lasts.map(|seconds| en::LASTS.with(&[("n", words::Arg::Digits(seconds.into()))]));
    // a question belongs to an experiment: another choice of work is not what it asks about
    let first = lab.experiment.get_untracked();
    let elsewhere = move || lab.experiment.with(|now| now.workload.info().id != first.workload.info().id);
    view! {
        <form class="ask" id=lab.id("ask") on:submit=commit hidden=elsewhere>
            <fieldset disabled=committed>
                <legend class="asked">{question.ask.clone()}</legend>
                {answer}
                <Reasons question=question.clone() reason />
            </fieldset>
            <RevealView asked />
            <div class="commit">
                {move || if committed() {
                    view! {
                        <button type="button" id=lab.id("again") disabled=move || lab.running()
                            on:click=move |_| asked.again()>{en::GUESS_AGAIN.text()}</button>
                    }.into_any()
                } else {
                    let none = move || chosen.with(Option::is_none) || held_up();
                    view! {
                        <button type="submit" class="primary" id=lab.id("commit") disabled=none
                            title=move || if none() { cannot() } else { String::new() }>{en::GUESS_AND_RUN.text()}</button>
                        <button type="button" id=lab.id("skip") disabled=held_up hidden=move || lab.opened.get()
                            on:click=move |_| { run(page, lab, None); }>{en::JUST_RUN.text()}</button>
                        {lasts.clone().map(|lasts| view! { <span class="lasts">{lasts}</span> })}
                    }.into_any()
                }}
            </div>
        </form>
    }
    .into_any()
}

/// The control for the answer, by the kind of the question.
fn answer(question: &Rc<Question>, chosen: Chosen, lab: Lab) -> AnyView {
    let name = lab.id("guess");
    match &question.kind {
        AnswerKind::Pick(options) => view! { <Pick options=options.clone() chosen name /> }.into_any(),
        AnswerKind::Rank(options) => view! { <Rank options=options.clone() chosen /> }.into_any(),
        AnswerKind::Point(axis) => view! { <Point axis=*axis question=question.clone() chosen name /> }.into_any(),
        AnswerKind::Sort(options) => view! { <Sort options=options.clone() chosen name /> }.into_any(),
        AnswerKind::Curve(axis) => {
            let workers = lab::run::numbers_of_workers(&lab.experiment.get_untracked());
            view! { <Curve axis=*axis workers chosen /> }.into_any()
        }
    }
}

/// What the last run says beside an option, if anything.
fn note(lab: Lab, word: String) -> impl IntoView {
    let said = move || {
        let notes = lab.asked.and_then(|asked| asked.reveal.get())?.notes;
        notes.into_iter().find(|(own, _)| *own == word).map(|(_, said)| said)
    };
    move || said().map(|said| view! { <b class="found">{said}</b> })
}

/// The reasons that may be given; none has to be.
#[component]
fn Reasons(question: Rc<Question>, reason: RwSignal<Option<usize>>) -> impl IntoView {
    let (_, lab) = here();
    if question.reasons.is_empty() {
        return ().into_any();
    }
    let name = lab.id("because");
    let item = move |(at, label): (usize, String)| {
        view! {
            <label class="choice">
                <input type="radio" name=name.clone() prop:checked=move || reason.get() == Some(at)
                    on:change=move |_| reason.set(Some(at)) />
                <span>{label}</span>
            </label>
        }
    };
    let labels = question.reasons.iter().map(|reason| reason.label.clone()).enumerate();
    view! {
        <fieldset class="because">
            <legend>{en::BECAUSE.text()}</legend>
            {labels.map(item).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// What is hidden behind the question: shown once something has run.
#[component]
pub fn Behind(children: ChildrenFn) -> impl IntoView {
    let (_, lab) = here();
    view! { <div class="behind" hidden=move || !lab.opened.get()>{children()}</div> }
}
