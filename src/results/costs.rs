//! What things cost on this machine: measured when somebody asks, shown as a table, saved as a report of its own.

use analyst::{About, Answer};
use leptos::prelude::*;
use leptos::task::spawn_local;
use pictures::{Table, costs::Measured};
use strategies::Failure;
use words::en;

use crate::browser::{OriginLock, another_answer, ask, engine, measure_costs};
use crate::fields::{SaveButton, TableView};
use crate::state::{Activity, Page, expect_page};

/// How far measuring is, or what came of it.
#[derive(Clone)]
enum State {
    Nothing,
    /// Another frame, tab or window measures.
    Waiting,
    Measuring {
        done: usize,
        total: usize,
    },
    Measured {
        report: String,
        table: Table,
        doubted: bool,
    },
    Failed(String),
}

/// The costs, with a button to measure them; folded away unless they are to be `open`.
#[component]
pub fn Costs(#[prop(optional)] open: bool) -> impl IntoView {
    let page = expect_page();
    let state = RwSignal::new(State::Nothing);
    let press = move |_| {
        let Some(turn) = page.exclusive.take(Activity::Measure) else { return page.exclusive.cancel() };
        state.set(State::Measuring { done: 0, total: 1 });
        spawn_local(async move {
            state.set(match turn.cancel.or(Box::pin(measure(page, state))).await {
                Ok(measured) => measured,
                Err(Failure::Cancelled) => State::Nothing,
                Err(failure) => State::Failed(words::failure(&failure)),
            });
        });
    };
    let own = move || page.exclusive.holder() == Some(Activity::Measure);
    let held_up = move || page.exclusive.held_up(Activity::Measure);
    view! {
        <details class="costs" id="costs" open=open>
            <summary>{en::COSTS.text()}</summary>
            <p>{en::COSTS_MEANS.text()}</p>
            <button type="button" id="measure-costs" disabled=held_up
                title=move || if held_up() { en::HELD_UP.text() } else { String::new() } on:click=press>
                {move || if own() { en::CANCEL.text() } else { en::MEASURE.text() }}
            </button>
            <div id="costs-shown" aria-live="polite">{move || view! { <Shown state=state.get() /> }}</div>
        </details>
    }
}

#[component]
fn Shown(state: State) -> impl IntoView {
    match state {
        State::Nothing => ().into_any(),
        State::Waiting => view! { <p class="turn">{en::ANOTHER_MEASURES.text()}</p> }.into_any(),
        State::Measuring { done, total } => {
            view! { <progress max=total prop:value=done as u32 aria-label=en::MEASURING.text()></progress> }.into_any()
        }
        State::Measured { report, table, doubted } => view! {
            <TableView table lab=None />
            {doubted.then(|| view! { <p class="why">{en::COSTS_DOUBTED.text()}</p> })}
            <SaveButton id="download-costs" name="lanes-costs.json" label=en::DOWNLOAD_COSTS text=Box::new(move || Some(report.clone())) />
        }
        .into_any(),
        State::Failed(why) => view! { <p class="why" role="alert">{why}</p> }.into_any(),
    }
}

async fn measure(page: Page, state: RwSignal<State>) -> Result<State, Failure> {
    let lock = OriginLock::take(|| state.set(State::Waiting)).await;
    let progress = move |done, total| state.set(State::Measuring { done, total });
    let costs = measure_costs(page.isolation.shared_memory(), page.cores.0.max(2), progress).await?;
    page.costs.set(costs.clone());
    let (claimed_cores, timer_resolution_ms) = (page.cores.0, page.timer_resolution);
    let another_instance = lock.another_may_have_measured();
    let measured = Measured { costs, claimed_cores, engine: engine(), timer_resolution_ms, another_instance };
    match ask(page.language_file(), About::Costs(measured)).await? {
        Answer::Costs { report, table } => {
            Ok(State::Measured { report, table, doubted: another_instance == Some(true) })
        }
        _ => Err(another_answer()),
    }
}
