//! The verdict in words: one sentence large above the lanes, the others below them, doubts apart.

use leptos::prelude::*;

use super::markup::{escaped, items};
use super::rows::chosen;
use super::state::{Stage, State};
use lab::experiment::{BASELINE, Experiment};
use crate::platform::why_not;

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
    view! { <div inner_html=move || details(state)></div> }
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

/// How many ways, in words; there is none without.
const WAYS: [&str; 7] = ["one way", "two ways", "three ways", "four ways", "five ways", "six ways", "seven ways"];

/// A freeze this long, in seconds, is announced.
const LONG: u64 = 5;

/// How long blocking will freeze the page, as far as the work tells beforehand, if that is long.
fn freezes(experiment: &Experiment) -> String {
    let Experiment { workload, params, .. } = experiment;
    let each = (workload.waits(params) + workload.computes(params)).as_secs();
    let rounds = if experiment.sweep { 2 * experiment.samples } else { 1 + experiment.samples };
    if each < LONG || !(experiment.sweep || experiment.strategies.contains(&BASELINE)) {
        return String::new();
    }
    format!(" Blocking will freeze the page for about {each} s, {rounds} times; Cancel works in between.")
}

/// What Run will do.
fn promise(state: State) -> String {
    state.experiment.with(|experiment| {
        let isolation = state.isolation.get_value();
        let able: Vec<_> =
            chosen(experiment).filter(|strategy| why_not(*strategy, experiment, &isolation).is_none()).collect();
        let blurb = experiment.workload.info().blurb;
        let baseline = experiment.sweep && !experiment.strategies.contains(&BASELINE);
        let Some(ways) = (able.len() + usize::from(baseline)).checked_sub(1) else {
            return format!("{blurb} None of the chosen ways can run here; each says why.");
        };
        let sweep = match experiment.workers {
            _ if !experiment.sweep => String::new(),
            most if most > 1 && able.iter().any(|strategy| strategy.meta().workers(most) > 1) => {
                format!(", those with workers with 1 to {most} of them")
            }
            _ => ", with one number of workers each: a sweep takes a strategy with workers, and more than one".into(),
        };
        let order = if ways > 0 { ", one after the other" } else { "" };
        let ways = WAYS.get(ways).unwrap_or(&"several ways");
        format!("{blurb} Run does this {ways}{order}{sweep}, on this computer.{}", freezes(experiment))
    })
}

fn details(state: State) -> String {
    let modelled = state.experiment.with(|experiment| experiment.workload.info().modelled);
    let note = modelled.map_or(String::new(), |note| format!("<p class=\"modelled\">{}</p>", escaped(note)));
    let outcome = state.outcome.get().filter(|_| state.stage.get() == Stage::Done);
    outcome.map_or(note.clone(), |outcome| {
        let [findings, caveats] = [&outcome.findings.findings, &outcome.findings.caveats].map(|said| items(said));
        format!(
            "<div class=\"said\"><ul class=\"findings\">{findings}</ul>\
             <div><ul class=\"caveats\">{caveats}</ul>{note}</div></div>"
        )
    })
}
