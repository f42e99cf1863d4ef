//! Native stand-ins for what a browser gives a strategy: a clock, timers, giving way, processes.
//!
//! Every thread has a time of its own, which passes only when a step or a wait says so: what a strategy does with it
//! can be told to the microsecond, on any machine, however busy. Made-up work is in [`made`], processes are in
//! [`process`].

pub mod made;
pub mod process;

use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use lanes::strategy::{self, Failure, Host, Job, Pending, Performance, Place, Process, Stage};
use lanes::trace::{self, Board, Clock, LaneBuffer, Span, Stamp};

use process::Threaded;

thread_local! {
    /// This thread's time, in microseconds.
    static TIME: Cell<u64> = const { Cell::new(0) };
}

/// Lets time pass on this thread; this is also how natively made contexts block.
pub fn pass(duration: Duration) {
    TIME.set(TIME.get() + duration.as_micros() as u64);
}

/// Lets so many milliseconds pass on this thread.
pub fn pass_ms(milliseconds: u64) {
    pass(Duration::from_millis(milliseconds));
}

/// The time of whichever thread looks at it.
pub struct Virtual;

impl Clock for Virtual {
    fn now(&self) -> Stamp {
        TIME.get() as f64 / 1000.0
    }
}

/// A flag that nobody raises.
static NEVER: AtomicU32 = AtomicU32::new(0);

/// Everything that a sample under some strategy needs.
pub struct Setup {
    pub job: Job,
    pub workers: usize,
    pub traced: bool,
    pub cancel: &'static AtomicU32,
    /// What the page does each time that it gets its turn, in milliseconds.
    pub page_ms: u64,
    /// Processes to use instead of one thread for each worker.
    pub processes: Option<Vec<Box<dyn Process>>>,
}

/// What became of a sample.
pub struct Sample {
    pub outcome: Result<Performance, Failure>,
    /// Each lane's spans, and how many were lost.
    pub lanes: Vec<(Vec<Span>, u32)>,
    pub board: Board,
    /// When the strategy gave way, in milliseconds.
    pub gave_way: Vec<f64>,
}

/// How long the event loop works before it gives way, in milliseconds.
pub const SLICE: f64 = 5.0;
/// More spans than any job of these tests has.
const SPANS: usize = 4096;

impl Setup {
    /// Four workers that record.
    pub fn new(job: Job) -> Self {
        Self { job, workers: 4, traced: true, cancel: &NEVER, page_ms: 0, processes: None }
    }

    /// Performs the job under the strategy of this id, from time 0 on; processes have ended when it returns.
    pub fn perform(self, id: &str) -> Sample {
        let strategy = strategy::find(id).expect("a registered strategy");
        let start = || (0..self.workers).map(|_| Threaded::start(self.job.clone())).collect();
        let own = if strategy.meta().place == Place::ProcessPool { start() } else { Vec::new() };
        let host =
            Native { processes: self.processes.unwrap_or(own), page_ms: self.page_ms, gave_way: RefCell::default() };
        let lanes: Vec<_> = (0..strategy.meta().lanes(self.workers)).map(|_| LaneBuffer::new(SPANS)).collect();
        let board = Board::new(&self.job.workload.phases(&self.job.params));
        TIME.set(0);
        let stage = Stage {
            job: &self.job,
            lanes: &lanes,
            board: &board,
            cancel: self.cancel,
            clock: &Virtual,
            epoch: 0.0,
            traced: self.traced,
            block: pass,
            slice: SLICE,
        };
        let outcome = pollster::block_on(strategy::perform(strategy, &stage, &host));
        let Native { processes, gave_way, .. } = host;
        drop(processes);
        let lanes = lanes.iter().map(|lane| trace::read(&lane.snapshot()).expect("our own buffer")).collect();
        Sample { outcome, lanes, board, gave_way: gave_way.into_inner() }
    }
}

impl Sample {
    /// The answer in words.
    ///
    /// # Panics
    /// If there is none.
    pub fn answer(&self) -> &str {
        &self.outcome.as_ref().expect("the sample was to succeed").answer
    }

    /// The makespan, in milliseconds.
    ///
    /// # Panics
    /// If the sample failed.
    pub fn makespan(&self) -> f64 {
        self.outcome.as_ref().expect("the sample was to succeed").makespan
    }

    /// All spans of all lanes, each with its lane.
    pub fn spans(&self) -> impl Iterator<Item = (usize, &Span)> {
        self.lanes.iter().enumerate().flat_map(|(lane, (spans, _))| spans.iter().map(move |span| (lane, span)))
    }
}

struct Native {
    processes: Vec<Box<dyn Process>>,
    page_ms: u64,
    gave_way: RefCell<Vec<f64>>,
}

impl Host for Native {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(async move { pass(duration) })
    }

    fn give_way(&self) -> Pending<'_, ()> {
        Box::pin(async move {
            self.gave_way.borrow_mut().push(Virtual.now());
            pass_ms(self.page_ms);
        })
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &self.processes
    }
}
