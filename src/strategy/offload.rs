//! An event loop in front that waits for everything and computes nothing: each stretch of computing, from one wait to
//! the next, goes to a pool.
//!
//! The pool is one of threads (`asyncio.to_thread`, `spawn_blocking`) or one of processes (`run_in_executor` with a
//! process pool). What a task has begun in a process lives there, so it goes on there.

use std::cell::Cell;
use std::collections::VecDeque;
use std::time::Duration;

use workloads::{Param, Params, Step, Task};

use super::monitor::{LOOK_UP, Monitor};
use super::processes::ORDERS_AT_ONCE;
use super::threads::crew;
use super::waiting::Waiting;
use super::*;
use crate::trace::{Cause, Stamp};

/// A loop in front of a pool of threads.
pub struct Offload;

/// A loop in front of a pool of processes.
struct OffloadToProcesses;

/// Threads tell the loop of an answer no more often than this, in milliseconds, unless it has something to do then: a
/// step takes about as long, and waking the loop takes both their cores longer than a small task does.
const TELL: f64 = 1.0;

/// The words of `pool`, and what they make of the strategy.
static POOL: &[&str] = &["threads", "processes"];
const PROCESSES: u32 = 1;

static META: Meta = Meta {
    id: "offload",
    name: "loop + threads",
    line: "An event loop waits for everything and sends what must be computed to a pool of threads.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: true,
    front: true,
    opening: false,
    modelled: None,
    params: &[Param::choice("pool", "Loop + pool: made of", POOL)],
    equivalents: &[
        Equivalent { language: "Python", name: "asyncio.to_thread", file: "offload.py" },
        Equivalent { language: "Rust", name: "tokio::task::spawn_blocking", file: "offload.rs" },
        Equivalent { language: "Go", name: "a goroutine and a pool behind a channel", file: "offload.go" },
        Equivalent { language: "JavaScript", name: "async functions that await a Worker pool", file: "offload.js" },
    ],
};

static PROCESSES_META: Meta = Meta {
    name: "loop + processes",
    line: "An event loop waits for everything and sends what must be computed to processes, by message.",
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    front: false,
    equivalents: &[
        Equivalent {
            language: "Python",
            name: "run_in_executor with a ProcessPoolExecutor",
            file: "offload-processes.py",
        },
        Equivalent { language: "Rust", name: "tokio::process and pipes", file: "offload-processes.rs" },
        Equivalent { language: "Go", name: "goroutines, os/exec and pipes", file: "offload-processes.go" },
        Equivalent { language: "JavaScript", name: "await on child_process", file: "offload-processes.js" },
    ],
    ..META
};

impl Strategy for Offload {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn variant(&self, settings: &Params) -> Option<&'static dyn Strategy> {
        (settings.get("pool") == PROCESSES).then_some(&OffloadToProcesses)
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let desk = Monitor::new(Desk::default());
            let body = |lane| -> Pending<'_, _> { Box::pin(work(lane, &desk, batch, stage)) };
            let front = async {
                let outcome = attend(&desk, batch, stage).await;
                desk.change(stage, |desk| desk.closed = true);
                outcome
            };
            crew(stage, &body, Box::pin(front)).await
        })
    }
}

/// A task with the step at which a thread left off, and the thread's lane.
type Back = (usize, Box<dyn Task>, Step, usize);

/// What lies between the loop and its threads.
#[derive(Default)]
struct Desk {
    /// To be computed.
    out: VecDeque<(usize, Box<dyn Task>)>,
    /// Computed, with the lane that did it.
    back: Vec<Back>,
    /// When the loop was last told of that.
    told: Stamp,
    closed: bool,
}

impl Desk {
    /// Puts a task back, and says whether the loop has to know at once: of a wait, because it holds whoever waits; of what
    /// may be the last answer; and of other answers now and then, so that they can be seen.
    fn put_back(&mut self, back: Back, now: Stamp) -> bool {
        let tell = matches!(back.2, Step::Wait(_)) || self.out.is_empty() || now - self.told >= TELL;
        self.back.push(back);
        if tell {
            self.told = now;
        }
        tell
    }
}

