//! A process's side: carries out one order after the other, and keeps account of the time between them.

use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use workloads::{Params, Step, Task};

use super::partial_reply::{PAUSE, PartialReply};
use super::{Mode, Order, Reply, Tell};
use crate::tools::RoundRobin;
use crate::trace::{Answers, Cause, LaneBuffer, SPANS_PER_LANE, Stamp};
use crate::world::since;
use crate::{Host, Job, SampleContext, World, params};

/// Nobody cancels a process from within: it is ended from outside.
static NEVER: AtomicU32 = AtomicU32::new(0);

/// A process that knows its job.
pub struct Server {
    job: Job,
    strategy_params: Params,
    /// Tasks that were advanced and are not done, by their number.
    parked: RefCell<Vec<Option<Box<dyn Task>>>>,
    /// The last task with the time its answer was found and the time it was sent off, on the shared clock.
    last: Cell<Option<(u32, Stamp, Stamp)>>,
    free_since: Cell<Stamp>,
    /// Where the next order is recorded: to make such a buffer for each takes as long as a small order does.
    lane: Cell<Option<LaneBuffer>>,
}

impl Server {
    /// A process that has nothing to do yet.
    pub fn new(job: Job) -> Self {
        let strategy_params = Params::of(params());
        let (last, free_since) = (Cell::new(None), Cell::new(0.0));
        Self { job, strategy_params, parked: RefCell::default(), last, free_since, lane: Cell::default() }
    }

    /// Carries out one order. The reply says how long the order travelled (as far as this process was free to take
    /// it), what was done, and how long sending the last answer took. Of an order that takes long, `tell` is told the
    /// parts of the reply that come before the last.
    ///
    /// In the real world only an interleaved order waits for something, and then for `host`'s timers.
    pub async fn serve(&self, order: &Order, world: World<'_>, host: &dyn Host, tell: Option<&Tell<'_>>) -> Reply {
        let lanes = [self.lane.take().unwrap_or_else(|| LaneBuffer::new(SPANS_PER_LANE))];
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
        let last = self.last.take().filter(|(_, found, _)| order.traced && *found >= order.epoch);
        if let Some((number, found, sent)) = last {
            lanes[0].record(Cause::Transfer, number, found - order.epoch, sent - order.epoch);
        }
        let first = order.number + order.tasks.first().copied().unwrap_or(0);
        sample.record(0, Cause::Transfer, first, order.sent.max(self.free_since.get()) - order.epoch);
        let parts = PartialReply::new(&sample, host, tell, first);
        let wait = match order.mode {
            Mode::InTurn => self.in_turn(order, &sample, &parts).await,
            Mode::Interleaved => self.interleaved(order, &sample, &parts).await,
            Mode::Advance => self.advance(order, &sample, &parts).await,
        };
        let reply = Reply { wait, ..parts.rest() };
        self.last.set(Some((first, world.now(), world.now())));
        let [lane] = lanes;
        self.lane.set(Some(lane));
        reply
    }

    /// To be called when the reply has been handed to the browser, which copies it.
    pub fn replied(&self, world: World<'_>) {
        self.free_since.set(world.now());
        if let Some((number, found, _)) = self.last.get() {
            self.last.set(Some((number, found, self.free_since.get())));
        }
    }

    fn build(&self, order: &Order, at: usize) -> (u32, Box<dyn Task>) {
        let Job { workload, params, seed, .. } = &self.job;
        let index = order.tasks[at];
        let input = order.inputs.get(at).map_or(&[][..], Vec::as_slice);
        (order.number + index, workload.task(params, *seed, order.phase, index as usize, input))
    }

    fn park(&self, at: usize, task: Box<dyn Task>) {
        let mut parked = self.parked.borrow_mut();
        if parked.len() <= at {
            parked.resize_with(at + 1, || None);
        }
        parked[at] = Some(task);
    }

    async fn in_turn(&self, order: &Order, sample: &SampleContext<'_>, parts: &PartialReply<'_>) -> Option<Duration> {
        for at in 0..order.tasks.len() {
            let (number, mut task) = self.build(order, at);
            let (mut now, mut answer) = (sample.time(), None);
            while answer.is_none() {
                answer = sample.stride(0, number, &mut *task, &mut now).await;
                parts.look(&mut now);
            }
            answer.into_iter().for_each(|answer| parts.put(number, answer));
        }
        None
    }

    async fn interleaved(
        &self,
        order: &Order,
        sample: &SampleContext<'_>,
        parts: &PartialReply<'_>,
    ) -> Option<Duration> {
        let mut done = |at: usize, answer| parts.put(order.number + order.tasks[at], answer);
        let turns = RoundRobin::new(order.tasks.len(), sample, PAUSE);
        turns.run(parts, &|at| self.build(order, at), &mut done).await.expect("never cancelled");
        None
    }

    async fn advance(&self, order: &Order, sample: &SampleContext<'_>, parts: &PartialReply<'_>) -> Option<Duration> {
        let number = order.number + order.tasks[0];
        let parked = self.parked.borrow_mut().get_mut(number as usize).and_then(Option::take);
        let mut task = parked.unwrap_or_else(|| self.build(order, 0).1);
        let mut now = sample.time();
        loop {
            match sample.step(0, number, &mut *task, &mut now).await {
                Step::Progress => parts.look(&mut now),
                Step::Done(answer) => {
                    parts.put(number, answer);
                    return None;
                }
                wait => {
                    self.park(number as usize, task);
                    return Some(since(now, sample.due(&wait, now)));
                }
            }
        }
    }
}
