//! The analyst, as the page sees it: a worker that is started when first asked, and answers one question at a time.

use std::cell::RefCell;
use std::time::Duration;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use futures_util::pin_mut;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, WorkerOptions, WorkerType};

use super::sleep;
use super::worker::{address_of, describe, reason};
use crate::strategy::Failure;

/// No question takes nearly so long; most of it is for a slow network, the first time.
const LIMIT: Duration = Duration::from_secs(60);

thread_local! {
    static ANALYST: RefCell<Option<web_sys::Worker>> = const { RefCell::new(None) };
}

/// Asks the analyst. The page must not ask again before it has the answer.
///
/// # Errors
/// When the analyst could not be loaded, failed, or took too long. The next question starts a new one.
pub async fn ask<Q: Serialize, A: DeserializeOwned>(question: &Q) -> Result<A, Failure> {
    let bytes = postcard::to_allocvec(question).expect("questions are plain data");
    let answered = exchange(&bytes).await.and_then(|answer| {
        postcard::from_bytes(&answer).map_err(|_| Failure::Garbled("an answer that cannot be read".into()))
    });
    if answered.is_err() {
        ANALYST.take().iter().for_each(web_sys::Worker::terminate);
    }
    answered
}

async fn exchange(question: &[u8]) -> Result<Vec<u8>, Failure> {
    let failed = |why: String| Failure::NoAnalysis(why);
    let thrown = |error: JsValue| failed(describe(&error));
    if ANALYST.with_borrow(Option::is_none) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(&address_of("analysis.js"), &options).map_err(thrown)?;
        ANALYST.set(Some(worker));
    }
    let worker = ANALYST.with_borrow(Clone::clone).expect("just started");
    let (tell, told) = oneshot::channel();
    let tell = RefCell::new(Some(tell));
    let arrived = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let outcome = match event.dyn_ref::<MessageEvent>().map(MessageEvent::data) {
            Some(data) if event.type_() == "message" => Ok(data.unchecked_into::<Uint8Array>().to_vec()),
            _ => {
                event.prevent_default();
                Err(reason(&event))
            }
        };
        tell.take().map(|tell| tell.send(outcome));
    });
    worker.set_onmessage(Some(arrived.as_ref().unchecked_ref()));
    worker.set_onerror(Some(arrived.as_ref().unchecked_ref()));
    worker.post_message(&Uint8Array::from(question)).map_err(thrown)?;
    let late = sleep(LIMIT);
    pin_mut!(late);
    let outcome = match select(told, late).await {
        Either::Left((outcome, _)) => outcome.unwrap_or_else(|_| Err("it was stopped".into())),
        Either::Right(_) => Err(format!("it took more than {} s", LIMIT.as_secs())),
    };
    worker.set_onmessage(None);
    worker.set_onerror(None);
    outcome.map_err(failed)
}
