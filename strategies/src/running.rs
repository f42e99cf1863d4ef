//! A task that is under way, and what is known of it when it is done.

use serde::{Deserialize, Serialize};
use workloads::{Answer, Step, StepKind, Task};

use crate::sample::milliseconds;
use crate::trace::{Lengths, TaskRecord, micros};

/// A task that is under way: it goes wherever its strategy sends it, and takes the account of its steps along.
pub struct Running {
    /// The number that spans give it: counted over all phases.
    pub number: u32,
    pub(crate) task: Box<dyn Task>,
    pub(crate) account: Account,
}

/// What is on record of the steps of a task that is under way.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Account {
    /// How many of its steps were recorded.
    steps: u32,
    /// The length of the first, in microseconds.
    first: u32,
    /// The lengths of all its steps, kept from the second on: where tasks are very many, most take one step each.
    lengths: Lengths,
    /// When it arrived, in microseconds since the sample began; `None` if it was there from the beginning.
    arrived: Option<u32>,
    /// When its last step ended, in microseconds since the sample began.
    ended: u32,
}

/// A task that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// What it leaves behind.
    pub answer: Answer,
    /// Its record; all zero where nothing was recorded.
    pub record: TaskRecord,
}

impl Running {
    /// A task that has not begun.
    pub fn new(number: u32, task: Box<dyn Task>) -> Self {
        Self { number, task, account: Account::default() }
    }

    /// What kind of step the next one is.
    pub fn next(&self) -> StepKind {
        self.task.next()
    }

    /// The finished task, with this answer.
    pub fn finished(self, answer: Answer) -> Finished {
        Finished { answer, record: self.account.record() }
    }
}

impl Account {
    /// Takes a step into account that lasted from `start` to `end`, in microseconds since the sample began. The job
    /// began `begun` milliseconds after the sample. A task whose first step waits until a moment arrives at that
    /// moment.
    pub(crate) fn add(&mut self, step: &Step, [start, end]: [u32; 2], begun: f64) {
        let length = end.saturating_sub(start);
        if let (0, Step::WaitUntil(moment)) = (self.steps, step) {
            self.arrived = Some(micros(begun + milliseconds(*moment)));
        }
        match self.steps {
            0 => self.first = length,
            1 => [self.first, length].into_iter().for_each(|length| self.lengths.count(length)),
            _ => self.lengths.count(length),
        }
        self.steps += 1;
        self.ended = end;
    }

    fn record(self) -> TaskRecord {
        let Self { steps, first, lengths, arrived, ended } = self;
        let quantile = |part| if steps == 1 { first } else { lengths.quantile(part) };
        let [median, p99] = [0.5, 0.99].map(quantile);
        TaskRecord { arrived, done: ended, steps, median, p99, longest: lengths.longest.max(first) }
    }
}

/// An answer without a record.
impl From<Answer> for Finished {
    fn from(answer: Answer) -> Self {
        Self { answer, record: TaskRecord::default() }
    }
}
