//! A runner in a run worker, as the page holds it: the worker is started for one strategy and ended with the runner.
//!
//! The page never waits for ever: a worker that does not start, fails, hangs or will not be cancelled is given up and
//! terminated, and the failure says what happened. However long work legally takes, no part of it is silent for long:
//! a step takes about a millisecond and a wait at most half a second; after each, a thread's lane counts one more step,
//! and a process that was silent for a while tells a part of its reply. Silence is a hang.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Uint32Array};
use wasm_bindgen::JsCast;
use workloads::Params;

use super::heartbeat::Heartbeat;
use super::executor::Control;
use super::live::{Live, Tile};
use super::memory::SharedMemory;
use super::wire::{FromRunWorker, NamedJob, ToRunWorker, Told, attach, detach, named};
use super::worker::{Role, START_LIMIT, Worker};
use super::{BROWSER_CLOCK, settle};
use lab::run::{Runner, Sample, SampleKind};
use strategies::{Failure, Job, Pending, Place, Strategy};
use strategies::trace::{Clock, Stamp, Trace, lane};

/// How often the page looks after a worker that says nothing.
const LOOK: Duration = Duration::from_millis(50);
/// How long a cancelled worker may take to stop by itself, in milliseconds.
const CANCEL_LIMIT: f64 = 200.0;
/// How long a running sample may show no sign of life.
const HANG_LIMIT: Duration = Duration::from_secs(8);
/// The run worker has the same limit for its processes, and knows better which one it was.
const START_GRACE: Duration = Duration::from_secs(2);

/// A run worker with its threads or processes, ready for samples.
pub struct WorkerRunner {
    strategy: &'static dyn Strategy,
    worker: Worker,
    control: Rc<Control>,
    startup: f64,
    shared: Option<Shared>,
    /// When cancelling was asked of the worker.
    cancelled: Option<Stamp>,
}

/// The worker's memory, and the words in it that the page uses.
struct Shared {
    memory: SharedMemory,
    cancel: u32,
    trapped: u32,
}

impl WorkerRunner {
    /// Starts the worker and waits for its threads or processes.
    ///
    /// # Errors
    /// When it is not ready within the time limit, or was cancelled.
    pub async fn start(
        strategy: &'static dyn Strategy,
        job: &Job,
        settings: &Params,
        workers: usize,
        traced: bool,
        share: bool,
        control: Rc<Control>,
    ) -> Result<Self, Failure> {
        let asked = BROWSER_CLOCK.now();
        let worker = Worker::start(Role::RunWorker)?;
        let mut runner = Self { strategy, worker, control, startup: 0.0, shared: None, cancelled: None };
        let files = job.files.iter().map(|file| attach(file)).collect();
        let (strategy, settings, job) = (strategy.meta().id.into(), named(settings), NamedJob::of(job));
        let open = ToRunWorker::Open { strategy, settings, workers, job, traced, share };
        runner.worker.sender().send(&open, files)?;
        match runner.next(None).await.map_err(not_started)? {
            (FromRunWorker::Ready { cancel, trapped }, attached) => {
                runner.startup = BROWSER_CLOCK.now() - asked;
                let memory = SharedMemory::from_js(attached.get(1));
                runner.shared = memory.map(|memory| Shared { memory, cancel, trapped });
                Ok(runner)
            }
            (FromRunWorker::Failed(failure), _) => Err(not_started(failure)),
            _ => Err(Failure::Garbled("a sample before the start".into())),
        }
    }

    /// The next letter, while watching for cancelling, time limits, panics and hanging.
    async fn next(&mut self, live: Option<&RefCell<Live>>) -> Result<(FromRunWorker, Array), Failure> {
        let limit = if live.is_some() { HANG_LIMIT } else { START_LIMIT + START_GRACE };
        // only looks count: while the page itself stood still, or the machine slept, nobody was silent
        let (mut pulse, mut silent) = (0, Duration::ZERO);
        loop {
            self.pass_on_cancel()?;
            if let Some(letter) = self.worker.receive(LOOK).await? {
                return Ok(letter);
            }
            self.look_for_trap()?;
            silent += LOOK;
            let beat = live.map_or(0, |live| live.borrow().pulse());
            if beat != pulse {
                (pulse, silent) = (beat, Duration::ZERO);
            } else if silent > limit {
                return Err(Failure::Lost(format!("no sign of life for {} s", limit.as_secs())));
            }
        }
    }

