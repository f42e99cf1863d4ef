//! The messages between the page, its run workers and their processes.
//!
//! A message is a JavaScript array: its body, encoded by postcard, then attachments (bytes, a memory) as they are. The
//! set of messages is closed; one that cannot be read means that page and worker are of different versions. Messages
//! about clocks are not arrays: see [`TheirClock`](super::TheirClock).

use js_sys::Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use strategies::costs::{Cost, CostId};
use strategies::trace::{Span, Stamp, TaskRecord};
use strategies::{Failure, Order, Reply};
use wasm_bindgen::prelude::*;
use workloads::Summary;

use super::{NamedAssignment, NamedJob};

/// From the page to its run worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToRunWorker {
    /// Start threads or processes for this assignment. Attached: the job's files.
    Open(NamedAssignment),
    /// Take a sample.
    Sample {
        /// The start-up time with which its lanes begin, in milliseconds; `None` unless it is the cold sample.
        cold: Option<f64>,
        /// How many times the work is done in the sample.
        repeats: usize,
    },
    /// Start this number of threads, and report what they cost.
    Probe {
        /// How many threads.
        workers: usize,
    },
    /// Measure this step through caches or memory.
    Chase(CostId),
    /// Stop between two steps.
    Cancel,
}

/// What is new on one lane: from a process's reply, from a part of one, or from a loop in front of processes.
#[derive(Debug, Serialize, Deserialize)]
pub struct LaneUpdate {
    /// The lane.
    pub lane: usize,
    /// The numbers of the tasks whose answers are attached.
    pub done: Vec<u32>,
    /// How long each of these answers is, in bytes.
    pub lengths: Vec<u32>,
    /// The spans of what was done.
    pub spans: Vec<Span>,
}

/// From a run worker to its page.
#[derive(Debug, Serialize, Deserialize)]
pub enum FromRunWorker {
    /// Threads or processes are ready. Attached: the memory that threads share, for the page to read. Processes attach
    /// none: their messages contain all that the page needs, and a memory that the page has seen stays until it is
    /// collected.
    Ready {
        /// Address of the word that cancels.
        cancel: u32,
        /// Address of the message that a thread leaves when it stops at an error of its own (see `panics`).
        last_words: u32,
    },
    /// A sample is about to begin.
    Begun {
        /// Addresses of the lanes' buffers.
        lanes: Vec<u32>,
        /// Address of the answers' slots.
        answers: u32,
        /// How many slots.
        slots: usize,
    },
    /// What processes replied, and what a loop in front did, since the last such message. Attached, for each update
    /// with answers that are part of a picture: those answers, joined.
    Updates(Vec<LaneUpdate>),
    /// A sample is done. Attached: the words of each lane.
    Done {
        /// When it began.
        epoch: Stamp,
        /// Milliseconds from the epoch to the last answer.
        makespan: f64,
        /// The whole answer.
        answer: Summary,
        /// What each task got done in each millisecond, if the workload counts that.
        activity: Vec<Vec<u32>>,
        /// What became of each task; empty if nothing was recorded.
        tasks: Vec<TaskRecord>,
        /// How far, in milliseconds, the clocks of the run worker and of its threads or processes have drifted apart; 0
        /// if they have not.
        clocks_apart: f64,
    },
    /// The costs of threads, caches or memory; those for which there was too little memory are left out.
    Probed(Vec<Cost>),
    /// The request failed.
    Failed(Failure),
}

/// From a run worker to a process.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToProcess {
    /// The job that all orders belong to.
    Job(NamedJob),
    /// Send the attachment back.
    Echo {
        /// Whether it is transferred, in both directions, rather than copied.
        transfer: bool,
    },
    /// Tasks to carry out. Attached: a [buffer](super::ReusedBuffers) with the parts of their inputs, which have these
    /// lengths for each task.
    Order(Order, Vec<Vec<u32>>),
}

/// From a process to its run worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum FromProcess {
    /// The job is known; send orders.
    Ready,
    /// Attached: what was sent.
    Echo,
    /// The order's tasks are done, or some of them are. Attached: a [buffer](super::ReusedBuffers) with their answers,
    /// which have these lengths.
    Reply(Reply, Vec<u32>),
    /// The process stops at an error of its own.
    Failed(Failure),
}

/// Writes a message.
pub fn pack<T: Serialize>(body: &T, attachments: impl IntoIterator<Item = JsValue>) -> Array {
    let body = postcard::to_allocvec(body).expect("messages are plain data");
    std::iter::once(attach(&body)).chain(attachments).collect()
}

/// Reads a message: its body, and the whole array with the attachments from index 1.
///
/// # Errors
/// When it is not a message of this version.
pub fn unpack<T: DeserializeOwned>(message: &JsValue) -> Result<(T, Array), Failure> {
    let garbled = |what: &str| Failure::Garbled(what.into());
    let parts: &Array = message.dyn_ref().ok_or_else(|| garbled("a message that is no array"))?;
    let body = detach(parts.get(0));
    let body = postcard::from_bytes(&body).map_err(|_| garbled("a message that cannot be read"))?;
    Ok((body, parts.clone()))
}

/// The failure for a message that its receiver does not expect at this point.
pub fn out_of_turn() -> Failure {
    Failure::Garbled("a message out of turn".into())
}

/// Copies bytes out of this memory, into an attachment.
pub fn attach(bytes: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(bytes).into()
}

/// Copies an attachment's bytes into this memory.
pub fn detach(attachment: JsValue) -> Vec<u8> {
    attachment.dyn_into::<js_sys::Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default()
}

/// Splits `joined` into consecutive pieces of these lengths; where bytes are missing, a piece is shorter or empty.
pub fn split(joined: &[u8], lengths: &[u32]) -> Vec<Vec<u8>> {
    let mut rest = joined;
    let piece = |length: &u32| {
        let (piece, after) = rest.split_at(rest.len().min(*length as usize));
        rest = after;
        piece.to_vec()
    };
    lengths.iter().map(piece).collect()
}
