//! Natively: whether the time that lanes record as off core agrees with the operating system.
//!
//! The truth is each thread's CPU clock, read after every step by a task that wraps the real one. So the time that a
//! lane records as computing and the time that its thread computed are about the same steps; their difference was
//! wrongly recorded as off core, or wrongly not.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use rustix::thread::{CpuSet, sched_setaffinity};
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use strategies::Job;
use strategies::trace::{Cause, LaneBuffer, slack};
use testkit::{Sample, Setup};
use workloads::{Info, Known, Params, SharedBytes, Step, StepKind, Summary, Task, Workload};

use crate::busy::Busy;
use crate::progress::Progress;

/// The largest error allowed for a lane, as a fraction of the sample's time.
const LIMIT: f64 = 0.05;
/// The minimum length of a sample, roughly, in milliseconds.
const LONG_MS: f64 = 500.0;
/// The numbers of threads to measure with.
const THREADS: [usize; 3] = [1, 2, 4];
/// The resolution of the clock that lanes assume, in milliseconds: one microsecond.
const CLOCK_STEP: f64 = 0.001;

/// The number of cores, whether a busy program is on each of them, and a title.
const SETTINGS: [(usize, bool, &str); 4] = [
    (2, false, "2 cores"),
    (2, true, "2 cores, a busy program on each"),
    (1, false, "one core"),
    (1, true, "one core and a busy program on it"),
];

/// What is run: every workload with its demonstration parameters, except where these would not suit this measurement.
fn cases() -> Vec<(String, &'static dyn Workload, Params)> {
    let with = |id: &str, name: &str, set: &[(&str, u32)]| {
        let workload = workloads::find(id).expect("it is registered");
        let mut params = Params::demo(workload.info());
        set.iter().for_each(|(key, value)| params.set(key, *value).expect("a legal value"));
        (name.to_owned(), workload, params)
    };
    let all = workloads::ALL.iter().map(|workload| match workload.info().id {
        // the demonstration's tasks would not fit into the lanes' buffers
        "grain" => with("grain", "grain", &[("size", 1000)]),
        id => with(id, id, &[]),
    });
    all.chain([with("counter", "counter, each its own", &[("way", 2)])]).collect()
}

/// The result of a sample.
#[derive(Serialize, Deserialize)]
struct Found {
    /// How long it took, in milliseconds.
    wall: f64,
    lanes: Vec<Lane>,
}

/// One lane of a sample; times in milliseconds.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Lane {
    /// The time that it records as computing.
    computing: f64,
    /// The time that it records as off core.
    off_core: f64,
    /// The time that its thread computed, by the thread's CPU clock.
    computed: f64,
    /// The number of spans that did not fit into its buffer.
    lost: u32,
}

impl Found {
    /// The lane with the greatest error, and that error as a fraction of the sample's time. A lane that lost spans has
    /// an infinite error.
    fn worst(&self) -> (Lane, f64) {
        let errors = self.lanes.iter().map(|lane| {
            let error = (lane.computing - lane.computed).abs() / self.wall;
            (*lane, if lane.lost > 0 { f64::INFINITY } else { error })
        });
        errors.max_by(|(_, one), (_, other)| one.total_cmp(other)).expect("a sample has a lane")
    }

    fn cell(&self) -> (String, bool) {
        let (lane, error) = self.worst();
        let off = 1.0 - lane.computed / (lane.computing + lane.off_core).max(0.001);
        let wrong = error > LIMIT;
        let mark = if wrong { format!(" {}", crate::WRONG) } else { String::new() };
        let lost = if lane.lost > 0 { ", spans were lost" } else { "" };
        (format!("{:.1} % ({:.0} % off{lost}){mark}", error * 100.0, off.max(0.0) * 100.0), wrong)
    }
}

/// A row for each workload and number of threads.
pub fn table(progress: &Progress) -> String {
    let mut text = String::from(
        "The greatest error of any lane, as a part of the sample's time; in brackets how much of its steps that lane's thread \
         truly spent off its core. At most 5 %.\n\n| workload | threads |",
    );
    SETTINGS.iter().for_each(|(_, _, name)| write!(text, " {name} |").expect("a text can grow"));
    text += "\n| --- | --- | --- | --- | --- | --- |\n";
    let (mut lanes, mut wrong) = (0, 0);
    for (name, workload, params) in cases() {
        if workload.contends(&params) {
            writeln!(text, "| {name} | | exempt: its steps hold one another up | | | |").expect("a text can grow");
            continue;
        }
        for threads in THREADS {
            let mut row = format!("| {name} | {threads} |");
            for (cores, busy, setting) in SETTINGS {
                let key = format!("off-core/{name}/{threads}/{setting}");
                let found = progress.once(&key, || measure(workload, &params, threads, cores, busy));
                let (cell, is_wrong) = found.cell();
                lanes += found.lanes.len();
                wrong += usize::from(is_wrong);
                write!(row, " {cell} |").expect("a text can grow");
            }
            println!("{row}");
            writeln!(text, "{row}").expect("a text can grow");
        }
    }
    writeln!(text, "\n{lanes} lanes; {wrong} samples had one that was off by more.").expect("a text can grow");
    text
}

