//! A runner in a run worker, as the page holds it: the worker is started for one strategy and ended with the runner.
//!
//! The page never waits for ever: a worker that does not start, fails, hangs or will not be cancelled is terminated,
//! and the failure says what happened. However long work may take, it is never silent for long: a step takes about a
//! tenth of a millisecond and a wait at most half a second. After each, a thread's lane counts one more step, a process
//! that was silent for a while sends a part of its reply, and a loop in front of processes reports its steps. Silence
//! is a hang.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Uint32Array};
use lab::run::{Runner, Sample, SampleKind};
use strategies::trace::{Clock, Lane, Stamp, Trace, lane, micros};
use strategies::{Failure, Loss, Pending};
use wasm_bindgen::JsCast;

use super::control::Control;
use super::files::worker_script;
use super::heartbeat::Heartbeat;
use super::live::{FoundAnswer, Live, Pulse};
use super::memory::SharedMemory;
use crate::link::{
    Assignment, BROWSER_CLOCK, FromRunWorker, LaneUpdate, Role, START_LIMIT, ToRunWorker, Worker, attach, detach,
    out_of_turn, panics, settle, sleep, split,
};

/// How often the page checks a worker that sends nothing.
const LOOK: Duration = Duration::from_millis(50);
/// How long a cancelled worker may take to stop by itself, in milliseconds.
const CANCEL_LIMIT: f64 = 200.0;
/// How long a running sample may show no sign of life.
const HANG_LIMIT: Duration = Duration::from_secs(8);
/// The same where not all signs can be read: the sample may well be alive, but the page does not wait for ever.
const UNREAD_LIMIT: Duration = Duration::from_secs(120);
/// How much longer the page waits for a start than the run worker, which has the same limit for its processes and knows
/// better which of them failed.
const START_GRACE: Duration = Duration::from_secs(2);
/// A worker that is not ready after this many milliseconds may be waiting for one of the browser's worker slots, or its
/// own workers may be.
const USUAL_START: f64 = 1000.0;
/// How long no worker is started after such a worker was ended: a Firefox tab hangs for good if one is started while
/// others still wait, and nothing reports when they are gone.
const REST: Duration = Duration::from_millis(500);

/// A run worker with its threads or processes, ready for samples.
pub struct WorkerRunner {
    assignment: Assignment,
    worker: Worker,
    control: Rc<Control>,
    startup: f64,
    shared: Option<Shared>,
    /// When the worker was asked to cancel.
    cancelled: Option<Stamp>,
}

/// The memory of the worker and its threads, and the addresses in it that the page uses.
struct Shared {
    memory: SharedMemory,
    cancel: u32,
    last_words: u32,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.memory.unneeded();
    }
}

impl WorkerRunner {
    /// Starts the worker and waits for its threads or processes.
    ///
    /// # Errors
    /// When it is not ready within the time limit, or was cancelled.
    pub async fn start(assignment: Assignment, control: Rc<Control>) -> Result<Self, Failure> {
        let script = control.cancel.or(Box::pin(worker_script())).await?; // the network is no part of starting
        let asked = BROWSER_CLOCK.now();
        let outcome = Self::open(assignment, control, &script, asked).await;
        if outcome.is_err() && BROWSER_CLOCK.now() - asked > USUAL_START {
            sleep(REST).await;
        }
        outcome
    }

    async fn open(assignment: Assignment, control: Rc<Control>, script: &str, asked: Stamp) -> Result<Self, Failure> {
        let worker = Worker::start(Role::RunWorker, script)?;
        let open = ToRunWorker::Open(assignment.named());
        let files = assignment.job.files.iter().map(|file| attach(file)).collect();
        let mut runner = Self { assignment, worker, control, startup: 0.0, shared: None, cancelled: None };
        drop(runner.worker.clock().set(runner.assignment.clock_step)); // the worker itself waits for it
        runner.worker.sender().send(&open, files)?;
        match runner.next(None).await.map_err(not_started)? {
            (FromRunWorker::Ready { cancel, last_words }, attached) => {
                runner.startup = BROWSER_CLOCK.now() - asked;
                let memory = SharedMemory::from_js(attached.get(1));
                runner.shared = memory.map(|memory| Shared { memory, cancel, last_words });
                Ok(runner)
            }
            (FromRunWorker::Failed(failure), _) => Err(not_started(failure)),
            _ => Err(out_of_turn()),
        }
    }

    /// The next message, while watching for cancelling, time limits, panics and hanging.
    async fn next(&mut self, live: Option<&RefCell<Live>>) -> Result<(FromRunWorker, Array), Failure> {
        let start = Pulse { beats: 0, whole: true };
        // looks are counted rather than time: the time for which the page was blocked, or the machine slept, is not
        // silence
        let (mut beats, mut silent) = (0, Duration::ZERO);
        loop {
            self.pass_on_cancel()?;
            if let Some(message) = self.worker.receive(LOOK).await? {
                return Ok(message);
            }
            self.look_for_trap()?;
            silent += LOOK;
            let pulse = live.map_or(start, |live| live.borrow().pulse());
            let limit = match live {
                None => START_LIMIT + START_GRACE,
                Some(_) if pulse.whole => HANG_LIMIT,
                Some(_) => UNREAD_LIMIT,
            };
            if pulse.beats != beats {
                (beats, silent) = (pulse.beats, Duration::ZERO);
            } else if silent > limit {
                let loss = if pulse.whole { Loss::Silent } else { Loss::Unread };
                return Err(Failure::Lost(loss(limit.as_secs())));
            }
        }
    }

