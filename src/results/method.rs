//! How it was measured, in one click: the method, the machine, and the report to take away.

use leptos::prelude::*;

use super::download::download;
use super::markup::escaped;
use super::state::State;
use pictures::words::duration;
use lab::experiment::Experiment;
use crate::platform::{Isolation, engine};

/// The method, before and after the sentence that tells in which order samples are taken.
const METHOD: [&str; 2] = [
    "<li>Every strategy runs the same compiled tasks and must give the same answer (blocking’s, where it runs); a wrong \
     answer ends the run.</li><li>One strategy at a time, taking turns: ",
    ".</li><li>Times run from the first task to the last answer. Where the clock is too coarse for that, a sample does the \
     work several times in a row, and its time is that of one.</li><li>Shown is the median, with a 95 % bootstrap \
     interval. “Sooner” and “later” are said only where the intervals of two do not overlap, they differ by more than 10 %, \
     and neither a t test nor a rank test takes that for chance.</li><li>Starting threads and processes takes time, too. \
     It is in the table, and in no timed sample.</li><li>The heartbeat is the page’s own: a message to itself every 8 ms or \
     so, and, in samples of 50 ms and more, its frames. From 50 ms of silence on the page counts as frozen (the length from which browsers speak of a \
     long task).</li><li>The lanes drawn are of the sample nearest the median, with the most workers where several numbers \
     of them ran.</li>",
];

/// In which order samples are taken.
fn order(experiment: &Experiment) -> String {
    let samples = experiment.samples;
    let plural = if samples == 1 { "" } else { "s" };
    if experiment.sweep {
        let each = "each with workers of its own and a cold run before it, which is not counted";
        format!("{samples} timed sample{plural} for every number of workers, {each}")
    } else {
        format!("a first, cold run of each, which is not counted, then {samples} timed sample{plural} of each")
    }
}

/// The method and the machine.
#[component]
pub fn Method(state: State) -> impl IntoView {
    let method = move || METHOD.join(&state.experiment.with(order));
    view! {
        <details class="method" id="method">
            <summary>"How was this measured?"</summary>
            <ul inner_html=method></ul>
            <dl inner_html=move || machine(state)></dl>
        </details>
    }
}

fn machine(state: State) -> String {
    let Isolation { how, .. } = state.isolation.get_value();
    let claimed = state.catalogue.with_value(|catalogue| catalogue.claimed_cores);
    let calibration = state.outcome.with(|outcome| outcome.as_ref().map(|outcome| outcome.calibration_ms));
    let steadiness = calibration.map(|[before, after]| {
        let [before, after] = [before, after].map(duration);
        ("Steadiness", format!("the same short spin took {before} before the run and {after} after it"))
    });
    let facts = [
        ("Browser", engine()),
        ("Cores", format!("{claimed} claimed by the browser")),
        ("Memory", how),
        ("Clock", format!("steps of {} seen", duration(state.timer_resolution))),
    ];
    let fact = |(name, text): (&str, String)| format!("<dt>{name}</dt><dd>{}</dd>", escaped(&text));
    facts.into_iter().chain(steadiness).map(fact).collect()
}

/// The button to take the result away.
#[component]
pub fn TakeAway(state: State) -> impl IntoView {
    let press = move |_| {
        if let Some(outcome) = state.outcome.get_untracked() {
            download("lanes-report.json", &outcome.findings.report);
        }
    };
    let there = move || state.outcome.with(Option::is_some);
    move || there().then(|| view! { <button type="button" id="download" on:click=press>"Download report"</button> })
}
