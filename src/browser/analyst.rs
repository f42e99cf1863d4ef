//! The analyst, as the page sees it: a worker that is started when first asked, and answers one question at a time; the
//! others wait in a queue. Questions that take long have a queue, and a worker, of their own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use analyst::{About, AnalystAnswer, AnalystQuestion, message};
use futures_channel::oneshot;
use js_sys::Uint8Array;
use strategies::{Failure, Loss};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, WorkerOptions, WorkerType};

use super::cancel::Cancel;
use super::files;
use super::policy::explained;
use super::room::with_room;
use crate::link::{describe, end, reason, within};

/// How long an answer may take. The slowest question takes some seconds; the rest is for slow and busy machines.
const LIMIT: Duration = Duration::from_secs(60);

/// The questions that wait for an analyst, one behind the other.
#[derive(Default)]
struct Queue {
    /// The analyst, while it has nothing to do.
    analyst: Cell<Option<Analyst>>,
    /// Completes when the last question in the queue has its answer or was dropped.
    last: Cell<Option<oneshot::Receiver<()>>>,
}

thread_local! {
    static QUICK: Rc<Queue> = Rc::default();
    static LONG: Rc<Queue> = Rc::default();
}

/// Asks the analyst. If the future is dropped before the answer is there, so is the analyst.
///
/// # Errors
/// When the analyst could not be loaded, failed, or took too long. The next question starts a new one.
pub async fn ask(language: Option<String>, about: About) -> Result<AnalystAnswer, Failure> {
    let queue = if about.takes_long() { &LONG } else { &QUICK }.with(Rc::clone);
    let (_answered, told) = oneshot::channel();
    if let Some(before) = queue.last.replace(Some(told)) {
        before.await.ok();
    }
    let question = message::write(&AnalystQuestion { language, about });
    let answer = with_room(&Cancel::default(), async || queue.answer(&question).await).await;
    match answer {
        Err(failure) => Err(explained(failure).await),
        answer => answer,
    }
}

impl Queue {
    async fn answer(&self, question: &[u8]) -> Result<AnalystAnswer, Failure> {
        let analyst = match self.analyst.take() {
            Some(analyst) => analyst, // put back only if it answers well
            None => Analyst::start().await?,
        };
        let answer = within(LIMIT, analyst.answer(question)).await;
        let late = || Err(Failure::NoAnalysis(Loss::Late(LIMIT.as_secs())));
        let answer = message::read(&answer.unwrap_or_else(late)?).ok_or(Failure::NoAnalysis(Loss::AnotherVersion))?;
        self.analyst.set(Some(analyst));
        Ok(answer)
    }
}

/// Ends the analysts that are idle; the next question starts a new one.
pub fn dismiss_analysts() {
    for queue in [&QUICK, &LONG] {
        queue.with(|queue| drop(queue.analyst.take()));
    }
}

/// The failure for an answer that belongs to another question.
pub fn another_answer() -> Failure {
    Failure::Garbled("an answer to another question".into())
}

/// The analyst's worker, ended when dropped.
struct Analyst(web_sys::Worker);

impl Analyst {
    async fn start() -> Result<Self, Failure> {
        let (script, module) = files::analyst().await?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name("analyst");
        let worker = web_sys::Worker::new_with_options(&script, &options).map_err(thrown)?;
        worker.post_message(&module).map_err(thrown)?;
        Ok(Self(worker))
    }

    async fn answer(&self, question: &[u8]) -> Result<Vec<u8>, Failure> {
        let (tell, told) = oneshot::channel();
        let tell = RefCell::new(Some(tell));
        let arrived = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let outcome = match event.dyn_ref::<MessageEvent>().map(MessageEvent::data) {
                Some(data) if event.type_() == "message" => Ok(data.unchecked_into::<Uint8Array>().to_vec()),
                _ => {
                    event.prevent_default();
                    Err(match reason(&event) {
                        // its script and its module do not belong together
                        Loss::Browser(said) if said.contains("LinkError") => Loss::AnotherVersion,
                        reason => reason,
                    })
                }
            };
            tell.take().map(|tell| tell.send(outcome));
        });
        self.listen(Some(arrived.as_ref().unchecked_ref()));
        self.0.post_message(&Uint8Array::from(question)).map_err(thrown)?;
        let outcome = told.await.expect("its sender lives in `arrived`, which is still here");
        self.listen(None);
        outcome.map_err(Failure::NoAnalysis)
    }

    fn listen(&self, listener: Option<&js_sys::Function>) {
        self.0.set_onmessage(listener);
        self.0.set_onerror(listener);
    }
}

impl Drop for Analyst {
    fn drop(&mut self) {
        end(&self.0);
    }
}

fn thrown(error: JsValue) -> Failure {
    Failure::NoAnalysis(describe(&error))
}