    /// Asks the worker to stop once the run is cancelled; fails if the worker does not stop in time.
    fn pass_on_cancel(&mut self) -> Result<(), Failure> {
        match self.cancelled {
            None if self.control.cancel.raised() => {
                self.cancelled = Some(BROWSER_CLOCK.now());
                if let Some(shared) = &self.shared {
                    // if the word is out of reach, the limit ends the worker
                    shared.memory.store(shared.cancel, 1);
                }
                self.worker.sender().send(&ToRunWorker::Cancel, vec![])
            }
            Some(since) if BROWSER_CLOCK.now() - since > CANCEL_LIMIT => Err(Failure::Cancelled),
            _ => Ok(()),
        }
    }

    fn look_for_trap(&self) -> Result<(), Failure> {
        let trapped = self.shared.as_ref().and_then(|Shared { memory, last_words, .. }| {
            panics::read(*last_words, |at| memory.load(at), |at, count| memory.bytes(at, count))
        });
        trapped.map_or(Ok(()), |failure| {
            panics::say_for_a_thread(&failure);
            Err(failure)
        })
    }

    async fn take(&mut self, kind: SampleKind) -> Result<Sample, Failure> {
        let heartbeat = Heartbeat::start().await;
        let cold = kind == SampleKind::Cold;
        let (repeats, startup) = (kind.repeats(), cold.then_some(self.startup));
        self.worker.sender().send(&ToRunWorker::Sample { cold: startup, repeats }, vec![])?;
        let mut live: Option<Rc<RefCell<Live>>> = None;
        loop {
            let (message, attached) = self.next(live.as_deref()).await?;
            match (message, &live) {
                (FromRunWorker::Begun { lanes, answers, slots }, _) => {
                    let epoch = BROWSER_CLOCK.now() - if cold { self.startup } else { 0.0 };
                    let begun = Rc::new(RefCell::new(self.begin(cold, epoch, lanes, (answers, slots))));
                    self.control.observer.begun(begun.clone());
                    live = Some(begun);
                }
                (FromRunWorker::Updates(updates), Some(live)) => tell(&mut live.borrow_mut(), updates, &attached),
                (FromRunWorker::Done { epoch, makespan, answer, activity, tasks, clocks_apart }, Some(live)) => {
                    let (makespan, heartbeat) = (micros(makespan), heartbeat.stop(epoch).await);
                    let apart = self.worker.clock().compare().await?.max(clocks_apart);
                    let trace = Trace {
                        makespan,
                        lanes: self.read_lanes(&attached, makespan)?,
                        tasks,
                        heartbeat: if apart > 0.0 { Vec::new() } else { heartbeat },
                        clock_step: micros(self.assignment.clock_step),
                        clocks_apart: micros(apart),
                    };
                    self.control.observer.sampled(&mut live.borrow_mut(), &trace);
                    return Ok(Sample { trace, answer, activity, sizes: Vec::new() });
                }
                (FromRunWorker::Failed(failure), _) => return Err(failure),
                _ => return Err(out_of_turn()),
            }
        }
    }

    fn begin(&self, cold: bool, epoch: Stamp, lanes: Vec<u32>, answers: (u32, usize)) -> Live {
        let meta = self.assignment.strategy.meta();
        match &self.shared {
            Some(shared) => Live::shared(meta, cold, epoch, shared.memory.clone(), lanes, answers),
            None => Live::told(meta, cold, epoch, lanes.len()),
        }
    }

    fn read_lanes(&self, attached: &Array, makespan: u32) -> Result<Vec<Lane>, Failure> {
        let contexts = self.assignment.strategy.meta().contexts();
        let read = contexts.zip(attached.iter().skip(1)).map(|(context, words)| {
            let words = words.dyn_into::<Uint32Array>().map(|words| words.to_vec()).unwrap_or_default();
            let lane = lane(context, &words).map_err(|error| Failure::Garbled(error.to_string()))?;
            Ok(lane.within(makespan))
        });
        read.collect()
    }
}

/// Passes updates on to `live`: the answers of each update that has any are attached, in order.
fn tell(live: &mut Live, updates: Vec<LaneUpdate>, attached: &Array) {
    let mut joined = attached.iter().skip(1);
    for LaneUpdate { lane, done, lengths, spans } in updates {
        let answers =
            if done.is_empty() { Vec::new() } else { split(&detach(joined.next().unwrap_or_default()), &lengths) };
        let tile = |(task, answer): (&u32, _)| FoundAnswer { task: *task as usize, lane, answer };
        live.tell(lane, &spans, done.iter().zip(answers).map(tile).collect());
    }
}

fn not_started(failure: Failure) -> Failure {
    match failure {
        Failure::Lost(why) => Failure::NotStarted { process: None, why },
        other => other,
    }
}

impl Runner for WorkerRunner {
    fn startup(&self) -> f64 {
        self.startup
    }

    fn sample(&mut self, kind: SampleKind) -> Pending<'_, Result<Sample, Failure>> {
        Box::pin(async move {
            settle().await; // what the last sample left to draw is no part of this one
            if self.control.cancel.raised() {
                return Err(Failure::Cancelled);
            }
            self.take(kind).await
        })
    }
}
