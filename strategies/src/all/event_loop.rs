//! All tasks interleaved on the page's thread: round robin, a step each, and waits overlap.
//!
//! The loop gives way after a slice of work, so that the page can draw and answer. It never runs two steps at once:
//! this is concurrency without parallelism.

use workloads::Param;

use super::*;

/// Interleaves all tasks on the page's own thread.
pub struct EventLoop;

static META: Meta = Meta {
    id: "event-loop",
    name: "event loop",
    plain: "the event loop",
    plural: false,
    team: "the event loop",
    line: "All tasks take turns on the page's thread, a step each. Waits overlap, and the page gets its turn too.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::Page,
    parallel: false,
    front: false,
    opening: true,
    contrast: false,
    without_sharing: None,
    modelled: None,
    // a third of a frame
    params: &[Param {
        key: "slice",
        label: "Event loop: slice",
        unit: "ms",
        min: 1,
        max: 100,
        default: 5,
        demo: 5,
        ..Param::NUMBER
    }],
    equivalents: &[
        Equivalent { language: "Python", name: "asyncio" },
        Equivalent { language: "Rust", name: "tokio, current-thread runtime" },
        Equivalent { language: "Go", name: "goroutines under GOMAXPROCS=1" },
        Equivalent { language: "JavaScript", name: "async functions and Promise.all" },
    ],
    samples: true,
};

impl Strategy for EventLoop {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let mut done = |at: usize, finished| batch.answers.put(at, 0, finished);
            let slice = f64::from(sample.strategy_params.get("slice"));
            RoundRobin::new(batch.answers.len(), sample, slice).run(host, &|at| batch.task(at), &mut done).await
        })
    }
}
