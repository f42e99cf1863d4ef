//! What things cost on this machine: measured when somebody asks, shown as a table, saved as a report of its own.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::download::download;
use super::state::State;
use super::turn::{self, MEASURE, Turn};
use crate::analysis::{Answer, Question, costs};
use crate::platform::{ask, engine, measure_costs};
use crate::strategy::Failure;

/// Where measuring is.
#[derive(Clone)]
enum Stage {
    Idle,
    Measuring(usize, usize),
    Done(Rc<costs::Costs>),
    Failed(String),
}

/// The costs, with a button to measure them.
#[component]
pub fn Costs(state: State) -> AnyView {
    let stage = RwSignal::new_local(Stage::Idle);
    let press = move |_| {
        let Some(turn) = Turn::take(MEASURE) else { return turn::cancel() };
        stage.set(Stage::Measuring(0, 0));
        spawn_local(async move {
            let told = move |done, total| stage.set(Stage::Measuring(done, total));
            stage.set(match turn.cancel.or(Box::pin(measure(state, told))).await {
                Ok(costs) => Stage::Done(Rc::new(costs)),
                Err(Failure::Cancelled) => Stage::Idle,
                Err(failure) => Stage::Failed(failure.to_string()),
            });
        });
    };
    let shown = move || match stage.get() {
        Stage::Idle => ().into_any(),
        Stage::Measuring(done, total) => {
            view! { <progress max=total.max(1) value=done aria-label="Measuring costs"></progress> }.into_any()
        }
        Stage::Failed(why) => view! { <p class="why" role="alert">{why}</p> }.into_any(),
        Stage::Done(costs) => {
            let table = costs.table.clone();
            let save = move |_| download("lanes-costs.json", &costs.report);
            view! {
                <div inner_html=table></div>
                <button type="button" id="download-costs" on:click=save>"Download costs"</button>
            }
            .into_any()
        }
    };
    view! {
        <details class="costs" id="costs">
            <summary>"What do things cost here?"</summary>
            <p>"Starting a thread or a process, sending a message, giving way, handing a lock over: measured on this machine in a few seconds."</p>
            <button type="button" id="measure-costs" on:click=press>"Measure"</button>
            {shown}
        </details>
    }
    .into_any()
}

async fn measure(state: State, told: impl Fn(usize, usize)) -> Result<costs::Costs, Failure> {
    let claimed_cores = state.catalogue.with_value(|catalogue| catalogue.claimed_cores);
    let share = state.isolation.with_value(|isolation| isolation.shared_memory);
    let costs = measure_costs(share, claimed_cores.max(2), told).await?;
    let timer_resolution_ms = state.timer_resolution;
    let measured = costs::Measured { costs, claimed_cores, engine: engine(), timer_resolution_ms };
    state.costs.set(measured.costs.clone());
    match ask(&Question::Costs(measured)).await? {
        Answer::Costs(costs) => Ok(costs),
        _ => Err(Failure::Garbled("an answer to another question".into())),
    }
}
