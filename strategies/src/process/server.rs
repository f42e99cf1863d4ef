//! A process's side: carries out one order after the other, and keeps account of the time between them.

use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use workloads::{Params, Step, StepKind};

use super::partial_reply::{PAUSE, PartialReply};
use super::{Mode, Order, Reply, Tell};
use crate::tools::RoundRobin;
use crate::trace::{Answers, Cause, LaneBuffer, Span, Stamp, micros};
use crate::world::since;
use crate::{Host, Job, Running, SampleContext, World, params};

/// A process is never cancelled from within: it is ended from outside.
static NEVER: AtomicU32 = AtomicU32::new(0);

/// The last reply.
#[derive(Clone, Copy)]
struct Sent {
    /// The task that sending it is attributed to.
    task: u32,
    /// When it was ready, on the shared clock.
    found: Stamp,
    /// When it was sent off.
    sent: Stamp,
    /// How many bytes of answers crossed with it.
    bytes: usize,
}

/// A process that knows its job.
pub struct OrderServer {
    job: Job,
    strategy_params: Params,
    /// Tasks that were advanced and are not done, by their number.
    parked: RefCell<Vec<Option<Running>>>,
    last: Cell<Option<Sent>>,
    free_since: Cell<Stamp>,
    /// The buffer that records the next order: allocating one for each order takes as long as a small order does.
    lane: Cell<Option<LaneBuffer>>,
    /// The capacity of that buffer, in spans.
    spans: usize,
}

impl OrderServer {
    /// A process that has nothing to do yet, and will record at most `spans` spans of an order.
    pub fn new(job: Job, spans: usize) -> Self {
        let strategy_params = Params::of(params());
        let (last, free_since) = (Cell::new(None), Cell::new(0.0));
        Self { job, strategy_params, parked: RefCell::default(), last, free_since, lane: Cell::default(), spans }
    }

    /// Carries out one order. The reply says how long the order travelled (as far as this process was free to take it),
    /// what was done, and how long sending the last answer took. If an order takes long, `tell` receives the parts of
    /// the reply that come before the last.
    ///
    /// In the real world only an interleaved order waits for something, and then only for `host`'s timers.
    pub async fn serve(&self, order: &Order, world: World<'_>, host: &dyn Host, tell: Option<&Tell<'_>>) -> Reply {
        let lanes = [self.lane.take().unwrap_or_else(|| LaneBuffer::new(self.spans))];
        lanes[0].see(order.slack);
        let answers = Answers::new(&[]);
        let sample = SampleContext {
            job: &self.job,
            strategy_params: &self.strategy_params,
            workers: 1,
            lanes: &lanes,
            answers: &answers,
            cancel: &NEVER,
            world,
            epoch: order.epoch,
            begun: order.begun,
            traced: order.traced,
            repeats: 1,
        };
        let last = self.last.take().filter(|sent| order.traced && sent.found >= order.epoch);
        if let Some(Sent { task, found, sent, bytes }) = last {
            let [start, end] = [found, sent].map(|stamp| micros(stamp - order.epoch));
            let bytes = bytes.try_into().unwrap_or(u32::MAX);
            lanes[0].put(Span { bytes, ..Span::new(Cause::Transfer, task, start, end) });
        }
        let first = order.number + order.tasks.first().copied().unwrap_or(0);
        let arrived = order.sent.max(self.free_since.get()) - order.epoch;
        sample.record_exchange(0, Cause::Transfer, first, arrived, None, order.bytes());
        let parts = PartialReply::new(&sample, host, tell, first);
        let wait = match order.mode {
            Mode::InTurn => self.in_turn(order, &sample, &parts).await,
            Mode::Interleaved => self.interleaved(order, &sample, &parts).await,
            Mode::Advance => self.advance(order, &sample, &parts).await,
        };
        let reply = Reply { wait, ..parts.rest() };
        let found = world.now();
        self.last.set(Some(Sent { task: first, found, sent: found, bytes: reply.bytes() }));
        let [lane] = lanes;
        self.lane.set(Some(lane));
        reply
    }

    /// To be called when the reply has been handed to the browser, which copies it.
    pub fn replied(&self, world: World<'_>) {
        self.free_since.set(world.now());
        self.last.set(self.last.get().map(|last| Sent { sent: self.free_since.get(), ..last }));
    }

    fn build(&self, order: &Order, at: usize) -> Running {
        let Job { workload, params, seed, .. } = &self.job;
        let index = order.tasks[at];
        let input = order.inputs.get(at).map_or(&[][..], Vec::as_slice);
        Running::new(order.number + index, workload.task(params, *seed, order.phase, index as usize, input))
    }

    /// Builds a task that is to advance, and repeats the steps that were carried out elsewhere, up to its first step
    /// that is not light. A task is the same wherever it is built, and light steps are next to no work, so they are
    /// repeated instead of sending their outcome; they are on record already.
    fn take_over(&self, order: &Order, sample: &SampleContext<'_>) -> Running {
        let mut running = Running { account: order.account.clone(), ..self.build(order, 0) };
        while running.next() == StepKind::Light {
            running.task.step(since(order.epoch + order.begun, sample.world.now()));
        }
        running
    }

    fn park(&self, running: Running) {
        let (mut parked, at) = (self.parked.borrow_mut(), running.number as usize);
        if parked.len() <= at {
            parked.resize_with(at + 1, || None);
        }
        parked[at] = Some(running);
    }

    async fn in_turn(&self, order: &Order, sample: &SampleContext<'_>, parts: &PartialReply<'_>) -> Option<Duration> {
        for at in 0..order.tasks.len() {
            let mut running = self.build(order, at);
            let (number, mut now) = (running.number, sample.time());
            let answer = loop {
                let answer = sample.stride(0, &mut running, &mut now).await;
                parts.look(&mut now);
                if let Some(answer) = answer {
                    break answer;
                }
            };
            parts.put(number, running.finished(answer));
        }
        None
    }

    async fn interleaved(
        &self,
        order: &Order,
        sample: &SampleContext<'_>,
        parts: &PartialReply<'_>,
    ) -> Option<Duration> {
        let mut done = |at: usize, finished| parts.put(order.number + order.tasks[at], finished);
        let turns = RoundRobin::new(order.tasks.len(), sample, PAUSE);
        turns.run(parts, &|at| self.build(order, at), &mut done).await.expect("never cancelled");
        None
    }

    async fn advance(&self, order: &Order, sample: &SampleContext<'_>, parts: &PartialReply<'_>) -> Option<Duration> {
        let number = order.number + order.tasks[0];
        let parked = self.parked.borrow_mut().get_mut(number as usize).and_then(Option::take);
        let mut running = parked.unwrap_or_else(|| self.take_over(order, sample));
        let mut now = sample.time();
        loop {
            match sample.step(0, &mut running, &mut now).await {
                Step::Progress | Step::Keep => parts.look(&mut now),
                block @ Step::Block(_) => {
                    sample.block(0, number, sample.due(&block, now), &mut now).await;
                    parts.look(&mut now);
                }
                Step::Done(answer) => {
                    parts.put(number, running.finished(answer));
                    return None;
                }
                wait => {
                    self.park(running);
                    return Some(since(now, sample.overlapped(0, number, &wait, now)));
                }
            }
        }
    }
}
