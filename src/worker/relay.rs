//! Passes on to the page what processes reply, and what a loop in front of them does, a few replies at a time. The page
//! cannot see either otherwise.
//!
//! Each message to the page takes time from the processes: the message, its copies, and two threads that wake for it.
//! So a timed sample is reported only from the age on from which the page draws it, and in larger pieces.

use std::cell::{Cell, RefCell};

use js_sys::Uint8Array;
use strategies::Reply;
use strategies::trace::{Clock, Span, Stamp};
use wasm_bindgen::prelude::*;

use super::owner::reply;
use crate::link::{BROWSER_CLOCK, DRAWN_FROM, FromRunWorker, LaneUpdate};

/// At least this long between two messages to the page about a cold sample, in milliseconds: half a frame.
const PAUSE: f64 = 8.0;
/// The same of a timed sample: two frames.
const TIMED_PAUSE: f64 = 33.0;

/// What was not reported to the page yet.
pub(super) struct Relay {
    /// Whether the page wants to see the answers: once in a run, for its picture.
    with_answers: Cell<bool>,
    pause: Cell<f64>,
    updates: RefCell<Vec<LaneUpdate>>,
    answers: RefCell<Vec<JsValue>>,
    /// When the next message to the page may be sent.
    due: Cell<Stamp>,
}

impl Relay {
    /// A relay with nothing to report.
    pub fn new() -> Self {
        Self {
            with_answers: Cell::new(false),
            pause: Cell::new(PAUSE),
            updates: RefCell::default(),
            answers: RefCell::default(),
            due: Cell::new(0.0),
        }
    }

    /// Begins a sample, cold or timed; `with_answers` says whether the page wants to see its answers.
    pub fn begin(&self, cold: bool, with_answers: bool) {
        self.with_answers.set(with_answers);
        self.pause.set(if cold { PAUSE } else { TIMED_PAUSE });
        self.due.set(BROWSER_CLOCK.now() + if cold { PAUSE } else { DRAWN_FROM });
        self.updates.take();
    }

    /// Notes a reply; its answers, which have these lengths, are in the buffer.
    pub fn reply(&self, lane: usize, reply: &Reply, lengths: &[u32], buffer: &JsValue) {
        let mut update = LaneUpdate { lane, done: Vec::new(), lengths: Vec::new(), spans: reply.spans.clone() };
        if self.with_answers.get() && !reply.done.is_empty() {
            (update.done, update.lengths) = (reply.done.clone(), lengths.to_vec());
            let joined = buffer.unchecked_ref::<Uint8Array>().slice(0, lengths.iter().sum()); // the buffer goes back
            self.answers.borrow_mut().push(joined.into());
        }
        self.put(update);
    }

    /// Notes that a loop in front has done steps, with the new spans of these.
    pub fn stepped(&self, spans: Vec<Span>) {
        self.put(LaneUpdate { lane: 0, done: Vec::new(), lengths: Vec::new(), spans });
    }

    fn put(&self, update: LaneUpdate) {
        self.updates.borrow_mut().push(update);
        let now = BROWSER_CLOCK.now();
        if now >= self.due.get() {
            self.due.set(now + self.pause.get());
            reply_all(self.updates.take(), self.answers.take());
        }
    }

    /// Ends the sample: sends the answers of a cold sample that were not sent yet. Lanes come whole, later.
    pub fn end(&self) {
        let updates = self.updates.take();
        if updates.iter().any(|update| !update.done.is_empty()) {
            reply_all(updates, self.answers.take());
        }
    }
}

fn reply_all(updates: Vec<LaneUpdate>, answers: Vec<JsValue>) {
    reply(&FromRunWorker::Updates(updates), answers);
}
