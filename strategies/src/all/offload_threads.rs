//! An event loop in front that waits for everything and computes next to nothing: light steps it does itself, each stretch
//! of heavy ones goes to a pool of threads (`asyncio.to_thread`, `spawn_blocking`).

use std::collections::VecDeque;

use workloads::{Step, StepKind};

use super::*;
use crate::trace::{Cause, Stamp};

/// A loop in front of a pool of threads.
pub struct OffloadThreads;

/// Threads tell the loop of an answer no more often than this, in milliseconds, unless it has something to do then: waking
/// the loop takes both their cores longer than a small task does.
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
            let body = |lane| -> Pending<'_, _> { Box::pin(work(lane, &exchange, sample)) };
            let front = async {
                let outcome = Attendant::new(&exchange, batch, sample).attend().await;
                exchange.change(sample, |exchange| exchange.closed = true);
                outcome
            };
            on_all_threads(sample, &body, Box::pin(front)).await
        })
    }
}

/// A task, by its place, with the step at which a thread left off, and the thread's lane.
type Back = (usize, Running, Step, usize);

/// What lies between the loop and its threads.
#[derive(Default)]
struct Exchange {
    /// To be computed.
    out: VecDeque<(usize, Running)>,
    /// Computed, with the lane that did it.
    back: Vec<Back>,
    /// When the loop was last told of that.
    told: Stamp,
    closed: bool,
}

impl Exchange {
    /// Puts a task back, and says whether the loop has to know at once: of what goes on or waits there; of what may be the
    /// last answer; and of other answers now and then, so that they can be seen.
    fn put_back(&mut self, back: Back, now: Stamp) -> bool {
        let tell = !matches!(back.2, Step::Done(_)) || self.out.is_empty() || now - self.told >= TELL;
        self.back.push(back);
        if tell {
            self.told = now;
        }
        tell
    }
}

/// A thread: takes a task, does its heavy steps, and puts it back.
async fn work(lane: usize, exchange: &Monitor<Exchange>, sample: &SampleContext<'_>) -> Result<(), Failure> {
    loop {
        sample.check()?;
        let take = |exchange: &mut Exchange| exchange.out.pop_front().map(Some).or(exchange.closed.then_some(None));
        match exchange.wait(sample, LOOK_UP, take).await {
            None => {}
            Some(None) => return Ok(()),
            Some(Some((index, mut running))) => {
                let step = compute(lane, &mut running, sample).await?;
                exchange.change_and_maybe_tell(sample, |exchange| {
                    exchange.put_back((index, running, step, lane), sample.world.now())
                });
            }
        }
    }
}

/// Steps a task until it waits, is done, or has a light step to do.
async fn compute(lane: usize, running: &mut Running, sample: &SampleContext<'_>) -> Result<Step, Failure> {
    let mut now = sample.time();
    loop {
        sample.check()?;
        match sample.step(lane, running, &mut now).await {
            Step::Progress | Step::Keep if running.next() != StepKind::Light => {}
            block @ Step::Block(_) => {
                sample.block(lane, running.number, sample.due(&block, now), &mut now).await;
                if running.next() == StepKind::Light {
                    return Ok(Step::Progress);
                }
            }
            end @ (Step::Progress | Step::Keep | Step::Done(_)) => return Ok(end),
            wait => {
                sample.overlapped(lane, running.number, &wait, now);
                return Ok(wait);
            }
        }
    }
}

/// The loop, on lane 0: does light steps, sends tasks out for heavy ones, takes them back, and holds those that wait.
struct Attendant<'a> {
    exchange: &'a Monitor<Exchange>,
    batch: &'a Batch<'a>,
    sample: &'a SampleContext<'a>,
    /// Tasks that are not done.
    open: usize,
    /// Those whose next step is light.
    ready: VecDeque<(usize, Running)>,
    waiting: Waiting,
    parked: Vec<Option<Running>>,
}

impl<'a> Attendant<'a> {
    fn new(exchange: &'a Monitor<Exchange>, batch: &'a Batch<'a>, sample: &'a SampleContext<'a>) -> Self {
        let (open, mut parked) = (batch.answers.len(), Vec::new());
        parked.resize_with(open, || None);
        Self { exchange, batch, sample, open, ready: VecDeque::new(), waiting: Waiting::default(), parked }
    }

    async fn attend(mut self) -> Result<(), Failure> {
        let (light, heavy): (Vec<_>, Vec<_>) = (0..self.open)
            .map(|index| (index, self.batch.task(index)))
            .partition(|(_, running)| running.next() == StepKind::Light);
        self.ready.extend(light);
        self.exchange.change(self.sample, |exchange| exchange.out.extend(heavy));
        while self.open > 0 {
            self.sample.check()?;
            self.exchange_tasks().await;
            if let Some((index, mut running)) = self.ready.pop_front() {
                let mut now = self.sample.time();
                let step = self.sample.turn(0, &mut running, &mut now).await?;
                self.go_on((index, running, step, 0), now);
            }
        }
        Ok(())
    }

    /// Takes tasks back, waiting for some if there is nothing else to do, and sends out those whose wait is over.
    async fn exchange_tasks(&mut self) {
        let idle = if self.ready.is_empty() { LOOK_UP } else { 0.0 };
        let limit = self.waiting.next_ms(self.sample.time()).map_or(idle, |left| left.min(idle));
        let take = |exchange: &mut Exchange| (!exchange.back.is_empty()).then(|| std::mem::take(&mut exchange.back));
        let back = self.exchange.wait(self.sample, limit, take).await.unwrap_or_default();
        let start = self.sample.time();
        let mut seen = back.last().map(|(_, running, _, lane)| (running.number, Some(*lane)));
        for task in back {
            self.go_on(task, start);
        }
        while let Some((index, running)) =
            self.waiting.due(start).and_then(|index| Some((index, self.parked[index].take()?)))
        {
            seen = Some((running.number, None)); // whichever thread takes it
            self.route(index, running);
        }
        if let Some((number, peer)) = seen {
            self.sample.record_exchange(0, Cause::Transfer, number, start, peer, 0); // nothing is copied
        }
    }

    /// What becomes of a task after this step, of which the loop hears now.
    fn go_on(&mut self, (index, running, step, lane): Back, now: f64) {
        match step {
            Step::Progress | Step::Keep => self.route(index, running),
            Step::Done(answer) => {
                self.batch.answers.put(index, lane, running.finished(answer));
                self.open -= 1;
            }
            wait => {
                self.waiting.add(index, self.sample.overlapped(0, running.number, &wait, now));
                self.parked[index] = Some(running);
            }
        }
    }

    /// A task stays here for a light step, and goes out for a heavy one.
    fn route(&mut self, index: usize, running: Running) {
        match running.next() {
            StepKind::Light => self.ready.push_back((index, running)),
            _ => self.exchange.change(self.sample, |exchange| exchange.out.push_back((index, running))),
        }
    }
}
