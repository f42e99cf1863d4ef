//! An event loop with threads behind it, as in `offload_threads.rs`; the threads and the loop all need CPython's one
//! lock to step a task. What threads compute does not stop the loop, but each of its turns waits until the lock is
//! released.

use workloads::Params;

use super::*;

/// A loop in front of threads, behind one lock.
pub struct OffloadGil;

static META: Meta = Meta {
    id: "offload-gil",
    name: "loop + threads with a GIL",
    plain: "the loop with its threads and a GIL",
    plural: false,
    team: "a loop with {n} {n?thread:threads} and a GIL",
    line: "An event loop sends what must be computed to threads; one lock lets only one of them, or the loop, run at a time.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: false,
    front: true,
    opening: false,
    contrast: false,
    without_sharing: None,
    modelled: Some(
        "Modelled on CPython's GIL: a real loop, real threads and a real lock, taken as CPython takes its own, and \
         handed over between two steps, which take about 0.1 ms each.",
    ),
    params: &interpreter::PARAMS,
    equivalents: &[
        Equivalent { language: "Python", name: "asyncio.to_thread on a build with the GIL" },
        Equivalent { language: "Rust", name: "spawn_blocking, and one Mutex for all" },
        Equivalent { language: "Go", name: "a goroutine and a pool that share one sync.Mutex" },
        Equivalent { language: "JavaScript", name: "async functions and Workers that share one lock" },
    ],
    samples: true,
};

impl Strategy for OffloadGil {
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
            let lock = interpreter::lock(sample);
            let stepper = |lane| match lane {
                0 => Stepper::under(&lock, 0, lane, sample), // the loop interprets what it does
                _ => interpreter::stepper(&lock, lane, sample),
            };
            loop_and_threads(batch, sample, stepper).await
        })
    }
}
