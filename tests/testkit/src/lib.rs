//! Native stand-ins for what a browser gives a strategy: a clock, timers, yielding, processes.
//!
//! Here threads are real, and so is time: no assertion of a test depends on how much time passes. What depends on time
//! is tested on simulated machines. Made-up work is in [`made`], processes are in [`process`], the expected answers to
//! chapters' questions are in [`questions`].

pub mod made;
pub mod process;
pub mod questions;

use std::path::Path;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

use simulate::{SimulatedMachine, Simulation};
use strategies::trace::{self, Answers, Clock, HEADER_WORDS, LaneBuffer, SPANS_PER_LANE, Span, Stamp};
use strategies::{
    ALL, Failure, Host, Job, Pending, Performance, Place, Process, SampleContext, Strategy, World, params,
};
use workloads::{Params, Summary, Workload};

use process::{Threaded, turn};

/// The operating system's clock.
pub struct Real;

/// The moment at which the clock showed 0.
static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock for Real {
    fn now(&self) -> Stamp {
        ORIGIN.elapsed().as_secs_f64() * 1000.0
    }
}

/// This machine.
pub const REAL: World<'static> = World::Real { clock: &Real, block: thread::sleep };

/// A cancel flag that is never raised.
pub static NEVER: AtomicU32 = AtomicU32::new(0);

/// Every strategy by its id, with its parameters. Strategies whose parameters make much of a difference come several
/// times, with several values.
pub fn variants() -> Vec<(&'static str, Params)> {
    let locked = [("release", 50), ("release", 100), ("interval", 100)];
    let chosen = ["gil", "offload-gil"].into_iter().flat_map(|id| locked.map(|(key, value)| (id, set(key, value))));
    ALL.iter().map(|strategy| (strategy.meta().id, Params::of(params()))).chain(chosen).collect()
}

/// The strategies' default parameters, with `key` set to `value`.
pub fn set(key: &str, value: u32) -> Params {
    let mut strategy_params = Params::of(params());
    strategy_params.set(key, value).expect("a legal value");
    strategy_params
}

/// The job of a workload's known answer, with its files.
pub fn known_job(workload: &dyn Workload) -> Job {
    let known = workload.known();
    let params: Vec<_> = known.params.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect();
    with_files(Job::find(workload.info().id, &params, known.seed).expect("what is known is legal"))
}

/// The job with its input files, as the page's server has them.
pub fn with_files(job: Job) -> Job {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www");
    let read = |name: &str| Arc::new(std::fs::read(folder.join(name)).unwrap_or_else(|why| panic!("{name}: {why}")));
    Job { files: job.workload.files(&job.params).into_iter().map(read).collect(), ..job }
}

/// The strategy of this id.
///
/// # Panics
/// If there is none.
pub fn strategy(id: &str) -> &'static dyn Strategy {
    strategies::find(id).unwrap_or_else(|| panic!("no strategy {id}"))
}

/// Everything that a sample needs, apart from its strategy.
pub struct Setup {
    /// The job.
    pub job: Job,
    /// The strategies' parameters.
    pub strategy_params: Params,
    /// How many workers there are.
    pub workers: usize,
    /// Whether lanes record.
    pub traced: bool,
    /// The cancel flag: when it is not 0, the sample stops between two steps.
    pub cancel: &'static AtomicU32,
    /// How many times the job is done.
    pub repeats: usize,
    /// The slack with which lanes decide that a step was off its core; `None`: they do not decide it.
    pub slack: Option<u32>,
    /// An earlier sample's lanes, from which the new ones know how long steps usually take.
    pub like: Vec<LaneBuffer>,
    /// Processes to use; `None`: one thread for each worker stands for a process.
    pub processes: Option<Vec<Box<dyn Process>>>,
}

/// The result of a sample.
pub struct Sample {
    /// Its performance, or why it failed.
    pub outcome: Result<Performance, Failure>,
    /// Each lane's spans, and the number of spans lost.
    pub lanes: Vec<(Vec<Span>, u32)>,
    /// The header words before each lane's spans.
    pub headers: Vec<Vec<u32>>,
    /// The lanes' buffers, which a later sample can take as [`Setup::like`].
    pub buffers: Vec<LaneBuffer>,
    /// The answers that tasks published.
    pub answers: Answers,
}

