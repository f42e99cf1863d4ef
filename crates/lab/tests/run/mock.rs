//! An executor of mock runners that write down what is asked of them.
//!
//! The makespan of a sample's trace is the sample's number in the run, so that a test sees where each sample went,
//! unless the test says how long the work takes.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use lab::experiment::{ClaimedCores, Experiment};
use lab::run::{Executor, RunId, Runner, Sample, SampleKind, Series, run};
use strategies::trace::{Cause, Context, Lane, Span, Steps, Trace, TraceBuilder};
use strategies::{Failure, Isolation, Loss, Pending, WhyUnavailable, WrongAnswer};
use workloads::Summary;

/// What each strategy's samples answer, the cold one first; later samples answer "right".
pub type Answers = HashMap<&'static str, Vec<Result<&'static str, Failure>>>;

/// How many memories there may be at once.
pub const ROOM: usize = 65;

#[derive(Default)]
pub struct Mock {
    /// Everything that happened, in order.
    pub diary: Rc<RefCell<Vec<String>>>,
    /// The number of samples in the series at each report of progress.
    pub seen: RefCell<Vec<usize>>,
    /// The strategies that cannot run, and why.
    pub unavailable: HashMap<&'static str, Failure>,
    /// The answers of strategies that do not just answer "right".
    pub answers: Answers,
    /// The smallest step of the clock, in milliseconds.
    pub resolution: f64,
    /// How long the work takes once, in microseconds, if that matters.
    pub work: HashMap<&'static str, u32>,
    /// From this many runners on, the executor is full, or the visitor cancels.
    pub full: Option<(usize, Failure)>,
    /// At most this many runners start beside each other, whatever room there should be.
    pub starts: Option<usize>,
    /// How many spans each sample has.
    pub spans: usize,
    /// What tasks got done in each sample, in order; the last goes on for ever.
    pub activity: Vec<Vec<Vec<u32>>>,
    /// The number of samples, from the first on, in which the machine stands still for two seconds.
    pub stalls: Rc<Cell<usize>>,
}

pub struct MockRunner {
    pub name: String,
    pub startup: f64,
    pub work: Option<u32>,
    pub spans: usize,
    pub diary: Rc<RefCell<Vec<String>>>,
    pub answers: std::vec::IntoIter<Result<&'static str, Failure>>,
    pub activity: Vec<Vec<Vec<u32>>>,
    pub stalls: Rc<Cell<usize>>,
}

impl Executor for Mock {
    fn runner(&self, RunId { strategy, workers }: RunId) -> Pending<'_, Result<Box<dyn Runner>, Failure>> {
        Box::pin(async move {
            let id = strategy.meta().id;
            if let Some(reason) = self.unavailable.get(id) {
                return Err(reason.clone());
            }
            let taken = self.diary.borrow().iter().filter(|entry| entry.ends_with("starts")).count();
            if let Some((_, failure)) = self.full.as_ref().filter(|(from, _)| taken >= *from) {
                return Err(failure.clone());
            }
            let left = self.diary.borrow().iter().filter(|entry| entry.ends_with("leaves")).count();
            if self.starts.is_some_and(|starts| taken - left >= starts) {
                return Err(Failure::NotStarted { process: None, why: Loss::Silent(10) });
            }
            // in a race the number of workers is the same for all
            let name = if self.work.contains_key("sweep") { format!("{id} {workers}") } else { id.into() };
            self.diary.borrow_mut().push(format!("{name} starts"));
            Ok(Box::new(MockRunner {
                name,
                // a runner that is made later starts more slowly, so that a test sees which one's time is kept
                startup: id.len() as f64 + taken as f64,
                work: self.work.get(id).copied(),
                spans: self.spans,
                diary: self.diary.clone(),
                answers: self.answers.get(id).cloned().unwrap_or_default().into_iter(),
                activity: self.activity.clone(),
                stalls: self.stalls.clone(),
            }) as Box<dyn Runner>)
        })
    }

    fn room(&self) -> usize {
        ROOM
    }

    fn timer_resolution(&self) -> f64 {
        self.resolution
    }

    fn progress(&self, done: usize, total: usize, series: &[&Series]) {
        self.diary.borrow_mut().push(format!("{done}/{total}"));
        self.seen.borrow_mut().push(series.iter().map(|one| one.samples.len() + usize::from(one.cold.is_some())).sum());
    }
}

