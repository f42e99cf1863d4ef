//! Tasks sent, as messages, to processes with memories of their own, and answers sent back: everything is copied.
//!
//! Whoever is idle gets the next order of a few tasks. Each process has one order in hand and one waiting at its door,
//! so that it need not stand idle while a message travels.

use std::cell::Cell;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use futures_util::future::try_join_all;

use super::*;
use crate::trace::{Board, Cause, Clock, LaneBuffer, Stamp, read};

/// Hands tasks to processes as they become free.
pub struct Processes;

/// One in hand, one at the door.
const ORDERS_AT_ONCE: usize = 2;

static META: Meta = Meta {
    id: "processes",
    name: "processes",
    line: "Workers with memories of their own get tasks by message and send answers back. Everything is copied.",
    scheduling: Scheduling::Preemptive,
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    equivalents: Equivalents {
        python: "ProcessPoolExecutor().map(…), or InterpreterPoolExecutor",
        rust: "std::process::Command and pipes",
        go: "os/exec and pipes",
        javascript: "Workers and postMessage",
    },
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
            let lanes = (0..host.processes().len()).flat_map(|lane| [lane; ORDERS_AT_ONCE]);
            // lane by lane would give the first process two orders before the last has one
            let (first, second): (Vec<_>, Vec<_>) = lanes.enumerate().partition(|(at, _)| at % ORDERS_AT_ONCE == 0);
            let feeders = first.into_iter().chain(second).map(|(_, lane)| feed(lane, &next, batch, stage, host));
            try_join_all(feeders).await.map(|_| ())
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
        let order = Order {
            phase: batch.phase,
            first,
            number: batch.board.task(first),
            sent: stage.clock.now(),
            epoch: stage.epoch,
            traced: stage.traced,
            inputs: batch.inputs[first..first + count].to_vec(),
        };
        let reply = host.processes()[lane].carry_out(order).await?;
        for span in &reply.spans {
            let [start, end] = [span.start, span.end].map(|micros| f64::from(micros) / 1000.0);
            stage.lanes[lane].record(span.cause, span.task, start, end);
        }
        stage.lanes[lane].lose(reply.lost);
        for (at, answer) in reply.answers.into_iter().take(count).enumerate() {
            batch.board.put(first + at, lane, answer);
        }
    }
}

/// No order is so long that its process seems dead.
const LARGEST: usize = 16;

/// How many of the tasks that are left go into one order: guided self-scheduling (Polychronopoulos and Kuck, 1987),
/// large orders first because each message costs, small ones last so that all processes end together.
fn share(left: usize, processes: usize) -> usize {
    left.div_ceil(processes * ORDERS_AT_ONCE * 3).min(LARGEST)
}

/// The process's side: carries out one order after the other, and keeps account of the time between them.
pub struct Server {
    job: Job,
    block: fn(Duration),
    /// The last task with the time its answer was found and the time it was sent off, on the shared clock.
    last: Option<(u32, Stamp, Stamp)>,
    free_since: Stamp,
}

impl Server {
    /// A process that knows its job and has nothing to do yet.
    pub fn new(job: Job, block: fn(Duration)) -> Self {
        Self { job, block, last: None, free_since: 0.0 }
    }

    /// Carries out one order. The reply says how long the order travelled (as far as this process was free to take
    /// it), what was done, and how long sending the last answer took.
    pub fn serve(&mut self, order: &Order, clock: &dyn Clock) -> Reply {
        let lanes = [LaneBuffer::new(if order.traced { SPANS_PER_ORDER } else { 0 })];
        let (board, cancel) = (Board::new(&[]), AtomicU32::new(0));
        let stage = Stage {
            job: &self.job,
            lanes: &lanes,
            board: &board,
            cancel: &cancel,
            clock,
            epoch: order.epoch,
            traced: order.traced,
            block: self.block,
            slice: 0.0,
        };
        if let Some((number, found, sent)) = self.last.take().filter(|(_, found, _)| *found >= order.epoch) {
            lanes[0].record(Cause::Transfer, number, found - order.epoch, sent - order.epoch);
        }
        stage.record(0, Cause::Transfer, order.number, order.sent.max(self.free_since) - order.epoch);
        let Job { workload, params, seed } = stage.job;
        let tasks = order.inputs.iter().zip(order.first..).zip(order.number..);
        let answers = tasks.map(|((input, index), number)| {
            let mut task = workload.task(params, *seed, order.phase, index, input);
            stage.finish(0, number, &mut *task).expect("nobody cancels a process from within")
        });
        let answers = answers.collect();
        let (spans, lost) = read(&lanes[0].snapshot()).expect("our own buffer");
        self.last = Some((order.number, clock.now(), clock.now()));
        Reply { number: order.number, spans, lost, answers }
    }

    /// To be called when the reply has been handed to the browser, which copies it.
    pub fn replied(&mut self, clock: &dyn Clock) {
        self.free_since = clock.now();
        if let Some((_, _, sent)) = &mut self.last {
            *sent = self.free_since;
        }
    }
}

/// Steps of one task merge into one span each time it does not wait, so an order needs few.
const SPANS_PER_ORDER: usize = 4096;
