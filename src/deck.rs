//! The page as a deck, or a script, drives it: by messages, answered by messages.

use std::cell::RefCell;
use std::rc::Rc;

use lab::experiment::{Experiment, parse};
use leptos::prelude::*;
use strategies::Failure;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use words::{Arg, decision as say, en};

use super::browser::{Incoming, Parent, list, object, parsed};
use super::state::{self, Caller, Ending, Lab, OnProgress, PageState, RunState};

/// What an experiment in a message may look like.
const EXAMPLE: &str = "{\"workload\": \"primes\"}";

/// The ids of all requests that are not yet answered, as JSON text. Each is answered once, whatever happens: should the
/// page stop at an error of its own, `www/broken.js` reads them in the document, and answers.
#[derive(Clone, Default)]
struct OpenRequests(Rc<RefCell<Vec<String>>>);

impl OpenRequests {
    /// Notes a request; returns false if its id already waits for an answer, so that it was only asked again.
    fn note(&self, id: &str) -> bool {
        let again = id != NO_ID && self.0.borrow().iter().any(|other| other == id);
        if !again {
            self.0.borrow_mut().push(id.into());
            self.write();
        }
        !again
    }

    /// Closes a request that is about to be answered; returns false if it has its answer already, because the page
    /// stopped at an error of its own.
    fn is_open(&self, id: &str) -> bool {
        let root = document().document_element();
        let open = root.and_then(|root| root.get_attribute("data-asked")).is_some_and(|asked| asked != "[]");
        let mut all = self.0.borrow_mut();
        if let Some(at) = all.iter().position(|other| other == id) {
            all.remove(at);
        }
        drop(all);
        if open {
            self.write();
        }
        open
    }

    fn write(&self) {
        let ids = format!("[{}]", self.0.borrow().join(","));
        document().document_element().and_then(|root| root.set_attribute("data-asked", &ids).ok());
    }
}

/// The id of a message that has none.
const NO_ID: &str = "null";

/// The parent, with the requests that it waits for.
#[derive(Clone)]
struct Deck {
    parent: Parent,
    page: PageState,
    /// The id of the run that a message asked for, as JSON text.
    running: Rc<RefCell<Option<String>>>,
    /// The ids of the runs that wait for the current activity to end, as JSON text.
    waiting: Rc<RefCell<Vec<String>>>,
    asked: OpenRequests,
}

/// Listens to the parent from now on, and says that the page is ready.
pub fn bind(page: PageState) {
    let Some(parent) = Parent::find() else { return };
    let deck = Deck {
        parent: parent.clone(),
        page,
        running: Rc::default(),
        waiting: Rc::default(),
        asked: OpenRequests::default(),
    };
    parent.listen({
        let deck = deck.clone();
        move |incoming| deck.hear(incoming)
    });
    // sent once more when all files are there
    Effect::new(move || {
        page.complete.track();
        ready(&deck.parent, page);
    });
}

