//! A process's side: carries out one order after the other, and keeps account of the time between them.

use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicU32;

use workloads::{Answer, Params, Step, Task};

use super::event_loop::Turns;
use super::*;
use crate::trace::{Board, Cause, LaneBuffer, SPANS_PER_LANE, Stamp, read};

/// Nobody cancels a process from within: it is ended from outside.
static NEVER: AtomicU32 = AtomicU32::new(0);

/// A process that knows its job.
pub struct Server {
    job: Job,
    settings: Params,
    /// Tasks that were advanced and are not done, by their number.
    parked: RefCell<Vec<Option<Box<dyn Task>>>>,
    /// The last task with the time its answer was found and the time it was sent off, on the shared clock.
    last: Cell<Option<(u32, Stamp, Stamp)>>,
    free_since: Cell<Stamp>,
}

impl Server {
    /// A process that has nothing to do yet.
    pub fn new(job: Job) -> Self {
        let settings = Params::of(params());
        let (last, free_since) = (Cell::new(None), Cell::new(0.0));
        Self { job, settings, parked: RefCell::default(), last, free_since }
    }

    /// Carries out one order. The reply says how long the order travelled (as far as this process was free to take
    /// it), what was done, and how long sending the last answer took.
    ///
    /// In the real world only an interleaved order waits for something, and then for `host`'s timers.
    pub async fn serve(&self, order: &Order, world: World<'_>, host: &dyn Host) -> Reply {
        let lanes = [LaneBuffer::new(if order.traced { SPANS_PER_LANE } else { 0 })];
        let board = Board::new(&[]);
        let stage = Stage {
            job: &self.job,
            settings: &self.settings,
            workers: 1,
            lanes: &lanes,
            board: &board,
            cancel: &NEVER,
            world,
            epoch: order.epoch,
            traced: order.traced,
            repeats: 1,
        };
        if let Some((number, found, sent)) = self.last.take().filter(|(_, found, _)| *found >= order.epoch) {
            lanes[0].record(Cause::Transfer, number, found - order.epoch, sent - order.epoch);
        }
        let first = order.number + order.tasks.first().copied().unwrap_or(0);
        stage.record(0, Cause::Transfer, first, order.sent.max(self.free_since.get()) - order.epoch);
        let (done, wait) = match order.mode {
            Mode::InTurn => (self.in_turn(order, &stage).await, None),
            Mode::Interleaved => (self.interleaved(order, &stage, host).await, None),
            Mode::Advance => self.advance(order, &stage).await,
        };
        let (spans, lost) = read(&lanes[0].snapshot()).expect("our own buffer");
        self.last.set(Some((first, world.now(), world.now())));
        let (done, answers) = done.into_iter().unzip();
        Reply { done, wait, spans, lost, answers }
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

    async fn in_turn(&self, order: &Order, stage: &Stage<'_>) -> Vec<(u32, Answer)> {
        let mut done = Vec::new();
        for at in 0..order.tasks.len() {
            let (number, mut task) = self.build(order, at);
            done.push((number, stage.finish(0, number, &mut *task).await.expect("never cancelled")));
        }
        done
    }

    async fn interleaved(&self, order: &Order, stage: &Stage<'_>, host: &dyn Host) -> Vec<(u32, Answer)> {
        let mut done = Vec::new();
        let mut take = |at: usize, answer| done.push((order.number + order.tasks[at], answer));
        // nobody else wants this thread, so it need not be given away
        let turns = Turns::new(order.tasks.len(), stage, f64::INFINITY);
        turns.run(host, &|at| self.build(order, at), &mut take).await.expect("never cancelled");
        done
    }

    async fn advance(&self, order: &Order, stage: &Stage<'_>) -> (Vec<(u32, Answer)>, Option<std::time::Duration>) {
        let number = order.number + order.tasks[0];
        let parked = self.parked.borrow_mut().get_mut(number as usize).and_then(Option::take);
        let mut task = parked.unwrap_or_else(|| self.build(order, 0).1);
        loop {
            match stage.step(0, number, &mut *task).await {
                Step::Progress => {}
                Step::Done(answer) => return (vec![(number, answer)], None),
                Step::Wait(duration) => {
                    self.park(number as usize, task);
                    return (Vec::new(), Some(duration));
                }
            }
        }
    }
}