    /// Asks the worker to stop when the visitor did, and gives it up if it does not.
    fn pass_on_cancel(&mut self) -> Result<(), Failure> {
        match self.cancelled {
            None if self.control.cancel.raised() => {
                self.cancelled = Some(BROWSER_CLOCK.now());
                if let Some(shared) = &self.shared {
                    shared.memory.store(shared.cancel, 1);
                }
                self.worker.sender().send(&ToRunWorker::Cancel, vec![])
            }
            Some(since) if BROWSER_CLOCK.now() - since > CANCEL_LIMIT => Err(Failure::Cancelled),
            _ => Ok(()),
        }
    }

    fn look_for_trap(&self) -> Result<(), Failure> {
        let trapped = self.shared.as_ref().is_some_and(|shared| shared.memory.load(shared.trapped) != 0);
        if trapped { Err(Failure::Lost("a thread stopped on an error of its own".into())) } else { Ok(()) }
    }

    async fn take(&mut self, kind: SampleKind) -> Result<Sample, Failure> {
        let heartbeat = Heartbeat::start().await;
        let cold = take == SampleKind::Cold;
        let (repeats, startup) = (take.repeats(), cold.then_some(self.startup));
        self.worker.sender().send(&ToRunWorker::Sample { cold: startup, repeats }, vec![])?;
        let mut live: Option<Rc<RefCell<Live>>> = None;
        loop {
            let (letter, attached) = self.next(live.as_deref()).await?;
            match (letter, &live) {
                (FromRunWorker::Begun { lanes, answers, slots }, _) => {
                    let epoch = BROWSER_CLOCK.now() - if cold { self.startup } else { 0.0 };
                    let begun = Rc::new(RefCell::new(self.begin(cold, epoch, lanes, (answers, slots))));
                    self.control.begin(begun.clone());
                    live = Some(begun);
                }
                (FromRunWorker::Replies(replies), Some(live)) => tell(&mut live.borrow_mut(), replies, &attached),
                (FromRunWorker::Done { epoch, makespan, answer, activity }, Some(live)) => {
                    let trace = Trace {
                        makespan: (makespan * 1000.0).round() as u32,
                        lanes: self.read_lanes(&attached)?,
                        heartbeat: heartbeat.stop(epoch).await,
                    };
                    self.control.finish(&mut live.borrow_mut(), &trace);
                    return Ok(Sample { trace, answer, activity, sizes: Vec::new() });
                }
                (FromRunWorker::Failed(failure), _) => return Err(failure),
                _ => return Err(Failure::Garbled("a letter out of turn".into())),
            }
        }
    }

    fn begin(&self, cold: bool, epoch: Stamp, lanes: Vec<u32>, answers: (u32, usize)) -> Live {
        let meta = self.strategy.meta();
        match &self.shared {
            Some(shared) if meta.place == Place::ThreadPool => {
                Live::shared(meta, cold, epoch, shared.memory.clone(), lanes, answers)
            }
            _ => Live::told(meta, cold, epoch, lanes.len()),
        }
    }

    fn read_lanes(&self, attached: &Array) -> Result<Vec<strategies::trace::Lane>, Failure> {
        let meta = self.strategy.meta();
        let read = meta.contexts().zip(attached.iter().skip(1)).map(|(context, words)| {
            let words = words.dyn_into::<Uint32Array>().map(|words| words.to_vec()).unwrap_or_default();
            lane(context, &words).map_err(|error| Failure::Garbled(error.to_string()))
        });
        read.collect()
    }
}

/// Tells of replies: answers are attached in order, each reply knows which are its.
fn tell(live: &mut Live, replies: Vec<Told>, attached: &Array) {
    let mut answers = attached.iter().skip(1);
    for Told { lane, done, spans } in replies {
        let own = done.iter().map(|task| *task as usize).zip(answers.by_ref());
        let tiles = own.map(|(task, answer)| Tile { task, lane, answer: detach(answer) }).collect();
        live.tell(lane, &spans, tiles);
    }
}

fn not_started(failure: Failure) -> Failure {
    match failure {
        Failure::Lost(why) => Failure::NotStarted(why),
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
            self.take(take).await
        })
    }
}
