//! The page as a deck, or a script, drives it: by messages, answered by messages.

use std::cell::RefCell;
use std::rc::Rc;

use lab::experiment::{Experiment, parse};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use words::{Arg, decision as say, en};

use super::browser::{Incoming, Parent, list, object, parsed};
use super::state::{self, Caller, Ending, Lab, Page, Progress, Told};

/// What an experiment in a message may look like.
const EXAMPLE: &str = "{\"workload\": \"primes\"}";

/// The id of the run that a message asked for, as JSON text.
type Running = Rc<RefCell<Option<String>>>;

/// Listens to the parent from now on, and says that the page is ready.
pub fn bind(page: Page) {
    let Some(parent) = Parent::find() else { return };
    let running = Running::default();
    let answer = parent.clone();
    parent.listen(move |incoming| match incoming {
        Incoming::Hello => ready(&answer, page),
        Incoming::Cancel { id } => {
            if running.borrow().as_ref() == Some(&id) {
                page.exclusive.cancel();
            }
        }
        Incoming::Decide { id, project, costs } => match project {
            Some(project) => spawn_local(decide(answer.clone(), page, id, project, costs)),
            None => fail(&answer, &id, None, &say::NO_PROJECT.with(&[("example", analyst::PROJECT.into())])),
        },
        Incoming::Run { id, lab, experiment } => {
            if let Err(why) = run(&answer, page, &running, &id, lab, experiment) {
                fail(&answer, &id, None, &why);
            }
        }
    });
    // said once more when nothing is missing any longer
    Effect::new(move || {
        page.complete.track();
        ready(&parent, page);
    });
}

fn ready(parent: &Parent, page: Page) {
    let usual = Experiment::opening(page.cores);
    let strategies = strategies::ALL.iter().map(|strategy| {
        let why = strategies::unavailable(*strategy, usual.workload, &usual.params, page.isolation);
        let reason = words::in_english(|| why.as_ref().map(words::unavailable));
        object(&[
            ("id", strategy.meta().id.into()),
            ("available", reason.is_none().into()),
            ("reason", reason.map_or(JsValue::NULL, JsValue::from)),
        ])
    });
    let capabilities = object(&[
        ("workloads", list(workloads::ALL.iter().map(|workload| workload.info().id.into()))),
        ("strategies", list(strategies)),
        ("claimed_cores", (page.cores.0 as u32).into()),
        ("shared_memory", page.isolation.shared_memory().into()),
        ("chapters", list(chapters::NAMES.iter().map(|name| (*name).into()))),
        ("labs", (page.labs.with_value(Vec::len) as u32).into()),
        ("complete", page.complete.get_untracked().into()),
    ]);
    parent.post("lanes:ready", &[("version", env!("CARGO_PKG_VERSION").into()), ("capabilities", capabilities)]);
}

/// Starts the run that a message asks for.
///
/// # Errors
/// Why it does not start, in words.
fn run(
    parent: &Parent,
    page: Page,
    running: &Running,
    id: &str,
    lab: Option<String>,
    pairs: Option<Vec<(String, String)>>,
) -> Result<(), String> {
    let pairs = pairs.ok_or_else(|| en::NO_EXPERIMENT.with(&[("example", EXAMPLE.into())]))?;
    let lab = find(page, lab)
        .ok_or_else(|| en::NO_SUCH_LAB.with(&[("labs", Arg::Digits(page.labs.with_value(Vec::len) as u64))]))?;
    if running.borrow().is_some() {
        return Err(en::RUN_GOES_ON.text());
    }
    if page.exclusive.taken() {
        return Err(en::VISITOR_IS_BUSY.text());
    }
    let (experiment, settings, problems) = parse(pairs.iter().cloned(), page.cores);
    let problems: Vec<_> = problems.iter().map(words::problem).collect();
    // how the page looks is not the run's business: only what the message says of it applies
    page.settings.update(|own| own.take(&settings, &pairs));
    lab.experiment.set(experiment);
    let caller = Caller {
        progress: progress(parent.clone(), id.into(), lab),
        end: end(parent.clone(), id.into(), lab, problems.clone(), running.clone()),
    };
    if state::run(page, lab, Some(caller)) {
        lab.problems.set(problems);
        running.replace(Some(id.into()));
    }
    Ok(())
}

/// Sends the decision about a project, with what of the project was not legal and so did not apply.
async fn decide(parent: Parent, page: Page, id: String, project: String, costs: Option<String>) {
    match super::decide::decide(page, project, costs).await {
        Ok((decision, problems)) => {
            let problems = list(problems.into_iter().map(JsValue::from));
            parent.post(
                "lanes:decision",
                &[("id", parsed(&id)), ("decision", parsed(&decision)), ("problems", problems)],
            );
        }
        Err(failure) => fail(&parent, &id, None, &words::failure(&failure)),
    }
}

/// The lab that a message names by its number, or the one in view.
fn find(page: Page, lab: Option<String>) -> Option<Lab> {
    match lab {
        None => page.lab_in_view(),
        Some(number) => page.lab(number.parse().ok()?),
    }
}

fn progress(parent: Parent, id: String, lab: Lab) -> Told {
    Box::new(move |progress| {
        let (done, total) = match *progress {
            Progress::Running { done, total } => (done, total),
            _ => (0, 0),
        };
        let fields = [
            ("id", parsed(&id)),
            ("lab", number(lab)),
            ("done", (done as u32).into()),
            ("total", (total as u32).into()),
            ("waiting", (*progress == Progress::Waiting).into()),
        ];
        parent.post("lanes:progress", &fields);
    })
}

/// Sends the result, with what of the experiment was not legal and so did not apply.
fn end(parent: Parent, id: String, lab: Lab, problems: Vec<String>, running: Running) -> Box<dyn FnOnce(Ending)> {
    Box::new(move |ending| {
        running.take();
        match ending {
            Ending::Reported(reported) => {
                let problems = list(problems.into_iter().map(JsValue::from));
                let report = parsed(&reported.report);
                let fields = [("id", parsed(&id)), ("lab", number(lab)), ("report", report), ("problems", problems)];
                parent.post("lanes:result", &fields);
            }
            Ending::Failed(failure) => fail(&parent, &id, Some(lab), &words::failure(&failure)),
        }
    })
}

fn number(lab: Lab) -> JsValue {
    (lab.number as u32).into()
}

fn fail(parent: &Parent, id: &str, lab: Option<Lab>, message: &str) {
    let lab = lab.map_or(JsValue::NULL, number);
    parent.post("lanes:error", &[("id", parsed(id)), ("lab", lab), ("message", message.into())]);
}