impl Setup {
    /// A setup with four workers, recording, and default parameters.
    pub fn new(job: Job) -> Self {
        let strategy_params = Params::of(params());
        Self {
            job,
            strategy_params,
            workers: 4,
            traced: true,
            cancel: &NEVER,
            repeats: 1,
            slack: None,
            like: Vec::new(),
            processes: None,
        }
    }

    /// Performs the job under the strategy of this id; processes have ended when it returns.
    pub fn perform(self, id: &str) -> Sample {
        let strategy = strategy(id);
        let meta = strategy.meta();
        let start = || (0..self.workers).map(|_| Threaded::start(&self.job)).collect();
        let own = if meta.place == Place::ProcessPool { start() } else { Vec::new() };
        let workers = meta.workers(self.workers);
        let capacity = if self.traced { SPANS_PER_LANE } else { 0 };
        let lanes = (0..meta.lanes(workers)).map(|lane| match self.like.get(lane) {
            Some(earlier) => LaneBuffer::new(capacity).like(earlier),
            None => LaneBuffer::new(capacity),
        });
        let buffers: Vec<_> = lanes.collect();
        buffers.iter().for_each(|lane| lane.see(self.slack));
        let answers = Answers::new(&self.job.workload.phases(&self.job.params));
        let sample = SampleContext {
            job: &self.job,
            strategy_params: &self.strategy_params,
            workers,
            lanes: &buffers,
            answers: &answers,
            cancel: self.cancel,
            world: REAL,
            epoch: Real.now(),
            begun: 0.0,
            traced: self.traced,
            repeats: self.repeats,
        };
        let host = Native(self.processes.unwrap_or(own));
        let outcome = pollster::block_on(strategies::perform(strategy, &sample, &host));
        let headers = buffers.iter().map(|lane| lane.snapshot()[..HEADER_WORDS].to_vec()).collect();
        let lanes = buffers.iter().map(|lane| trace::read(&lane.snapshot()).expect("our own buffer")).collect();
        Sample { outcome, lanes, headers, buffers, answers }
    }

    /// Performs the job under the strategy of this id on a simulated machine.
    ///
    /// # Errors
    /// When the sample fails.
    pub fn simulate(&self, id: &str, machine: &SimulatedMachine) -> Result<Simulation, Failure> {
        let Self { job, strategy_params, workers, cancel, .. } = self;
        simulate::SimulatedSample { strategy: strategy(id), job, strategy_params, workers: *workers, cancel }
            .on(machine)
    }
}

impl Sample {
    /// The whole answer.
    ///
    /// # Panics
    /// If there is none.
    pub fn answer(&self) -> &Summary {
        &self.outcome.as_ref().expect("the sample was to succeed").answer
    }

    /// The answer's digest; an answer of made-up work has nothing else.
    ///
    /// # Panics
    /// If there is no answer.
    pub fn digest(&self) -> &str {
        &self.answer().digest
    }

    /// All spans of all lanes, each with its lane.
    pub fn spans(&self) -> impl Iterator<Item = (usize, &Span)> {
        self.lanes.iter().enumerate().flat_map(|(lane, (spans, _))| spans.iter().map(move |span| (lane, span)))
    }
}

/// A context with timers and these processes.
struct Native(Vec<Box<dyn Process>>);

/// A context with timers alone.
pub struct TimersOnly;

impl Host for Native {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        TimersOnly.sleep(duration)
    }

    fn give_way(&self) -> Pending<'_, ()> {
        TimersOnly.give_way()
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &self.0
    }
}

impl Host for TimersOnly {
    fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
        Box::pin(async move {
            let began = Instant::now();
            while began.elapsed() < duration {
                thread::sleep(Duration::from_micros(50));
                turn().await;
            }
        })
    }

    fn give_way(&self) -> Pending<'static, ()> {
        Box::pin(turn())
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &[]
    }
}
