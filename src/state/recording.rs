//! A report that was not made here and now: a file that the visitor opens or drops. It is shown as a run is.

use std::rc::Rc;

use analyst::{About, AnalystAnswer};
use lab::experiment::parse;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Lab, PageState, RunState};
use crate::browser::{another_answer, ask, read_text};

/// Shows the report in this file, or says why it cannot.
pub fn open_file(page: PageState, lab: Lab, file: web_sys::File) {
    spawn_local(async move {
        let opened = async { ask(page.language_file(), About::Report(read_text(&file).await?)).await }.await;
        if lab.running_now() {
            return; // it was opened just before a run began
        }
        match opened {
            Ok(AnalystAnswer::Shown(reported)) => {
                let (experiment, ..) = parse(reported.shown.experiment.clone(), page.cores);
                lab.problems.set(Vec::new());
                lab.experiment.set(experiment.clone());
                let reported = Rc::new(*reported);
                lab.recording.set(Some(experiment));
                lab.earlier.set(false);
                lab.outcome.set(Some(reported.clone()));
                lab.progress.set(RunState::Done);
                lab.canvases.get_value().show(&reported.shown);
            }
            Ok(AnalystAnswer::Unreadable(why)) => lab.problems.set(vec![words::unreadable(&why)]),
            other => {
                let failure = other.err().unwrap_or_else(another_answer);
                lab.problems.set(vec![words::failure(&failure)]);
            }
        }
    });
}
