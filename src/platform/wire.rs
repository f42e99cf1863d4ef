//! What the page, its run workers and their processes say to each other.
//!
//! A letter is a JavaScript array: its body, encoded by postcard, then attachments (bytes, a memory, a module) as they
//! are. The set of letters is closed; one that cannot be read means that page and worker are of different versions.

use js_sys::Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use workloads::Params;

use crate::strategy::{Failure, Job, Order, Reply};
use crate::trace::{Span, Stamp};

/// Parameters by name, for another memory to look up.
pub type Named = Vec<(String, u32)>;

/// Names parameters.
pub fn named(params: &Params) -> Named {
    params.iter().map(|(param, value)| (param.key.into(), value)).collect()
}

/// A job by name, for another memory to look up. Its files are attached where they are needed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NamedJob {
    workload: String,
    params: Named,
    seed: u64,
}

impl NamedJob {
    /// Names a job.
    pub fn of(job: &Job) -> Self {
        Self { workload: job.workload.info().id.into(), params: named(&job.params), seed: job.seed }
    }

    /// Finds it again, without its files.
    ///
    /// # Errors
    /// When this version has no such workload or parameter.
    pub fn look_up(&self) -> Result<Job, Failure> {
        Job::find(&self.workload, &self.params, self.seed)
    }
}

/// From the page to its run worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToRunWorker {
    /// Start threads or processes for this. Attached: the job's files.
    Open {
        /// The strategy's id.
        strategy: String,
        /// The strategies' parameters.
        settings: Named,
        /// How many threads or processes.
        workers: usize,
        /// What is to be done.
        job: NamedJob,
        /// Whether lanes record.
        traced: bool,
        /// Whether memory can be shared.
        share: bool,
    },
    /// Take a sample.
    Sample {
        /// The cold one, whose lanes begin with a start-up of so many milliseconds.
        cold: Option<f64>,
        /// How often the work is done.
        repeats: usize,
    },
    /// Start so many threads, and tell what they cost.
    Probe {
        /// How many threads.
        workers: usize,
    },
    /// Stop between two steps.
    Cancel,
}

/// What one reply of a process told, or one part of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    /// The process's lane.
    pub lane: usize,
    /// The numbers of the tasks whose answers are attached.
    pub done: Vec<u32>,
    /// What the process did.
    pub spans: Vec<Span>,
}

/// From a run worker to its page.
#[derive(Debug, Serialize, Deserialize)]
pub enum FromRunWorker {
    /// Threads or processes are there. Attached: the worker's memory, if it is shared.
    Ready {
        /// Address of the word that cancels.
        cancel: u32,
        /// Address of the word that tells of a trap.
        trapped: u32,
    },
    /// A sample is about to begin.
    Begun {
        /// Addresses of the lanes' buffers.
        lanes: Vec<u32>,
        /// Address of the board's slots.
        board: u32,
        /// How many slots.
        slots: usize,
    },
    /// What processes replied since the last of these. Attached: the answers, if they are part of a picture.
    Replies(Vec<Told>),
    /// A sample is done. Attached: the words of each lane.
    Done {
        /// When it began.
        epoch: Stamp,
        /// Milliseconds from the epoch to the last answer.
        makespan: f64,
        /// The whole answer.
        answer: String,
        /// What each task got done in each millisecond, if the workload counts that.
        activity: Vec<Vec<u32>>,
    },
    /// Costs by name, with their samples in microseconds.
    Probed(Vec<(String, Vec<f64>)>),
    /// It came to nothing.
    Failed(Failure),
}

/// From a run worker to a process.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToProcess {
    /// What all orders are part of.
    Job(NamedJob),
    /// Send what is attached back.
    Echo {
        /// Whether it is given away, in both directions, rather than copied.
        transfer: bool,
    },
    /// Some tasks. Attached: the parts of their inputs, so many for each task.
    Order(Order, Vec<u32>),
}

/// From a process to its run worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum FromProcess {
    /// The job is known; send orders.
    Ready,
    /// Attached: what was sent.
    Echo,
    /// They are done, or a part of them is. Attached: their answers.
    Reply(Reply),
}

/// Folds a letter.
pub fn pack<T: Serialize>(body: &T, attachments: impl IntoIterator<Item = JsValue>) -> Array {
    let body = postcard::to_allocvec(body).expect("letters are plain data");
    std::iter::once(attach(&body)).chain(attachments).collect()
}

/// Opens a letter: its body, and the whole array with the attachments from index 1.
///
/// # Errors
/// When it is no letter of this version.
pub fn unpack<T: DeserializeOwned>(letter: &JsValue) -> Result<(T, Array), Failure> {
    let garbled = |what: &str| Failure::Garbled(what.into());
    let parts: &Array = letter.dyn_ref().ok_or_else(|| garbled("a message that is no letter"))?;
    let body = detach(parts.get(0));
    let body = postcard::from_bytes(&body).map_err(|_| garbled("a letter that cannot be read"))?;
    Ok((body, parts.clone()))
}

/// Copies bytes out of this memory, into an attachment.
pub fn attach(bytes: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(bytes).into()
}

/// Copies an attachment's bytes into this memory.
pub fn detach(attachment: JsValue) -> Vec<u8> {
    attachment.dyn_into::<js_sys::Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default()
}
