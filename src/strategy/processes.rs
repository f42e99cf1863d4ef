//! Tasks sent, as messages, to processes with memories of their own, and answers sent back: everything is copied.
//!
//! Whoever is idle gets the next order of a few tasks. Each process has one order in hand and one waiting at its door,
//! so that it need not stand idle while a message travels.

use std::cell::Cell;

use super::*;

/// Hands tasks to processes as they become free.
pub struct Processes;

/// One in hand, one at the door.
pub(super) const ORDERS_AT_ONCE: usize = 2;

static META: Meta = Meta {
    id: "processes",
    name: "processes",
    line: "Workers with memories of their own get tasks by message and send answers back. Everything is copied.",
    scheduling: Scheduling::Preemptive,
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    parallel: true,
    front: false,
    opening: true,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent {
            language: "Python",
            name: "ProcessPoolExecutor, or InterpreterPoolExecutor",
            file: "processes.py",
        },
        Equivalent { language: "Rust", name: "std::process::Command and pipes", file: "processes.rs" },
        Equivalent { language: "Go", name: "os/exec and pipes", file: "processes.go" },
        Equivalent { language: "JavaScript", name: "Workers and postMessage", file: "processes.js" },
    ],
};

impl Strategy for Processes {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let next = Cell::new(0);
            // one each first: lane by lane would give the first process two orders before the last has one
            let lanes = (0..ORDERS_AT_ONCE).flat_map(|_| 0..host.processes().len());
            let feed = |lane| -> Pending<'_, _> { Box::pin(feed(lane, &next, batch, stage, host)) };
            together(lanes.map(feed).collect()).await
        })
    }
}

/// Sends the next tasks to one process, waits for their answers, and so on until none is left.
async fn feed(
    lane: usize,
    next: &Cell<usize>,
    batch: &Batch<'_>,
    stage: &Stage<'_>,
    host: &dyn Host,
) -> Result<(), Failure> {
    loop {
        stage.check()?;
        let first = next.get();
        let count = share(batch.board.len() - first, host.processes().len());
        if count == 0 {
            return Ok(());
        }
        next.set(first + count);
        let order = batch.order(Mode::InTurn, first..first + count, stage);
        host.processes()[lane].carry_out(order).await?.take_in(lane, batch, stage);
    }
}

/// No order is longer, however much is left: messages hardly count then, and whoever draws a bad one is caught up.
const LARGEST: usize = 16;

/// An order of tasks that hardly compute may be longer: each message costs as much as dozens of them.
const SMALLEST_PARTS: usize = 64;

/// How many of the tasks that are left go into one order: guided self-scheduling (Polychronopoulos and Kuck, 1987),
/// large orders first because each message costs, small ones last so that all processes end together.
fn share(left: usize, processes: usize) -> usize {
    let guided = left.div_ceil(processes * ORDERS_AT_ONCE * 3);
    // of very many tasks each is small, whatever the work
    guided.min(LARGEST.max(left / (processes * SMALLEST_PARTS)))
}
