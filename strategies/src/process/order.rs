//! What crosses between a process and its feeder: an order of tasks, and the reply to it.

use std::iter::repeat;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workloads::{Answer, SharedBytes};

use crate::trace::{Lengths, Span, Stamp, TaskRecord};
use crate::{Account, Batch, Finished, SampleContext};

/// How a process carries out an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// One task after the other, blocking when one waits.
    InTurn,
    /// All of them interleaved, a step each; their waits overlap.
    Interleaved,
    /// The order's only task goes on until it waits or is done; while it waits, the process is free. If the process has
    /// not begun the task, its first steps, up to the first that is not light, have been carried out elsewhere.
    Advance,
}

/// Some tasks for a process, which knows the job already.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    /// How to carry them out.
    pub mode: Mode,
    /// The tasks' phase.
    pub phase: usize,
    /// Their places in the phase.
    pub tasks: Vec<u32>,
    /// The number that spans give to the phase's task 0; the others follow.
    pub number: u32,
    /// When the order was sent.
    pub sent: Stamp,
    /// When the sample began.
    pub epoch: Stamp,
    /// When the current repeat of the job began, in milliseconds since the epoch.
    pub begun: f64,
    /// Whether spans are wanted.
    pub traced: bool,
    /// The [slack](crate::trace::slack) with which steps off their core are detected; `None` if they are not to be.
    pub slack: Option<u32>,
    /// For a task that is to advance, the account of its steps that were carried out elsewhere.
    pub account: Account,
    /// The inputs of each task; they cross as bytes beside the order. Empty for a task that the process has begun.
    #[serde(skip)]
    pub inputs: Vec<Vec<SharedBytes>>,
}

/// What a process sends back, whole or in parts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reply {
    /// Whether more of it follows.
    pub more: bool,
    /// The numbers of the tasks that are done, in the order of `answers`.
    pub done: Vec<u32>,
    /// The records of those tasks, as far as the process knows.
    pub records: Vec<TaskRecord>,
    /// How long the task of an order to advance waits before it goes on; `None` if it is done.
    pub wait: Option<Duration>,
    /// What the process did since its last reply, or part of one.
    pub spans: Vec<Span>,
    /// How many spans did not fit into the process's buffer.
    pub lost: u32,
    /// How long its steps were meanwhile.
    pub lengths: Lengths,
    /// The answers; they cross as bytes beside the reply.
    #[serde(skip)]
    pub answers: Vec<Answer>,
}

impl Order {
    /// How many bytes of inputs cross with it.
    pub fn bytes(&self) -> usize {
        self.inputs.iter().flatten().map(|part| part.len()).sum()
    }
}

impl Reply {
    /// How many bytes of answers cross with it.
    pub fn bytes(&self) -> usize {
        self.answers.iter().map(Vec::len).sum()
    }

    /// Adds the part that came next.
    pub fn add(&mut self, part: Self) {
        self.more = part.more;
        self.wait = part.wait;
        self.lost += part.lost;
        self.lengths.add(&part.lengths);
        self.done.extend(part.done);
        self.records.extend(part.records);
        self.spans.extend(part.spans);
        self.answers.extend(part.answers);
    }

    /// Records on `lane` what the process did, and puts its answers up.
    pub fn take_in(self, lane: usize, batch: &Batch<'_>, sample: &SampleContext<'_>) {
        self.spans.iter().for_each(|span| sample.lanes[lane].put(*span));
        sample.lanes[lane].lose(self.lost);
        sample.lanes[lane].add_lengths(&self.lengths);
        let first = batch.answers.task(0);
        let records = self.records.into_iter().chain(repeat(TaskRecord::default()));
        for ((number, answer), record) in self.done.into_iter().zip(self.answers).zip(records) {
            batch.answers.put(number.saturating_sub(first) as usize, lane, Finished { answer, record });
        }
    }
}
