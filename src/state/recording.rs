//! A report that was not made here and now: a file that the visitor opens or drops. It is shown as a run is.

use std::rc::Rc;

use analyst::{About, Answer};
use lab::experiment::parse;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Lab, Page, Progress};
use crate::browser::{another_answer, ask, read_text};

/// Shows the report in this file, or says why it cannot.
pub fn open_file(page: Page, lab: Lab, file: web_sys::File) {
    spawn_local(async move {
        let opened = async { ask(page.language_file(), About::Report(read_text(&file).await?)).await }.await;
        if lab.running_now() {
            return; // it was opened just before a run began
        }
        match opened {
            Ok(Answer::Shown(reported)) => {
                let (experiment, ..) = parse(reported.shown.experiment.clone(), page.cores);
                lab.problems.set(Vec::new());
                lab.experiment.set(experiment.clone());
                let reported = Rc::new(*reported);
                lab.recording.set(Some(experiment));
                lab.earlier.set(false);
                lab.outcome.set(Some(reported.clone()));
                lab.progress.set(Progress::Done);
                lab.canvases.get_value().show(&reported.shown);
            }
            Ok(Answer::Unreadable(why)) => lab.problems.set(vec![words::unreadable(&why)]),
            other => {
                let failure = other.err().unwrap_or_else(another_answer);
                lab.problems.set(vec![words::failure(&failure)]);
            }
        }
    });
}