/// Takes a warm-up sample, which also shows how long steps usually take, then one of about half a second that counts.
fn measure(workload: &'static dyn Workload, params: &Params, threads: usize, cores: usize, busy: bool) -> Found {
    let _busy: Vec<_> = (0..cores).filter(|_| busy).map(Busy::on).collect();
    let on_these_cores = || {
        let mut set = CpuSet::new();
        (0..cores).for_each(|core| set.set(core));
        sched_setaffinity(None, &set).unwrap_or_else(|error| panic!("there are no {cores} cores: {error}"));
        let warm_up = perform(workload, params, threads, 1, Vec::new());
        let took = warm_up.0.outcome.as_ref().expect("natively nothing fails").makespan;
        let repeats = (LONG_MS / took).ceil().max(1.0) as usize;
        let (sample, computed) = perform(workload, params, threads, repeats, warm_up.0.buffers);
        found(&sample, &computed)
    };
    // a thread passes its set of allowed cores on to the threads that it starts
    thread::scope(|scope| scope.spawn(on_these_cores).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

fn perform(
    workload: &'static dyn Workload,
    params: &Params,
    threads: usize,
    repeats: usize,
    like: Vec<LaneBuffer>,
) -> (Sample, Computed) {
    let computed: Computed = (0..threads).map(|_| AtomicU64::new(0)).collect();
    // a job's workload must be `'static`; a few hundred of these are leaked
    let watched: &'static Watched = Box::leak(Box::new(Watched { workload, computed: computed.clone() }));
    let job = testkit::with_files(Job { workload: watched, params: params.clone(), seed: 1, files: Vec::new() });
    let setup = Setup { workers: threads, repeats, slack: slack(CLOCK_STEP), like, ..Setup::new(job) };
    (setup.perform("threads"), computed)
}

fn found(sample: &Sample, computed: &[AtomicU64]) -> Found {
    let lanes = sample.lanes.iter().zip(computed).map(|((spans, lost), computed)| {
        let of = |cause| {
            let spans = spans.iter().filter(|span| span.cause == cause);
            spans.map(|span| f64::from(span.length())).sum::<f64>() / 1000.0
        };
        let [computing, off_core] = [Cause::Compute, Cause::OffCore].map(of);
        Lane { computing, off_core, computed: computed.load(Relaxed) as f64 / 1e6, lost: *lost }
    });
    Found { wall: sample.outcome.as_ref().expect("natively nothing fails").makespan, lanes: lanes.collect() }
}

/// The time that the thread of each lane computed in steps, in nanoseconds.
type Computed = Arc<[AtomicU64]>;

/// A workload whose tasks read the CPU clock of the thread that runs them.
struct Watched {
    workload: &'static dyn Workload,
    computed: Computed,
}

impl Workload for Watched {
    fn info(&self) -> &'static Info {
        self.workload.info()
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        self.workload.phases(params)
    }

    fn files(&self, params: &Params) -> Vec<&'static str> {
        self.workload.files(params)
    }

    fn input(
        &self,
        params: &Params,
        seed: u64,
        phase: usize,
        index: usize,
        previous: &[SharedBytes],
    ) -> Vec<SharedBytes> {
        self.workload.input(params, seed, phase, index, previous)
    }

    fn task(&self, params: &Params, seed: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task> {
        let task = self.workload.task(params, seed, phase, index, input);
        Box::new(WatchedTask { task, computed: self.computed.clone(), before: None })
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        self.workload.answer(params, last)
    }

    fn known(&self) -> Known {
        self.workload.known()
    }
}

struct WatchedTask {
    task: Box<dyn Task>,
    computed: Computed,
    /// The thread's CPU clock after the last step, if the next step follows at once: a lane counts the time between two
    /// steps as part of the second.
    before: Option<Duration>,
}

impl Task for WatchedTask {
    fn step(&mut self, now: Duration) -> Step {
        let before = self.before.take().unwrap_or_else(cpu_clock);
        let step = self.task.step(now);
        let after = cpu_clock();
        let lane = rayon::current_thread_index().expect("tasks run in the pool");
        self.computed[lane].fetch_add((after - before).as_nanos() as u64, Relaxed);
        self.before = (step == Step::Progress).then_some(after);
        step
    }

    fn next(&self) -> StepKind {
        self.task.next()
    }
}

/// The time that this thread has computed so far.
fn cpu_clock() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().expect("it is not negative")
}
