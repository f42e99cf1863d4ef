//! What a sample is performed on: the job, its lanes, the clock, the answers, and the flag that ends it early.
//!
//! It is shared by all lanes (it is `Sync`); what only one context can use is in the `Host`.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use workloads::{Answer, Params, SharedBytes, Step, Workload};

use crate::trace::{Answers, Cause, LaneBuffer, PhaseAnswers, Span, Stamp, micros};
use crate::world::since;
use crate::{Account, Failure, Finished, Mode, Order, Running, World};

/// What is to be done, completely: equal jobs have equal tasks, in every memory.
#[derive(Clone)]
pub struct Job {
    /// The workload.
    pub workload: &'static dyn Workload,
    /// Its parameters.
    pub params: Params,
    /// The seed of everything random in it.
    pub seed: u64,
    /// The files that it begins with, if it has any; not needed where tasks are built from inputs.
    pub files: Vec<SharedBytes>,
}

impl Job {
    /// The job with these names, as received from another memory; without its files.
    ///
    /// # Errors
    /// When this version has no such workload or parameter.
    pub fn find(workload: &str, params: &[(String, u32)], seed: u64) -> Result<Self, Failure> {
        let workload = workloads::find(workload).ok_or_else(|| Failure::Garbled(workload.into()))?;
        let params = set(Params::defaults(workload.info()), params)?;
        Ok(Self { workload, params, seed, files: Vec::new() })
    }
}

/// The strategies' parameters with these values, as received from another memory.
///
/// # Errors
/// When this version has no such parameter.
pub fn named_params(values: &[(String, u32)]) -> Result<Params, Failure> {
    set(Params::of(crate::params()), values)
}

fn set(mut params: Params, values: &[(String, u32)]) -> Result<Params, Failure> {
    for (key, value) in values {
        params.set(key, *value).map_err(|_| Failure::Garbled(key.clone()))?;
    }
    Ok(params)
}

/// The tasks of one phase.
pub struct Batch<'a> {
    /// The job that they belong to.
    pub job: &'a Job,
    /// The phase, from 0.
    pub phase: usize,
    /// One input per task.
    pub inputs: Vec<Vec<SharedBytes>>,
    /// Where their answers go.
    pub answers: PhaseAnswers<'a>,
}

impl Batch<'_> {
    /// Builds task `index`.
    pub fn task(&self, index: usize) -> Running {
        let Job { workload, params, seed, .. } = self.job;
        let task = workload.task(params, *seed, self.phase, index, &self.inputs[index]);
        Running::new(self.answers.task(index), task)
    }

    /// An order of these tasks for a process, sent now.
    pub fn order(&self, mode: Mode, tasks: impl Iterator<Item = usize> + Clone, sample: &SampleContext<'_>) -> Order {
        Order {
            mode,
            phase: self.phase,
            tasks: tasks.clone().map(|index| index as u32).collect(),
            number: self.answers.task(0),
            sent: sample.world.now(),
            epoch: sample.epoch,
            begun: sample.begun,
            traced: sample.traced,
            slack: sample.lanes.first().and_then(LaneBuffer::slack),
            account: Account::default(),
            inputs: tasks.map(|index| self.inputs[index].clone()).collect(),
        }
    }
}

/// Everything that the lanes of a sample share.
pub struct SampleContext<'a> {
    /// What is to be done.
    pub job: &'a Job,
    /// The strategies' parameters.
    pub strategy_params: &'a Params,
    /// How many workers there are.
    pub workers: usize,
    /// Where each lane records: one buffer for each worker, after that of the loop in front, if the strategy has one.
    pub lanes: &'a [LaneBuffer],
    /// Where answers are put up.
    pub answers: &'a Answers,
    /// Not 0: stop between two steps.
    pub cancel: &'a AtomicU32,
    /// What time it is, and how it passes.
    pub world: World<'a>,
    /// When the sample began, on that clock; of a cold one, when its start-up began.
    pub epoch: Stamp,
    /// When the current repeat of the job began, in milliseconds since the epoch: tasks count time from this moment.
    pub begun: f64,
    /// Whether lanes record at all.
    pub traced: bool,
    /// How many times the job is done, one after the other; at least 1.
    pub repeats: usize,
}

