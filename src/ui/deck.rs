//! The page as a deck, or a script, drives it: by messages, answered by messages.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::session::{self, Caller, Ending};
use super::state::{Stage, State};
use crate::experiment::Experiment;
use crate::platform::{Incoming, Parent, unavailable};
use crate::strategy;

/// Listens to the parent from now on, and says that the page is ready.
pub fn bind(state: State) {
    let Some(parent) = Parent::find() else { return };
    let running = StoredValue::new_local(None::<Value>);
    let answer = parent.clone();
    parent.listen(move |incoming| match incoming {
        Incoming::Hello => ready(&answer, state),
        Incoming::Cancel { id } => {
            if running.with_value(|running| running.as_ref() == Some(&id)) {
                session::cancel();
            }
        }
        Incoming::Run { id, experiment } => run(&answer, state, running, id, &experiment),
    });
    ready(&parent, state);
}

fn ready(parent: &Parent, state: State) {
    let isolation = state.isolation.get_value();
    let strategies = strategy::ALL.iter().map(|strategy| {
        let reason = unavailable(*strategy, &isolation);
        json!({ "id": strategy.meta().id, "available": reason.is_none(), "reason": reason })
    });
    let capabilities = json!({
        "workloads": workloads::ALL.iter().map(|workload| workload.info().id).collect::<Vec<_>>(),
        "strategies": strategies.collect::<Vec<_>>(),
        "claimed_cores": state.catalogue.with_value(|catalogue| catalogue.claimed_cores),
        "shared_memory": isolation.shared_memory,
    });
    let version = text(&env!("CARGO_PKG_VERSION").into());
    parent.post("lanes:ready", &[("version", &version), ("capabilities", &text(&capabilities))]);
}

type Running = StoredValue<Option<Value>, LocalStorage>;

fn run(parent: &Parent, state: State, running: Running, id: Value, experiment: &Value) {
    let refuse = |message: &str| fail(parent, &id, message);
    if !experiment.is_object() {
        return refuse("An experiment is an object with the URL's keys, such as {\"workload\": \"primes\"}.");
    }
    if running.with_value(Option::is_some) {
        return refuse("Another run is going on. Cancel it, or wait for its result.");
    }
    if state.stage.with_untracked(|stage| matches!(stage, Stage::Running { .. })) {
        return refuse("The visitor is running something. Wait for it to end.");
    }
    let before = state.experiment.get_untracked();
    let settings = keeping_the_view(experiment, &before);
    let (experiment, problems) = state.catalogue.with_value(|catalogue| Experiment::from_json(&settings, catalogue));
    let (progress_to, end_to) = (parent.clone(), parent.clone());
    let (progress_id, end_id) = (id.clone(), id.clone());
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    let told = problems.clone();
    state.experiment.set(experiment);
    let caller = Caller {
        progress: Box::new(move |done, total| {
            let (id, done, total) = (text(&progress_id), done.to_string(), total.to_string());
            progress_to.post("lanes:progress", &[("id", &id), ("done", &done), ("total", &total)]);
        }),
        end: Box::new(move |ending| {
            running.set_value(None);
            answer(&end_to, &end_id, ending, told);
        }),
    };
    if session::run(state, Some(caller)).is_ok() {
        state.problems.set(problems);
        running.set_value(Some(id));
    }
}

/// How the page looks is not the run's business: what the message does not say stays as it is.
fn keeping_the_view(experiment: &Value, now: &Experiment) -> Value {
    let mut settings = experiment.as_object().cloned().unwrap_or_default();
    let now = now.to_json();
    for key in ["view", "theme", "chapter"] {
        if let (false, Some(value)) = (settings.contains_key(key), now.get(key)) {
            settings.insert(key.into(), value.clone());
        }
    }
    settings.into()
}

/// Sends the result, with what of the experiment was not legal and so did not apply.
fn answer(parent: &Parent, id: &Value, ending: Ending, problems: Vec<String>) {
    let problems = text(&problems.into());
    match ending {
        Ending::Report(report) => {
            parent.post("lanes:result", &[("id", &text(id)), ("report", &report.to_json()), ("problems", &problems)]);
        }
        Ending::Failure(failure) => fail(parent, id, &failure.to_string()),
    }
}

fn fail(parent: &Parent, id: &Value, message: &str) {
    parent.post("lanes:error", &[("id", &text(id)), ("message", &text(&message.into()))]);
}

fn text(value: &Value) -> String {
    serde_json::to_string(value).expect("a JSON value is JSON")
}
