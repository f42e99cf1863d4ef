//! An event loop in front that waits for everything and computes nothing: each stretch of computing, from one wait to
//! the next, goes to a process (`run_in_executor` with a process pool). What a task has begun in a process lives there,
//! so it goes on there.

use std::cell::Cell;
use std::time::Duration;

use workloads::Step;

use super::*;

/// A loop in front of processes.
pub struct OffloadProcesses;

static META: Meta = Meta {
    id: "offload-processes",
    name: "loop + processes",
    plain: "the loop with its processes",
    plural: false,
    team: "a loop with {n} {n?process:processes}",
    line: "An event loop waits for everything and sends what must be computed to processes, by message.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    parallel: true,
    front: false,
    opening: false,
    contrast: false,
    without_sharing: None,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "run_in_executor with a ProcessPoolExecutor" },
        Equivalent { language: "Rust", name: "tokio::process and pipes" },
        Equivalent { language: "Go", name: "goroutines, os/exec and pipes" },
        Equivalent { language: "JavaScript", name: "await on child_process" },
    ],
    samples: true,
};

impl Strategy for OffloadProcesses {
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
            let next = Cell::new(0);
            let lanes = (0..ORDERS_AT_ONCE).flat_map(|_| 0..host.processes().len());
            let feed = |lane| -> Pending<'_, _> { Box::pin(feed(lane, &next, batch, sample, host)) };
            together(lanes.map(feed).collect()).await
        })
    }
}

/// Keeps one process busy: with tasks of its own whose wait is over, else with fresh ones.
async fn feed(
    lane: usize,
    next: &Cell<usize>,
    batch: &Batch<'_>,
    sample: &SampleContext<'_>,
    host: &dyn Host,
) -> Result<(), Failure> {
    let mut waiting = Waiting::default();
    loop {
        sample.check()?;
        let now = sample.time();
        let (index, begun) = match waiting.due(now) {
            Some(index) => (index, true),
            None if next.get() < batch.answers.len() => (next.replace(next.get() + 1), false),
            None => {
                let Some(left) = waiting.next_ms(now) else { return Ok(()) };
                host.sleep(Duration::from_secs_f64(left.min(LOOK_UP) / 1000.0)).await;
                continue;
            }
        };
        let mut order = batch.order(Mode::Advance, std::iter::once(index), sample);
        if begun {
            order.inputs.clear(); // the process has it
        }
        let reply = host.processes()[lane].carry_out(order).await?;
        if let Some(duration) = reply.wait {
            waiting.add(index, sample.due(&Step::Wait(duration), sample.time()));
        }
        reply.take_in(lane, batch, sample);
    }
}