impl SampleContext<'_> {
    /// Milliseconds since the sample began.
    pub fn time(&self) -> f64 {
        self.world.now() - self.epoch
    }

    /// Records what `lane` did from `start` until now, and returns now.
    pub fn record(&self, lane: usize, cause: Cause, task: u32, start: f64) -> f64 {
        let end = self.time();
        if self.traced {
            self.lanes[lane].record(cause, task, start, end);
        }
        end
    }

    /// As [`record`](Self::record), for a transfer that copied `bytes` bytes, or for a task or a lock that was received
    /// from or given to the lane `peer`.
    pub fn record_exchange(
        &self,
        lane: usize,
        cause: Cause,
        task: u32,
        start: f64,
        peer: Option<usize>,
        bytes: usize,
    ) -> f64 {
        let end = self.time();
        if self.traced {
            let bytes = bytes.try_into().unwrap_or(u32::MAX);
            let span = Span::new(cause, task, micros(start), micros(end));
            self.lanes[lane].put(Span { peer: peer.map(|lane| lane as u32), bytes, ..span });
        }
        end
    }

    /// Fails if the sample is to end early.
    pub fn check(&self) -> Result<(), Failure> {
        if self.cancel.load(Relaxed) == 0 { Ok(()) } else { Err(Failure::Cancelled) }
    }

    /// Carries out one step of a task on `lane`, and records it. It begins at `now`, which becomes its end: the clock
    /// is read once for both.
    pub async fn step(&self, lane: usize, running: &mut Running, now: &mut f64) -> Step {
        let start = *now;
        let step = self.world.compute(&mut *running.task, self.epoch + self.begun, self.epoch + start).await;
        *now = self.time();
        if self.traced {
            let [start, end] = [start, *now].map(micros);
            running.account.add(&step, [start, end], self.begun);
            self.lanes[lane].step(running.number, start, end);
        } else {
            self.lanes[lane].count_step();
        }
        step
    }

    /// When the task whose step returned `wait` at `now` goes on, in milliseconds since the sample began. `lane` is
    /// free for other tasks until then, which is recorded.
    pub fn overlapped(&self, lane: usize, number: u32, wait: &Step, now: f64) -> f64 {
        let due = self.due(wait, now);
        if self.traced {
            self.lanes[lane].waits(number, micros(now), micros(due));
        }
        due
    }

    /// When the task whose step returned `step` at `now` goes on, in milliseconds since the sample began; at once,
    /// unless it waits.
    pub fn due(&self, step: &Step, now: f64) -> f64 {
        match step {
            Step::Wait(duration) | Step::Block(duration) => now + milliseconds(*duration),
            Step::WaitUntil(moment) => self.begun + milliseconds(*moment),
            Step::Progress | Step::Keep | Step::Done(_) => now,
        }
    }

    /// Holds `lane` until `until`, in milliseconds since the sample began, and records that. It begins at `now`, which
    /// becomes its end.
    pub async fn block(&self, lane: usize, number: u32, until: f64, now: &mut f64) {
        self.world.block(since(*now, until)).await;
        *now = self.record(lane, Cause::Wait, number, *now);
    }

    /// Steps a task until it is done. The task holds `lane` all the time, also while it waits.
    ///
    /// # Errors
    /// When cancelled between two steps.
    pub async fn finish(&self, lane: usize, mut running: Running) -> Result<Finished, Failure> {
        let mut now = self.time();
        loop {
            self.check()?;
            if let Some(answer) = self.stride(lane, &mut running, &mut now).await {
                return Ok(running.finished(answer));
            }
        }
    }

    /// Carries out one step, and blocks `lane` if the task then waits. Returns the answer if that was the last step. It
    /// begins at `now`, which becomes the end of the step and the wait.
    pub async fn stride(&self, lane: usize, running: &mut Running, now: &mut f64) -> Option<Answer> {
        match self.step(lane, running, now).await {
            Step::Progress | Step::Keep => None,
            Step::Done(answer) => Some(answer),
            wait => {
                self.block(lane, running.number, self.due(&wait, *now), now).await;
                None
            }
        }
    }
}

pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
