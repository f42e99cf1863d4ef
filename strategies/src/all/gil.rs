//! Threads in one memory behind one lock, as CPython has it: many threads, one of which runs.
//!
//! The lock is in `tools/lock.rs`. Around waits, and in a share of the steps that stands for extension code such as
//! numpy, it is released. The threads, the lock and the contention are real; that the work needs the lock is modelled.
//! A step takes about 0.1 ms, and so it takes so long until whoever asked for the lock gets it.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use workloads::{Param, Params, Step, StepKind};

use super::*;

/// Runs tasks on a pool of threads that take turns.
pub struct Gil;

static META: Meta = Meta {
    id: "gil",
    name: "threads with a GIL",
    plain: "threads with a GIL",
    plural: true,
    team: "{n} {n?thread:threads} with a GIL",
    line: "Threads share one memory and one lock, and only its holder may run: they take turns of one switch interval.",
    scheduling: Scheduling::Preemptive,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: false,
    front: false,
    opening: false,
    contrast: true,
    without_sharing: None,
    modelled: Some(
        "Modelled on CPython's GIL: real threads and a real lock, taken as CPython takes its own, and \
         handed over between two steps, which take about 0.1 ms each.",
    ),
    params: &[
        Param {
            key: "interval",
            label: "GIL: switch interval",
            unit: "µs",
            min: 100,
            max: 100_000,
            default: 5_000,
            demo: 5_000,
            ..Param::NUMBER
        },
        Param { key: "release", label: "GIL: steps that release it", unit: "%", max: 100, ..Param::NUMBER },
    ],
    equivalents: &[
        Equivalent { language: "Python", name: "ThreadPoolExecutor on a build with the GIL" },
        Equivalent { language: "Rust", name: "threads that share one Mutex" },
        Equivalent { language: "Go", name: "goroutines that share one sync.Mutex" },
        Equivalent { language: "JavaScript", name: "Workers and a lock with Atomics.wait" },
    ],
    samples: true,
};

impl Strategy for Gil {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn parallelism(&self, strategy_params: &Params) -> Parallelism {
        if strategy_params.get("release") > 0 { Parallelism::OutsideLock } else { Parallelism::None }
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let (lock, next) =
                (Lock::new(f64::from(sample.strategy_params.get("interval")) / 1000.0), AtomicUsize::new(0));
            let body = |lane| -> Pending<'_, _> { Box::pin(thread(lane, &lock, &next, batch, sample)) };
            on_all_threads(sample, &body, Box::pin(async { Ok(()) })).await
        })
    }
}

/// One thread: takes the lock once, then one task after the other, as an executor's thread does, and gives the lock
/// up only where the lock's rules say so.
async fn thread(
    lane: usize,
    lock: &Lock,
    next: &AtomicUsize,
    batch: &Batch<'_>,
    sample: &SampleContext<'_>,
) -> Result<(), Failure> {
    let mut outside = Share::new(sample.strategy_params.get("release"));
    let mut index = next.fetch_add(1, Relaxed);
    if index >= batch.answers.len() {
        return Ok(());
    }
    lock.take(sample, lane, batch.answers.task(index), sample.world.now()).await?;
    while index < batch.answers.len() {
        let outcome = run(lane, index, lock, &mut outside, batch, sample).await;
        if outcome.is_err() {
            lock.leave(sample); // threads that wait for it are to see that all is over
            return outcome;
        }
        index = next.fetch_add(1, Relaxed);
    }
    lock.leave(sample);
    Ok(())
}

/// Steps one task to its end, holding the lock when it begins and when it is done.
async fn run(
    lane: usize,
    index: usize,
    lock: &Lock,
    outside: &mut Share,
    batch: &Batch<'_>,
    sample: &SampleContext<'_>,
) -> Result<(), Failure> {
    let mut running = batch.task(index);
    let number = running.number;
    let mut now = sample.time();
    loop {
        sample.check()?;
        if lock.hand_over_if_asked(sample, lane, number).await? {
            now = sample.time();
        }
        // both are asked: the share counts all steps
        let released = outside.next() | (running.next() == StepKind::Released);
        if released {
            lock.release(sample, lane, number).await?;
            now = sample.time();
        }
        let step = sample.step(lane, &mut running, &mut now).await;
        if released {
            lock.take(sample, lane, number, sample.world.now()).await?;
            now = sample.time();
        }
        match step {
            Step::Progress | Step::Keep => {}
            Step::Done(answer) => {
                batch.answers.put(index, lane, running.finished(answer));
                return Ok(());
            }
            wait => {
                let due = sample.due(&wait, now);
                lock.release(sample, lane, number).await?;
                now = sample.time();
                sample.block(lane, number, due, &mut now).await;
                lock.take(sample, lane, number, sample.world.now()).await?;
                now = sample.time();
            }
        }
    }
}

/// `percent` of every hundred turns, spread evenly.
struct Share {
    percent: u32,
    sum: u32,
}

impl Share {
    fn new(percent: u32) -> Self {
        Self { percent, sum: 0 }
    }

    fn next(&mut self) -> bool {
        self.sum += self.percent;
        let due = self.sum >= 100;
        self.sum -= if due { 100 } else { 0 };
        due
    }
}
