//! What a sample is performed on: the job, its lanes, the clock, the board, and the flag that ends it early.
//!
//! A stage is shared by all lanes of a sample (it is `Sync`); what only one context can use is in the `Host`.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use workloads::{Answer, Params, Step, Task, Workload};

use super::Failure;
use crate::trace::{Board, BoardPart, Cause, Clock, LaneBuffer, Stamp};

/// What is to be done, completely: equal jobs have equal tasks, in every memory.
#[derive(Clone)]
pub struct Job {
    /// The workload.
    pub workload: &'static dyn Workload,
    /// Its parameters.
    pub params: Params,
    /// The seed of everything random in it.
    pub seed: u64,
}

impl Job {
    /// The job of these names, as another memory gave them.
    ///
    /// # Errors
    /// When this version has no such workload or parameter.
    pub fn find(workload: &str, params: &[(String, u32)], seed: u64) -> Result<Self, Failure> {
        let workload = workloads::find(workload).ok_or_else(|| Failure::Garbled(workload.into()))?;
        let mut own = Params::defaults(workload.info());
        for (key, value) in params {
            own.set(key, *value).map_err(|_| Failure::Garbled(key.clone()))?;
        }
        Ok(Self { workload, params: own, seed })
    }
}

/// The tasks of one phase.
pub struct Batch<'a> {
    /// Whose they are.
    pub job: &'a Job,
    /// The phase, from 0.
    pub phase: usize,
    /// One input per task.
    pub inputs: Vec<Vec<u8>>,
    /// Where their answers go.
    pub board: BoardPart<'a>,
}

impl Batch<'_> {
    /// Builds task `index`.
    pub fn task(&self, index: usize) -> Box<dyn Task> {
        let Job { workload, params, seed } = self.job;
        workload.task(params, *seed, self.phase, index, &self.inputs[index])
    }
}

/// Everything that the lanes of a sample share.
pub struct Stage<'a> {
    /// What is to be done.
    pub job: &'a Job,
    /// Where each lane records; their number is the number of workers.
    pub lanes: &'a [LaneBuffer],
    /// Where answers are put up.
    pub board: &'a Board,
    /// Not 0: stop between two steps.
    pub cancel: &'a AtomicU32,
    /// What time it is.
    pub clock: &'a dyn Clock,
    /// When the sample began, on that clock.
    pub epoch: Stamp,
    /// Whether lanes record at all; without, the clock is not read between steps.
    pub traced: bool,
    /// How this context blocks: sleeps where it may, spins where it must not.
    pub block: fn(Duration),
    /// How long the event loop works before it lets the page breathe, in milliseconds.
    pub slice: f64,
}

impl Stage<'_> {
    /// Milliseconds since the sample began; 0 if nothing is recorded.
    pub fn time(&self) -> f64 {
        if self.traced { self.clock.now() - self.epoch } else { 0.0 }
    }

    /// Records what `lane` did from `start` until now, and returns now.
    pub fn record(&self, lane: usize, cause: Cause, task: u32, start: f64) -> f64 {
        if !self.traced {
            return 0.0;
        }
        let end = self.time();
        self.lanes[lane].record(cause, task, start, end);
        end
    }

    /// Fails if the sample is to end early.
    pub fn check(&self) -> Result<(), Failure> {
        if self.cancel.load(Relaxed) == 0 { Ok(()) } else { Err(Failure::Cancelled) }
    }

    /// Steps a task until it is done, blocking `lane` all the while, also when the task waits.
    ///
    /// # Errors
    /// When cancelled between two steps.
    pub fn finish(&self, lane: usize, number: u32, task: &mut dyn Task) -> Result<Answer, Failure> {
        let mut start = self.time();
        loop {
            self.check()?;
            let step = task.step();
            start = self.record(lane, Cause::Compute, number, start);
            match step {
                Step::Progress => {}
                Step::Wait(duration) => {
                    (self.block)(duration);
                    start = self.record(lane, Cause::Wait, number, start);
                }
                Step::Done(answer) => return Ok(answer),
            }
        }
    }
}
