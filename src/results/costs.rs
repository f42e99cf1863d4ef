//! What things cost on this machine: measured when somebody asks, shown as a table, saved as a report of its own.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use super::download::download;
use super::markup::{escaped, fill};
use super::state::State;
use super::turn::{self, MEASURE, Turn};
use pictures::{Answer, Question, costs};
use crate::platform::{another_answer, ask, engine, measure_costs};
use strategies::Failure;

/// Where it is shown how far measuring is, or what came of it.
const SHOWN: &str = "#costs-shown";
/// Saves the report.
const SAVE: &str = "<button type=\"button\" id=\"download-costs\">Download costs</button>";

/// The costs, with a button to measure them.
#[component]
pub fn Costs(state: State) -> AnyView {
    let report = StoredValue::new_local(None::<String>);
    let press = move |_| {
        let Some(turn) = Turn::take(MEASURE) else { return turn::cancel() };
        progress(0, 1);
        spawn_local(async move {
            match turn.cancel.or(Box::pin(measure(state))).await {
                Ok(costs) => {
                    fill(SHOWN, &format!("{}{SAVE}", costs.table));
                    report.set_value(Some(costs.report));
                }
                Err(Failure::Cancelled) => fill(SHOWN, ""),
                Err(failure) => {
                    fill(SHOWN, &format!("<p class=\"why\" role=\"alert\">{}</p>", escaped(&failure.to_string())));
                }
            }
        });
    };
    let save = move |event: leptos::ev::MouseEvent| {
        if event_target::<Element>(&event).id() == "download-costs" {
            report.with_value(|report| report.iter().for_each(|report| download("lanes-costs.json", report)));
        }
    };
    view! {
        <details class="costs" id="costs">
            <summary>"What do things cost here?"</summary>
            <p>"Starting a thread or a process, sending a message, giving way, handing a lock over: measured on this machine in a few seconds."</p>
            <button type="button" id="measure-costs" on:click=press>"Measure"</button>
            <div id="costs-shown" aria-live="polite" on:click=save></div>
        </details>
    }
    .into_any()
}

/// So many of so many parts are measured.
fn progress(done: usize, total: usize) {
    fill(SHOWN, &format!("<progress max=\"{total}\" value=\"{done}\" aria-label=\"Measuring costs\"></progress>"));
}

async fn measure(state: State) -> Result<costs::Costs, Failure> {
    let claimed_cores = state.catalogue.with_value(|catalogue| catalogue.claimed_cores);
    let share = state.isolation.with_value(|isolation| isolation.shared_memory);
    let costs = measure_costs(share, claimed_cores.max(2), progress).await?;
    let timer_resolution_ms = state.timer_resolution;
    let measured = costs::Measured { costs, claimed_cores, engine: engine(), timer_resolution_ms };
    state.costs.set(measured.costs.clone());
    match ask(&Question::Costs(measured)).await? {
        Answer::Costs(costs) => Ok(costs),
        _ => Err(another_answer()),
    }
}
