//! Tasks sent, as messages, to processes with memories of their own, and answers sent back: everything is copied.
//!
//! An idle process gets the next order of a few tasks. Each process has one order in hand and one in its queue, so that
//! it need not stand idle while a message travels.

use std::cell::Cell;

use super::*;

/// Hands tasks to processes as they become free.
pub struct Processes;

static META: Meta = Meta {
    id: "processes",
    name: "processes",
    plain: "processes",
    plural: true,
    team: "{n} {n?process:processes}",
    line: "Workers with memories of their own get tasks by message and send answers back. Everything is copied.",
    scheduling: Scheduling::Preemptive,
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    parallel: true,
    front: false,
    opening: true,
    contrast: false,
    without_sharing: None,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "ProcessPoolExecutor, or InterpreterPoolExecutor" },
        Equivalent { language: "Rust", name: "std::process::Command and pipes" },
        Equivalent { language: "Go", name: "os/exec and pipes" },
        Equivalent { language: "JavaScript", name: "Workers and postMessage" },
    ],
    samples: true,
};

impl Strategy for Processes {
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
            // one order each first: lane by lane, the first process would get two orders before the last has one
            let lanes = (0..ORDERS_AT_ONCE).flat_map(|_| 0..host.processes().len());
            let feed = |lane| -> Pending<'_, _> { Box::pin(feed(lane, &next, batch, sample, host)) };
            together(lanes.map(feed).collect()).await
        })
    }
}

/// Sends the next tasks to one process, waits for their answers, and so on until none is left.
async fn feed(
    lane: usize,
    next: &Cell<usize>,
    batch: &Batch<'_>,
    sample: &SampleContext<'_>,
    host: &dyn Host,
) -> Result<(), Failure> {
    loop {
        sample.check()?;
        let first = next.get();
        let count = share(batch.answers.len() - first, host.processes().len());
        if count == 0 {
            return Ok(());
        }
        next.set(first + count);
        let order = batch.order(Mode::InTurn, first..first + count, sample);
        host.processes()[lane].carry_out(order).await?.take_in(lane, batch, sample);
    }
}