fn ready(parent: &Parent, page: PageState) {
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

impl Deck {
    fn hear(&self, incoming: Incoming) {
        match incoming {
            Incoming::Hello => ready(&self.parent, self.page),
            Incoming::Cancel { id } => {
                if self.running.borrow().as_ref() == Some(&id) {
                    self.page.exclusive.cancel();
                }
                self.give_up(|waiting| *waiting == id);
            }
            Incoming::Decide { id, project, costs } if self.asked.note(&id) => match project {
                Some(project) => spawn_local(self.clone().decide(id, project, costs)),
                None => self.fail(&id, None, &say::NO_PROJECT.with(&[("example", analyst::PROJECT.into())])),
            },
            Incoming::Run { id, lab, experiment } if self.asked.note(&id) => {
                let deck = self.clone();
                deck.waiting.borrow_mut().push(id.clone());
                spawn_local(async move {
                    if deck.page.exclusive.ending() {
                        deck.page.exclusive.free().await;
                    }
                    if !deck.comes_in(&id) {
                        return; // it was cancelled
                    }
                    if let Err(why) = deck.run(&id, lab, experiment) {
                        deck.fail(&id, None, &why);
                    }
                });
            }
            Incoming::Decide { .. } | Incoming::Run { .. } => {} // asked again: it is answered once
            Incoming::Left => {
                self.give_up(|_| true);
                self.page.rest();
            }
            Incoming::Come => self.page.come_back(),
        }
    }

    /// Takes the run with this id out of those that wait; returns false if it was given up meanwhile.
    fn comes_in(&self, id: &str) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let at = waiting.iter().position(|waiting| waiting == id);
        at.map(|at| waiting.remove(at)).is_some()
    }

    /// Gives up those of the waiting runs that are `meant`; they never begin.
    fn give_up(&self, meant: impl Fn(&String) -> bool) {
        let (given_up, left): (Vec<_>, _) = self.waiting.take().into_iter().partition(meant);
        self.waiting.replace(left);
        given_up.iter().for_each(|id| self.fail(id, None, &words::failure(&Failure::Cancelled)));
    }

    /// Starts the run that a message asks for.
    ///
    /// # Errors
    /// Why it does not start, in words.
    fn run(&self, id: &str, lab: Option<String>, pairs: Option<Vec<(String, String)>>) -> Result<(), String> {
        let page = self.page;
        let pairs = pairs.ok_or_else(|| en::NO_EXPERIMENT.with(&[("example", EXAMPLE.into())]))?;
        let lab = find(page, lab)
            .ok_or_else(|| en::NO_SUCH_LAB.with(&[("labs", Arg::digits(page.labs.with_value(Vec::len)))]))?;
        if self.running.borrow().is_some() {
            return Err(en::RUN_GOES_ON.text());
        }
        if page.exclusive.taken() {
            return Err(en::VISITOR_IS_BUSY.text());
        }
        let (experiment, settings, problems) = parse(pairs.iter().cloned(), page.cores);
        let problems: Vec<_> = problems.iter().map(words::problem).collect();
        // how the page looks is not part of the run: only what the message says about it applies
        page.settings.update(|own| own.take(&settings, &pairs));
        lab.experiment.set(experiment);
        let caller = Caller {
            progress: self.clone().progress(id.into(), lab),
            end: self.clone().end(id.into(), lab, problems.clone()),
        };
        if state::run(page, lab, Some(caller)) {
            lab.problems.set(problems);
            self.running.replace(Some(id.into()));
        }
        Ok(())
    }

    /// Sends the decision about a project, and what in the project was not legal and so did not apply.
    async fn decide(self, id: String, project: String, costs: Option<String>) {
        match super::decide::decide(self.page, project, costs).await {
            Ok((decision, problems)) => {
                let problems = list(problems.into_iter().map(JsValue::from));
                self.answer(&id, "lanes:decision", &[("decision", parsed(&decision)), ("problems", problems)]);
            }
            Err(failure) => self.fail(&id, None, &words::failure(&failure)),
        }
    }

    fn progress(self, id: String, lab: Lab) -> OnProgress {
        Box::new(move |progress| {
            let (done, total) = match *progress {
                RunState::Running { done, total } => (done, total),
                _ => (0, 0),
            };
            let fields = [
                ("id", parsed(&id)),
                ("lab", number(lab)),
                ("done", (done as u32).into()),
                ("total", (total as u32).into()),
                ("waiting", (*progress == RunState::Waiting).into()),
            ];
            self.parent.post("lanes:progress", &fields);
        })
    }

    /// Sends the result, and what in the experiment was not legal and so did not apply.
    fn end(self, id: String, lab: Lab, problems: Vec<String>) -> Box<dyn FnOnce(Ending)> {
        Box::new(move |ending| {
            self.running.take();
            match ending {
                Ending::Reported(reported) => {
                    let problems = list(problems.into_iter().map(JsValue::from));
                    let report = parsed(&reported.report);
                    self.answer(
                        &id,
                        "lanes:result",
                        &[("lab", number(lab)), ("report", report), ("problems", problems)],
                    );
                }
                Ending::Failed(failure) => self.fail(&id, Some(lab), &words::failure(&failure)),
            }
        })
    }

    fn fail(&self, id: &str, lab: Option<Lab>, message: &str) {
        let lab = lab.map_or(JsValue::NULL, number);
        self.answer(id, "lanes:error", &[("lab", lab), ("message", message.into())]);
    }

    fn answer(&self, id: &str, kind: &str, fields: &[(&str, JsValue)]) {
        if self.asked.is_open(id) {
            self.parent.post(kind, &[&[("id", parsed(id))], fields].concat());
        }
    }
}

/// The lab that a message names by its number, or the one in view.
fn find(page: PageState, lab: Option<String>) -> Option<Lab> {
    match lab {
        None => page.lab_in_view(),
        Some(number) => page.lab(number.parse().ok()?),
    }
}

fn number(lab: Lab) -> JsValue {
    (lab.number as u32).into()
}
