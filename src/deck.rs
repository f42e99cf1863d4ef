//! The page as a deck, or a script, drives it: by messages, answered by messages.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::session::{self, Caller, Ending};
use super::state::State;
use super::turn;
use lab::experiment::Experiment;
use crate::platform::{Incoming, Parent, list, object, parsed, unavailable};
use strategies;

/// Listens to the parent from now on, and says that the page is ready.
pub fn bind(state: State) {
    let Some(parent) = Parent::find() else { return };
    let running = StoredValue::new_local(None::<String>);
    let answer = parent.clone();
    parent.listen(move |incoming| match incoming {
        Incoming::Hello => ready(&answer, state),
        Incoming::Cancel { id } => {
            if running.with_value(|running| running.as_ref() == Some(&id)) {
                turn::cancel();
            }
        }
        Incoming::Run { id, experiment } => run(&answer, state, running, id, experiment),
    });
    ready(&parent, state);
}

fn ready(parent: &Parent, state: State) {
    let isolation = state.isolation.get_value();
    let strategies = strategy::ALL.iter().map(|strategy| {
        let reason = unavailable(*strategy, &isolation);
        object(&[
            ("id", strategy.meta().id.into()),
            ("available", reason.is_none().into()),
            ("reason", reason.map_or(JsValue::NULL, JsValue::from)),
        ])
    });
    let capabilities = object(&[
        ("workloads", list(workloads::ALL.iter().map(|workload| workload.info().id.into()))),
        ("strategies", list(strategies)),
        ("claimed_cores", (state.catalogue.with_value(|catalogue| catalogue.claimed_cores) as u32).into()),
        ("shared_memory", isolation.shared_memory.into()),
    ]);
    parent.post("lanes:ready", &[("version", env!("CARGO_PKG_VERSION").into()), ("capabilities", capabilities)]);
}

/// The id of the run that a message asked for, as JSON text.
type Running = StoredValue<Option<String>, LocalStorage>;

fn run(parent: &Parent, state: State, running: Running, id: String, settings: Option<Vec<(String, String)>>) {
    let refuse = |message: &str| fail(parent, &id, message);
    let Some(settings) = settings else {
        return refuse("An experiment is an object with the URL's keys, such as {\"workload\": \"primes\"}.");
    };
    if running.with_value(Option::is_some) {
        return refuse("Another run is going on. Cancel it, or wait for its result.");
    }
    if turn::taken() {
        return refuse("The visitor is running or measuring something. Wait for it to end.");
    }
    let settings = keeping_the_view(settings, &state.experiment.get_untracked());
    let (experiment, problems) = state.catalogue.with_value(|catalogue| Experiment::parse(settings, catalogue));
    let (progress_to, end_to) = (parent.clone(), parent.clone());
    let (progress_id, end_id) = (id.clone(), id.clone());
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    let told = problems.clone();
    state.experiment.set(experiment);
    let caller = Caller {
        progress: Box::new(move |done, total| {
            let (done, total) = ((done as u32).into(), (total as u32).into());
            progress_to.post("lanes:progress", &[("id", parsed(&progress_id)), ("done", done), ("total", total)]);
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
fn keeping_the_view(mut settings: Vec<(String, String)>, now: &Experiment) -> Vec<(String, String)> {
    for (key, value) in now.pairs() {
        if ["view", "theme", "chapter"].contains(&key) && settings.iter().all(|(said, _)| said != key) {
            settings.push((key.into(), value));
        }
    }
    settings
}

/// Sends the result, with what of the experiment was not legal and so did not apply.
fn answer(parent: &Parent, id: &str, ending: Ending, problems: Vec<String>) {
    match ending {
        Ending::Outcome(outcome) => {
            let problems = list(problems.into_iter().map(JsValue::from));
            let report = parsed(&outcome.findings.report);
            parent.post("lanes:result", &[("id", parsed(id)), ("report", report), ("problems", problems)]);
        }
        Ending::Failure(failure) => fail(parent, id, &failure.to_string()),
    }
}

fn fail(parent: &Parent, id: &str, message: &str) {
    parent.post("lanes:error", &[("id", parsed(id)), ("message", message.into())]);
}
