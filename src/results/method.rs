//! How it was measured, in one click: the method, the machine, and the report to take away.

use lab::experiment::Experiment;
use leptos::prelude::*;
use words::{en, exact_duration};

use crate::browser::engine;
use crate::fields::SaveButton;
use crate::link::DRAWN_FROM;
use crate::state::{PageState, here};

/// The method and the machine.
#[component]
pub fn Method() -> impl IntoView {
    let (page, lab) = here();
    let order = move || en::METHOD_ORDER.with(&[("order", lab.experiment.with(order).into())]);
    // of what is shown, if anything is; else of this machine
    let machine = move || {
        let facts = lab.outcome.get().map_or_else(|| this_machine(page), |reported| reported.shown.machine.clone());
        let fact = |(name, text)| view! { <dt>{name}</dt><dd>{text}</dd> };
        facts.into_iter().map(fact).collect_view()
    };
    view! {
        <details class="method" id=lab.id("method")>
            <summary>{en::METHOD.text()}</summary>
            <ul>
                <li>{en::METHOD_TASKS.text()}</li>
                <li>{order}</li>
                <li>{en::METHOD_TURNS.text()}</li>
                <li>{en::METHOD_TIMES.text()}</li>
                <li>{en::METHOD_BASELINE.text()}</li>
                <li>{en::METHOD_CLAIMS.text()}</li>
                <li>{en::METHOD_START_UP.text()}</li>
                <li>{en::METHOD_HEARTBEAT.with(&[("drawn", words::duration(DRAWN_FROM).into())])}</li>
                <li>{en::METHOD_LANES.text()}</li>
            </ul>
            <dl>{machine}</dl>
        </details>
    }
}

/// In which order samples are taken.
fn order(experiment: &Experiment) -> String {
    let message = if experiment.sweep { en::ORDER_SWEEP } else { en::ORDER_RACE };
    message.with(&[("n", words::Arg::digits(experiment.samples))])
}

fn this_machine(page: PageState) -> Vec<(String, String)> {
    let cores = words::Arg::digits(page.cores.0);
    vec![
        (en::BROWSER.text(), engine()),
        (en::CORES.text(), en::CORES_CLAIMED.with(&[("cores", cores)])),
        (en::MEMORY.text(), words::isolation(page.isolation)),
        (en::CLOCK.text(), en::CLOCK_STEPS.with(&[("step", exact_duration(page.timer_resolution).into())])),
    ]
}

/// The button to take the result away.
#[component]
pub fn TakeAway() -> impl IntoView {
    let (_, lab) = here();
    let report = move || lab.outcome.get_untracked().map(|reported| reported.report.clone());
    let there = Memo::new(move |_| lab.outcome.with(Option::is_some));
    move || {
        there.get().then(|| {
            view! { <SaveButton id=lab.id("download") name="lanes-report.json" label=en::DOWNLOAD_REPORT text=Box::new(report) /> }
        })
    }
}
