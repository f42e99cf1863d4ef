//! On a page with one lab, the URL and the experiment follow each other; on every page, the URL has the settings.
//!
//! Read at the start and when the visitor goes back or forward; written a moment after the last change, because
//! browsers limit how often a page may do that.

use std::time::Duration;

use lab::experiment::{ClaimedCores, Experiment, Problem, Settings, from_query, says_nothing, to_query};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::{Lab, PageState};

/// What is written for the default experiment, whose shortest query is empty.
const DEFAULT: &str = "view=full";
/// Browsers allow about three changes a second in the long run.
const PAUSE: Duration = Duration::from_millis(350);

/// What the URL says now, and what in it was not legal.
pub fn read(cores: ClaimedCores) -> (Experiment, Settings, Vec<Problem>) {
    let query = window().location().search().unwrap_or_default();
    if says_nothing(&query) {
        return (Experiment::opening(cores), Settings::default(), Vec::new());
    }
    from_query(&query, cores)
}

/// Keeps the URL, the settings and the lab's experiment the same from now on.
pub fn bind(page: PageState, lab: Lab) {
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    Effect::new(move |first: Option<()>| {
        let query =
            lab.experiment.with(|experiment| page.settings.with(|settings| to_query(experiment, settings, page.cores)));
        if first.is_none() {
            return; // what a visitor typed stays as it is until something changes
        }
        timer.update_value(|timer| {
            timer.take().inspect(TimeoutHandle::clear);
            *timer = set_timeout_with_handle(move || write(&query), PAUSE).ok();
        });
    });
    window_event_listener_untyped("popstate", move |_| {
        if lab.running_now() {
            return; // what runs and what is shown stay the same; the address follows with the next change
        }
        let (experiment, settings, problems) = read(page.cores);
        lab.problems.set(problems.iter().map(words::problem).collect());
        page.settings.set(settings);
        lab.experiment.set(experiment);
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
