//! Threads in one memory behind one lock, as in CPython: many threads, one of which runs.
//!
//! The lock is in `tools/lock.rs`, and when a thread gives it up in `tools/stepper.rs`. The threads, the lock and the
//! contention are real; that the work needs the lock is modelled.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use workloads::{Params, Step};

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
    params: &interpreter::PARAMS,
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
        interpreter::parallelism(strategy_params)
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let (lock, next) = (interpreter::lock(sample), AtomicUsize::new(0));
            let body = |lane| -> Pending<'_, _> { Box::pin(thread(lane, &lock, &next, batch, sample)) };
            on_all_threads(sample, &body, Box::pin(async { Ok(()) })).await
        })
    }
}

/// One thread: takes the lock once, then one task after the other, as an executor's thread does.
async fn thread(
    lane: usize,
    lock: &Lock,
    next: &AtomicUsize,
    batch: &Batch<'_>,
    sample: &SampleContext<'_>,
) -> Result<(), Failure> {
    let mut stepper = interpreter::stepper(lock, lane, sample);
    loop {
        let index = next.fetch_add(1, Relaxed);
        if index >= batch.answers.len() {
            return Ok(());
        }
        stepper.take(batch.answers.task(index)).await?;
        run(lane, index, &mut stepper, batch, sample).await?;
    }
}

/// Steps one task to its end, holding the lock when it begins and when it is done.
async fn run(
    lane: usize,
    index: usize,
    stepper: &mut Stepper<'_>,
    batch: &Batch<'_>,
    sample: &SampleContext<'_>,
) -> Result<(), Failure> {
    let mut running = batch.task(index);
    let mut now = sample.time();
    loop {
        match stepper.step(&mut running, &mut now).await? {
            Step::Progress | Step::Keep => {}
            Step::Done(answer) => {
                batch.answers.put(index, lane, running.finished(answer));
                return Ok(());
            }
            wait => stepper.block(running.number, sample.due(&wait, now), &mut now).await?,
        }
    }
}
