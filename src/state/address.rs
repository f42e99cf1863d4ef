//! The URL is the experiment, both ways.
//!
//! Read at the start and when the visitor goes back or forward; written a moment after the last change, because
//! browsers limit how often a page may do that.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::state::{Stage, State};
use lab::experiment::{Catalogue, Experiment};

/// What is written for the default experiment, whose shortest query is empty.
const DEFAULT: &str = "view=full";
/// Browsers allow about three changes a second in the long run.
const PAUSE: Duration = Duration::from_millis(350);

/// What the URL says now, and what of it was not legal.
pub fn read(catalogue: &Catalogue) -> (Experiment, Vec<String>) {
    let query = window().location().search().unwrap_or_default();
    if query.len() <= 1 {
        return (Experiment::opening(catalogue), Vec::new());
    }
    let (experiment, problems) = Experiment::from_query(&query, catalogue);
    (experiment, problems.iter().map(ToString::to_string).collect())
}

/// Keeps the URL and the experiment the same from now on.
pub fn bind(state: State) {
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    Effect::new(move |first: Option<()>| {
        let query = state.experiment.with(|experiment| state.catalogue.with_value(|all| experiment.to_query(all)));
        if first.is_none() {
            return; // what a visitor typed stays as it is until something changes
        }
        timer.update_value(|timer| {
            timer.take().inspect(TimeoutHandle::clear);
            *timer = set_timeout_with_handle(move || write(&query), PAUSE).ok();
        });
    });
    window_event_listener_untyped("popstate", move |_| {
        if state.stage.with_untracked(|stage| matches!(stage, Stage::Running { .. })) {
            return; // what runs and what is shown stay the same; the address follows with the next change
        }
        let (experiment, problems) = state.catalogue.with_value(read);
        state.problems.set(problems);
        state.experiment.set(experiment);
    });
}

fn write(query: &str) {
    let path = window().location().pathname().unwrap_or_default();
    // no query at all would mean the opening experiment
    let url = format!("{path}?{}", if query.is_empty() { DEFAULT } else { query });
    let history = window().history();
    // refused if it was changed too often, or in a sandboxed frame; the experiment itself is not lost by that
    history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&url))).ok();
}