impl Runner for MockRunner {
    fn startup(&self) -> f64 {
        self.startup
    }

    fn sample(&mut self, kind: SampleKind) -> Pending<'_, Result<Sample, Failure>> {
        Box::pin(async move {
            let before = self.diary.borrow().iter().filter(|entry| entry.contains("sample")).count();
            let sample = match kind {
                SampleKind::Cold => "cold sample".into(),
                SampleKind::Timed(1) => "sample".into(),
                SampleKind::Timed(repeats) => format!("sample x {repeats}"),
            };
            self.diary.borrow_mut().push(format!("{} {sample}", self.name));
            let answer = self.answers.next().unwrap_or(Ok("right"))?;
            let startup = if kind == SampleKind::Cold { (self.startup * 1000.0) as u32 } else { 0 };
            let makespan = self.work.map_or(before as u32 + 1, |once| startup + once * kind.repeats() as u32);
            let last = self.activity.len().saturating_sub(1);
            let activity = self.activity.get(before.min(last)).cloned().unwrap_or_default();
            let span = Span::new(Cause::Compute, 0, 0, 1);
            let lane = Lane { context: Context::Page, spans: vec![span; self.spans], lost: 0, steps: Steps::default() };
            let trace = match self.stalls.get() {
                0 => Trace { makespan, lanes: vec![lane], ..Trace::default() },
                left => {
                    self.stalls.set(left - 1);
                    let still = [(0, 1_000, 0, Cause::Compute), (1_000, 2_001_000, 0, Cause::OffCore)];
                    TraceBuilder::new().lane(Context::Page, &still).beats(&[500]).build()
                }
            };
            Ok(Sample { trace, answer: Summary::new(answer), activity, sizes: Vec::new() })
        })
    }
}

impl Drop for MockRunner {
    fn drop(&mut self) {
        self.diary.borrow_mut().push(format!("{} leaves", self.name));
    }
}

/// Two timed samples of each of these strategies, with three workers.
pub fn experiment(strategies: &[&'static str]) -> Experiment {
    let strategies = strategies.iter().map(|id| strategies::find(id).expect("registered")).collect();
    Experiment { samples: 2, strategies, ..Experiment::default_for(ClaimedCores(3)) }
}

pub fn outcome(strategies: &[&'static str], executor: &Mock) -> Result<Vec<Series>, Failure> {
    pollster::block_on(run(&experiment(strategies), executor))
}

/// A sweep over these strategies, up to `workers` workers.
pub fn sweep(strategies: &[&'static str], workers: usize, executor: &Mock) -> Result<Vec<Series>, Failure> {
    pollster::block_on(run(&Experiment { sweep: true, workers, ..experiment(strategies) }, executor))
}

/// An executor in which the number of workers is part of every name, and all work takes 4 ms.
pub fn sweeping() -> Mock {
    let work = [("sweep", 0), ("blocking", 4_000), ("event-loop", 4_000), ("threads", 4_000), ("processes", 4_000)];
    Mock { work: work.into(), ..Mock::default() }
}

pub fn id(series: &Series) -> &'static str {
    series.id.strategy.meta().id
}

/// Why a strategy cannot run here.
pub fn no_shared_memory() -> Failure {
    Failure::Unavailable(WhyUnavailable::NoSharedMemory { isolation: Isolation::Missing, instead: None })
}

/// The failure of a strategy that answered wrong.
pub fn wrong(strategy: &str) -> Failure {
    Failure::WrongAnswer(Box::new(WrongAnswer {
        workload: "mandelbrot".into(),
        strategy: strategy.into(),
        expected: Summary::new("right"),
        found: Summary::new("wrong"),
    }))
}

pub fn names(series: &[Series]) -> Vec<(&str, usize)> {
    series.iter().map(|one| (id(one), one.id.workers)).collect()
}

impl Mock {
    /// The diary without the entries that contain `mark`.
    pub fn diary_without(&self, mark: &str) -> Vec<String> {
        self.diary.borrow().iter().filter(|entry| !entry.contains(mark)).cloned().collect()
    }
}

pub fn makespans(traces: &[Trace]) -> Vec<u32> {
    traces.iter().map(|trace| trace.makespan).collect()
}

pub const THREE: [&str; 3] = ["blocking", "threads", "processes"];
