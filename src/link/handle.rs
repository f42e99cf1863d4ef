//! A worker as its owner holds it: started with an error handler and a time limit, ended when dropped.
//!
//! The page holds its run workers in this way, and a run worker its processes. Whatever goes wrong in the worker (a
//! missing script, an exception, a trap) arrives as an error in the same inbox as its messages, so that no receiver
//! waits for ever. Messages about its clock go to [`TheirClock`] at once.

use std::rc::Rc;
use std::time::Duration;

use futures_channel::mpsc;
use futures_util::StreamExt;
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use strategies::{Failure, Loss};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, Event, MessageEvent, WorkerOptions, WorkerType};

use super::broke::WhenBroken;
use super::driver::delivered;
use super::their_clock::TheirClock;
use super::timers::within;
use super::wire::{pack, unpack};

/// How long a worker may take to start.
pub const START_LIMIT: Duration = Duration::from_secs(10);

/// What a worker is started as; the same binary plays both parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Starts threads or processes, and runs strategies with them.
    RunWorker,
    /// Carries out orders in a memory of its own.
    Process,
}

impl Role {
    /// Its name in the message that starts a worker.
    pub fn name(self) -> &'static str {
        match self {
            Self::RunWorker => "run worker",
            Self::Process => "process",
        }
    }
}

thread_local! {
    /// Marks an error event as handled.
    static HUSH: js_sys::Function =
        Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default()).into_js_value().unchecked_into();
}

type Inbox = mpsc::UnboundedReceiver<Result<JsValue, Loss>>;

/// A started worker.
pub struct Worker {
    inner: web_sys::Worker,
    inbox: Inbox,
    clock: Rc<TheirClock>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
    _when_broken: WhenBroken,
}

#[wasm_bindgen]
extern "C" {
    /// A worker, for the function that ends it.
    type Ended;
    #[wasm_bindgen(method, getter, structural)]
    fn terminate(this: &Ended) -> js_sys::Function;
}

impl Worker {
    /// Starts the script at this address in a worker and hands it this binary's compiled module and its role.
    ///
    /// # Errors
    /// When the browser refuses to make a worker at all; later failures arrive in the inbox.
    pub fn start(role: Role, script: &str) -> Result<Self, Failure> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(role.name());
        let inner = web_sys::Worker::new_with_options(script, &options)
            .map_err(|error| Failure::NotStarted { process: None, why: describe(&error) })?;
        let (post, inbox) = mpsc::unbounded();
        let post_error = post.clone();
        let clock = Rc::new(TheirClock::new(inner.clone()));
        let their_clock = clock.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_f64() {
                Some(time) => their_clock.tells(time),
                None => _ = post.unbounded_send(Ok(event.data())),
            }
            delivered();
        });
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            post_error.unbounded_send(Err(reason(&event))).ok();
            delivered();
        });
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        inner.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // another page that measures beside a broken one needs the cores
        let terminate = inner.unchecked_ref::<Ended>().terminate().bind0(&inner);
        let (_on_message, _on_error, _when_broken) = (on_message, on_error, WhenBroken::call(terminate));
        let worker = Self { inner, inbox, clock, _on_message, _on_error, _when_broken };
        let hello = Array::of2(&role.name().into(), &wasm_bindgen::module());
        worker
            .inner
            .post_message(&hello)
            .map_err(|error| Failure::NotStarted { process: None, why: describe(&error) })?;
        Ok(worker)
    }

    /// The next message, however long it takes.
    ///
    /// # Errors
    /// When the worker failed, or its message cannot be read.
    pub async fn next<T: DeserializeOwned>(&mut self) -> Result<(T, Array), Failure> {
        open(self.inbox.next().await)
    }

    /// The next message, or `None` if none came within `limit`.
    ///
    /// # Errors
    /// When the worker failed, or its message cannot be read.
    pub async fn receive<T: DeserializeOwned>(&mut self, limit: Duration) -> Result<Option<(T, Array)>, Failure> {
        within(limit, self.inbox.next()).await.map(open).transpose()
    }

    /// Leaves the worker to be ended with its owner, which has to end soon. A worker that has sent nothing may still
    /// wait for one of the browser's worker slots, and in Firefox a worker that ends such a child never gets on.
    pub fn leave(self) {
        std::mem::forget(self);
    }

    /// The worker's clock, as its owner sees it.
    pub fn clock(&self) -> Rc<TheirClock> {
        self.clock.clone()
    }

    /// A second handle to send by, apart from the inbox.
    pub fn sender(&self) -> Sender {
        Sender(self.inner.clone())
    }
}

/// Sends messages to a worker whose [`Worker`] is held elsewhere.
pub struct Sender(web_sys::Worker);

impl Sender {
    /// Sends a message; attachments are copied.
    ///
    /// # Errors
    /// When an attachment cannot be cloned.
    pub fn send<T: Serialize>(&self, body: &T, attachments: Vec<JsValue>) -> Result<(), Failure> {
        self.post(&pack(body, attachments), &Array::new())
    }

    /// Sends a message and transfers its attachment's buffer.
    ///
    /// # Errors
    /// When the buffer cannot be transferred, because it already was.
    pub fn send_giving<T: Serialize>(&self, body: &T, attachment: &Uint8Array) -> Result<(), Failure> {
        self.post(&pack(body, [attachment.into()]), &Array::of1(&attachment.buffer()))
    }

    fn post(&self, message: &Array, given: &Array) -> Result<(), Failure> {
        let sent = self.0.post_message_with_transfer(message, given);
        sent.map_err(|error| Failure::Lost(describe(&error)))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        end(&self.inner);
    }
}

/// Ends a worker whose messages are no longer read.
pub fn end(worker: &web_sys::Worker) {
    worker.set_onmessage(None);
    worker.set_onmessageerror(None);
    // an error that is already on its way arrives after the end, when no owner handles it any more
    HUSH.with(|hush| worker.set_onerror(Some(hush)));
    worker.terminate();
}

fn open<T: DeserializeOwned>(event: Option<Result<JsValue, Loss>>) -> Result<(T, Array), Failure> {
    match event {
        Some(Ok(message)) => unpack(&message),
        Some(Err(reason)) => Err(Failure::Lost(reason)),
        None => Err(Failure::Lost(Loss::Ended)),
    }
}

/// The reason that an error event gives; if the script could not be loaded, the event has no message.
pub fn reason(event: &Event) -> Loss {
    let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
    if message.is_empty() { Loss::NoScript } else { Loss::Browser(message) }
}

/// The reason that a thrown value gives.
pub fn describe(error: &JsValue) -> Loss {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.map_or(Loss::Panicked(None), Loss::Browser)
}
