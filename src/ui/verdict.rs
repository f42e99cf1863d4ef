//! The verdict in words: one sentence large above the lanes, the others below them, doubts apart.

use leptos::prelude::*;

use super::state::{Stage, State};

/// What the last run means, or what Run will do, or what went wrong.
#[component]
pub fn Words(state: State) -> impl IntoView {
    view! {
        // progress is not read out: the progress bar has it
        <section class="verdict" aria-live=move || if state.running() { "off" } else { "polite" }>
            <p id="headline" class=move || state.stage.with(mood)>
                {move || headline(state)}
            </p>
        </section>
    }
}

/// What else is to be said of the last run, and what of the work is modelled.
#[component]
pub fn Details(state: State) -> impl IntoView {
    move || details(state)
}

/// Results are said loudly, promises and progress are not.
fn mood(stage: &Stage) -> &'static str {
    match stage {
        Stage::Idle | Stage::Cancelled => "quiet",
        Stage::Running { .. } => "quiet running",
        Stage::Done => "loud",
        Stage::Failed(_) => "loud failed",
    }
}

fn headline(state: State) -> String {
    match state.stage.get() {
        Stage::Idle => promise(state),
        Stage::Running { total: 0, .. } => "Starting workers.".into(),
        Stage::Running { done, total } => format!("Running: {done} of {total} samples."),
        Stage::Cancelled => "Cancelled. Run starts afresh.".into(),
        Stage::Failed(why) => why,
        Stage::Done => state
            .outcome
            .with(|outcome| outcome.as_ref().map(|outcome| outcome.findings.headline.clone()))
            .unwrap_or_default(),
    }
}

/// What Run will do.
fn promise(state: State) -> String {
    state.experiment.with(|experiment| {
        let ways = match experiment.strategies.len() {
            1 => "one way",
            2 => "two ways, one after the other",
            3 => "three ways, one after the other",
            4 => "four ways, one after the other",
            _ => "several ways, one after the other",
        };
        format!("{} Run does this {ways}, on this computer.", experiment.workload.info().blurb)
    })
}

fn details(state: State) -> AnyView {
    let modelled = move || state.experiment.with(|experiment| experiment.workload.info().modelled);
    let note = modelled().map(|note| view! { <p class="modelled">{note}</p> });
    let outcome = state.outcome.get().filter(|_| state.stage.get() == Stage::Done);
    let Some(outcome) = outcome else { return note.into_any() };
    let items = |said: &[String]| said.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let (findings, caveats) = (items(&outcome.findings.findings), items(&outcome.findings.caveats));
    view! {
        <div class="said">
            <ul class="findings">{findings}</ul>
            <div>
                <ul class="caveats">{caveats}</ul>
                {note}
            </div>
        </div>
    }
    .into_any()
}