/// A thread: takes a task, computes until it waits or is done, and puts it back.
async fn work(lane: usize, desk: &Monitor<Desk>, batch: &Batch<'_>, stage: &Stage<'_>) -> Result<(), Failure> {
    loop {
        stage.check()?;
        let take = |desk: &mut Desk| desk.out.pop_front().map(Some).or(desk.closed.then_some(None));
        match desk.wait(stage, LOOK_UP, take).await {
            None => {}
            Some(None) => return Ok(()),
            Some(Some((index, mut task))) => {
                let step = compute(lane, batch.board.task(index), &mut *task, stage).await?;
                desk.change_and_maybe_tell(stage, |desk| desk.put_back((index, task, step, lane), stage.world.now()));
            }
        }
    }
}

async fn compute(lane: usize, number: u32, task: &mut dyn Task, stage: &Stage<'_>) -> Result<Step, Failure> {
    loop {
        stage.check()?;
        match stage.step(lane, number, task).await {
            Step::Progress => {}
            end => return Ok(end),
        }
    }
}

/// The loop, on lane 0: sends tasks out, takes them back, and holds those that wait until they are due.
async fn attend(desk: &Monitor<Desk>, batch: &Batch<'_>, stage: &Stage<'_>) -> Result<(), Failure> {
    let mut open = batch.board.len();
    let (mut waiting, mut parked) = (Waiting::default(), Vec::new());
    parked.resize_with(open, || None);
    desk.change(stage, |desk| desk.out.extend((0..open).map(|index| (index, batch.task(index)))));
    while open > 0 {
        stage.check()?;
        let limit = waiting.next_ms(stage).map_or(LOOK_UP, |left| left.min(LOOK_UP));
        let take = |desk: &mut Desk| (!desk.back.is_empty()).then(|| std::mem::take(&mut desk.back));
        let back = desk.wait(stage, limit, take).await.unwrap_or_default();
        let start = stage.time();
        let mut seen = None;
        for (index, task, step, lane) in back {
            seen = Some(index);
            match step {
                Step::Done(answer) => {
                    batch.board.put(index, lane, answer);
                    open -= 1;
                }
                Step::Wait(duration) => {
                    waiting.add(index, duration, stage);
                    parked[index] = Some(task);
                }
                Step::Progress => unreachable!("a thread computes on while there is progress"),
            }
        }
        while let Some((index, task)) = waiting.due(stage).and_then(|index| Some((index, parked[index].take()?))) {
            seen = Some(index);
            desk.change(stage, |desk| desk.out.push_back((index, task)));
        }
        if let Some(index) = seen {
            stage.record(0, Cause::Transfer, batch.board.task(index), start);
        }
    }
    Ok(())
}

impl Strategy for OffloadToProcesses {
    fn meta(&self) -> &'static Meta {
        &PROCESSES_META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let next = Cell::new(0);
            let lanes = (0..ORDERS_AT_ONCE).flat_map(|_| 0..host.processes().len());
            let feed = |lane| -> Pending<'_, _> { Box::pin(feed(lane, &next, batch, stage, host)) };
            together(lanes.map(feed).collect()).await
        })
    }
}

/// Keeps one process busy: with tasks of its own whose wait is over, else with fresh ones.
async fn feed(
    lane: usize,
    next: &Cell<usize>,
    batch: &Batch<'_>,
    stage: &Stage<'_>,
    host: &dyn Host,
) -> Result<(), Failure> {
    let mut waiting = Waiting::default();
    loop {
        stage.check()?;
        let (index, begun) = match waiting.due(stage) {
            Some(index) => (index, true),
            None if next.get() < batch.board.len() => (next.replace(next.get() + 1), false),
            None => {
                let Some(left) = waiting.next_ms(stage) else { return Ok(()) };
                host.sleep(Duration::from_secs_f64(left.min(LOOK_UP) / 1000.0)).await;
                continue;
            }
        };
        let mut order = batch.order(Mode::Advance, std::iter::once(index), stage);
        if begun {
            order.inputs.clear(); // the process has it
        }
        let reply = host.processes()[lane].carry_out(order).await?;
        if let Some(duration) = reply.wait {
            waiting.add(index, duration, stage);
        }
        reply.take_in(lane, batch, stage);
    }
}
