//! How it was measured, in one click: the method, the machine, and the report to take away.

use leptos::prelude::*;

use super::download::download;
use super::state::State;
use crate::analysis::words::duration;
use crate::experiment::Catalogue;

/// The method and the machine.
#[component]
pub fn Method(state: State) -> impl IntoView {
    let samples = move || state.experiment.with(|experiment| experiment.samples);
    view! {
        <details class="method" id="method">
            <summary>"How was this measured?"</summary>
            <ul>
                <li>"Every strategy runs the same compiled tasks and must give the same answer (blocking’s, where it runs); a wrong answer ends the run."</li>
                <li>{move || format!(
                    "One strategy at a time, taking turns: a first, cold run of each, which is not counted, then {} timed {} of each.",
                    samples(), if samples() == 1 { "sample" } else { "samples" },
                )}</li>
                <li>"Times run from the first task to the last answer. Shown is the median, with a 95 % bootstrap interval; where intervals overlap, no difference was seen."</li>
                <li>"Starting threads and processes takes time, too. It is in the table, and in no other time."</li>
                <li>"The heartbeat is the page’s own: a message to itself every 8 ms or so, and every frame. From 50 ms of silence on the page counts as frozen (the length from which browsers speak of a long task)."</li>
                <li>"The lanes drawn are of the sample nearest the median."</li>
            </ul>
            <dl>{move || machine(state)}</dl>
        </details>
    }
}

fn machine(state: State) -> impl IntoView {
    let isolation = state.isolation.get_value();
    let Catalogue { claimed_cores, .. } = state.catalogue.get_value();
    let calibration = state.outcome.with(|outcome| outcome.as_ref().map(|outcome| outcome.calibration_ms));
    view! {
        <dt>"Browser"</dt><dd>{crate::platform::engine()}</dd>
        <dt>"Cores"</dt><dd>{format!("{claimed_cores} claimed by the browser")}</dd>
        <dt>"Memory"</dt><dd>{isolation.how}</dd>
        <dt>"Clock"</dt><dd>{format!("steps of {} seen", duration(state.timer_resolution))}</dd>
        {calibration.map(|[before, after]| view! {
            <dt>"Steadiness"</dt>
            <dd>{format!("the same short spin took {} before the run and {} after it", duration(before), duration(after))}</dd>
        })}
    }
}

/// Buttons to take the result away.
#[component]
pub fn TakeAway(state: State) -> impl IntoView {
    view! {
        <Show when=move || state.outcome.with(Option::is_some)>
            <button type="button" id="download" on:click=move |_| {
                if let Some(outcome) = state.outcome.get_untracked() {
                    download("lanes-report.json", &outcome.findings.report);
                }
            }>"Download report"</button>
        </Show>
    }
}
