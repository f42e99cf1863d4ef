//! An event loop in front that waits for everything and computes nothing: each stretch of computing, from one wait to
//! the next, goes to a pool of threads (`asyncio.to_thread`, `spawn_blocking`).

use std::collections::VecDeque;

use workloads::{Step, Task};

use super::*;
use crate::trace::{Cause, Stamp};

/// A loop in front of a pool of threads.
pub struct OffloadThreads;

/// Threads tell the loop of an answer no more often than this, in milliseconds, unless it has something to do then: a
/// step takes about as long, and waking the loop takes both their cores longer than a small task does.
const TELL: f64 = 1.0;

static META: Meta = Meta {
    id: "offload",
    name: "loop + threads",
    plain: "the loop with its threads",
    plural: false,
    team: "a loop with {n} {n?thread:threads}",
    line: "An event loop waits for everything and sends what must be computed to a pool of threads.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: true,
    front: true,
    opening: false,
    contrast: false,
    without_sharing: Some("offload-processes"),
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "asyncio.to_thread" },
        Equivalent { language: "Rust", name: "tokio::task::spawn_blocking" },
        Equivalent { language: "Go", name: "a goroutine and a pool behind a channel" },
        Equivalent { language: "JavaScript", name: "async functions that await a Worker pool" },
    ],
    samples: true,
};

impl Strategy for OffloadThreads {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let exchange = Monitor::new(Exchange::default());
            let body = |lane| -> Pending<'_, _> { Box::pin(work(lane, &exchange, batch, sample)) };
            let front = async {
                let outcome = attend(&exchange, batch, sample).await;
                exchange.change(sample, |exchange| exchange.closed = true);
                outcome
            };
            on_all_threads(sample, &body, Box::pin(front)).await
        })
    }
}

/// A task with the step at which a thread left off, and the thread's lane.
type Back = (usize, Box<dyn Task>, Step, usize);

/// What lies between the loop and its threads.
#[derive(Default)]
struct Exchange {
    /// To be computed.
    out: VecDeque<(usize, Box<dyn Task>)>,
    /// Computed, with the lane that did it.
    back: Vec<Back>,
    /// When the loop was last told of that.
    told: Stamp,
    closed: bool,
}

impl Exchange {
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
async fn work(lane: usize, exchange: &Monitor<Exchange>, batch: &Batch<'_>, sample: &SampleContext<'_>) -> Result<(), Failure> {
    loop {
        sample.check()?;
        let take = |exchange: &mut Exchange| exchange.out.pop_front().map(Some).or(exchange.closed.then_some(None));
        match exchange.wait(sample, LOOK_UP, take).await {
            None => {}
            Some(None) => return Ok(()),
            Some(Some((index, mut task))) => {
                let step = compute(lane, batch.answers.task(index), &mut *task, sample).await?;
                exchange.change_and_maybe_tell(sample, |exchange| exchange.put_back((index, task, step, lane), sample.world.now()));
            }
        }
    }
}

async fn compute(lane: usize, number: u32, task: &mut dyn Task, sample: &SampleContext<'_>) -> Result<Step, Failure> {
    loop {
        sample.check()?;
        match sample.step(lane, number, task).await {
            Step::Progress => {}
            end => return Ok(end),
        }
    }
}

/// The loop, on lane 0: sends tasks out, takes them back, and holds those that wait until they are due.
async fn attend(exchange: &Monitor<Exchange>, batch: &Batch<'_>, sample: &SampleContext<'_>) -> Result<(), Failure> {
    let mut open = batch.answers.len();
    let (mut waiting, mut parked) = (Waiting::default(), Vec::new());
    parked.resize_with(open, || None);
    exchange.change(sample, |exchange| exchange.out.extend((0..open).map(|index| (index, batch.task(index)))));
    while open > 0 {
        sample.check()?;
        let limit = waiting.next_ms(sample).map_or(LOOK_UP, |left| left.min(LOOK_UP));
        let take = |exchange: &mut Exchange| (!exchange.back.is_empty()).then(|| std::mem::take(&mut exchange.back));
        let back = exchange.wait(sample, limit, take).await.unwrap_or_default();
        let start = sample.time();
        let mut seen = None;
        for (index, task, step, lane) in back {
            seen = Some(index);
            match step {
                Step::Done(answer) => {
                    batch.answers.put(index, lane, answer);
                    open -= 1;
                }
                Step::Wait(duration) => {
                    waiting.add(index, duration, sample);
                    parked[index] = Some(task);
                }
                Step::Progress => unreachable!("a thread computes on while there is progress"),
            }
        }
        while let Some((index, task)) = waiting.due(sample).and_then(|index| Some((index, parked[index].take()?))) {
            seen = Some(index);
            exchange.change(sample, |exchange| exchange.out.push_back((index, task)));
        }
        if let Some(index) = seen {
            sample.record(0, Cause::Transfer, batch.answers.task(index), start);
        }
    }
    Ok(())
}
