//! An event loop and a pool of threads: the loop waits for everything and does the light steps; each stretch of heavy
//! steps goes to whichever thread is free, and comes back. Whether steps need a lock is decided by the steppers.

use std::collections::VecDeque;

use workloads::{Step, StepKind};

use super::{LOOK_UP, Monitor, Stepper, Waiting, on_all_threads};
use crate::trace::{Cause, Stamp};
use crate::{Batch, Failure, Pending, Running, SampleContext};

/// Threads report an answer to the loop no more often than this, in milliseconds, unless the loop then has something to
/// do: waking the loop costs both cores more time than a small task.
const TELL: f64 = 1.0;

/// Runs all tasks of `batch`: the loop on lane 0, with the stepper of that lane, and a thread on each of the others.
pub(crate) async fn loop_and_threads<'a>(
    batch: &'a Batch<'a>,
    sample: &'a SampleContext<'a>,
    stepper: impl Fn(usize) -> Stepper<'a> + Sync,
) -> Result<(), Failure> {
    let exchange = Monitor::new(Handover::default());
    let body = |lane| -> Pending<'_, _> { Box::pin(work(lane, stepper(lane), &exchange, sample)) };
    let front = async {
        let outcome = OffloadLoop::new(stepper(0), &exchange, batch, sample).attend().await;
        exchange.change(sample, |exchange| exchange.closed = true);
        outcome
    };
    on_all_threads(sample, &body, Box::pin(front)).await
}

/// A task, by its place, with the step at which a thread left off, and the thread's lane.
type Back = (usize, Running, Step, usize);

/// What lies between the loop and its threads.
#[derive(Default)]
struct Handover {
    /// To be computed.
    out: VecDeque<(usize, Running)>,
    /// Computed, with the lane that did it.
    back: Vec<Back>,
    /// When a thread last woke the loop to take tasks back.
    told: Stamp,
    closed: bool,
}

impl Handover {
    /// Puts a task back. Returns whether the loop has to know at once: of a task that goes on or waits there; of what
    /// may be the last answer; and of other answers now and then, so that they can be seen.
    fn put_back(&mut self, back: Back, now: Stamp) -> bool {
        let tell = !matches!(back.2, Step::Done(_)) || self.out.is_empty() || now - self.told >= TELL;
        self.back.push(back);
        if tell {
            self.told = now;
        }
        tell
    }
}

fn is_light(kind: StepKind) -> bool {
    kind == StepKind::Light
}

fn is_heavy(kind: StepKind) -> bool {
    !is_light(kind)
}

/// A thread: takes a task, does its heavy steps, and puts it back.
async fn work(
    lane: usize,
    mut stepper: Stepper<'_>,
    exchange: &Monitor<Handover>,
    sample: &SampleContext<'_>,
) -> Result<(), Failure> {
    loop {
        sample.check()?;
        let take = |exchange: &mut Handover| exchange.out.pop_front().map(Some).or(exchange.closed.then_some(None));
        match stepper.wait(exchange, LOOK_UP, take).await? {
            None => {}
            Some(None) => return Ok(()),
            Some(Some((index, mut running))) => {
                stepper.take(running.number).await?;
                let step = compute(lane, &mut stepper, &mut running, sample).await?;
                exchange.change_and_tell(sample, |exchange| {
                    let tell = exchange.put_back((index, running, step, lane), sample.world.now());
                    ((), if tell { usize::MAX } else { 0 })
                });
            }
        }
    }
}

/// Steps a task until it waits, is done, or has a light step to do.
async fn compute(
    lane: usize,
    stepper: &mut Stepper<'_>,
    running: &mut Running,
    sample: &SampleContext<'_>,
) -> Result<Step, Failure> {
    let mut now = sample.time();
    loop {
        match stepper.turn(running, &mut now, is_heavy).await? {
            Step::Progress if is_heavy(running.next()) => {}
            end @ (Step::Progress | Step::Done(_)) => return Ok(end),
            wait => {
                sample.overlapped(lane, running.number, &wait, now);
                return Ok(wait);
            }
        }
    }
}

/// The loop, on lane 0: does light steps, sends tasks out for heavy ones, takes them back, and holds those that wait.
struct OffloadLoop<'a> {
    stepper: Stepper<'a>,
    exchange: &'a Monitor<Handover>,
    batch: &'a Batch<'a>,
    sample: &'a SampleContext<'a>,
    /// Tasks that are not done.
    open: usize,
    /// Tasks whose next step is light.
    ready: VecDeque<(usize, Running)>,
    waiting: Waiting,
    parked: Vec<Option<Running>>,
}

impl<'a> OffloadLoop<'a> {
    fn new(
        stepper: Stepper<'a>,
        exchange: &'a Monitor<Handover>,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
    ) -> Self {
        let (open, mut parked) = (batch.answers.len(), Vec::new());
        parked.resize_with(open, || None);
        Self { stepper, exchange, batch, sample, open, ready: VecDeque::new(), waiting: Waiting::default(), parked }
    }

    async fn attend(mut self) -> Result<(), Failure> {
        self.stepper.take(self.batch.answers.task(0)).await?;
        let (light, heavy): (Vec<_>, Vec<_>) = (0..self.open)
            .map(|index| (index, self.batch.task(index)))
            .partition(|(_, running)| running.next() == StepKind::Light);
        self.ready.extend(light);
        self.exchange.change(self.sample, |exchange| exchange.out.extend(heavy));
        while self.open > 0 {
            self.sample.check()?;
            self.exchange_tasks().await?;
            if let Some((index, mut running)) = self.ready.pop_front() {
                let mut now = self.sample.time();
                let step = self.stepper.turn(&mut running, &mut now, is_light).await?;
                self.go_on((index, running, step, 0), now);
            }
        }
        Ok(())
    }

    /// Takes tasks back, waiting for some if there is nothing else to do, and sends out those whose wait is over.
    async fn exchange_tasks(&mut self) -> Result<(), Failure> {
        let idle = if self.ready.is_empty() { LOOK_UP } else { 0.0 };
        let limit = self.waiting.next_ms(self.sample.time()).map_or(idle, |left| left.min(idle));
        let take = |exchange: &mut Handover| (!exchange.back.is_empty()).then(|| std::mem::take(&mut exchange.back));
        let back = self.stepper.wait(self.exchange, limit, take).await?.unwrap_or_default();
        let now = self.sample.time();
        let mut due = Vec::new();
        while let Some((index, running)) =
            self.waiting.due(now).and_then(|index| Some((index, self.parked[index].take()?)))
        {
            due.push((index, running));
        }
        // which thread takes a task that is due is not known here
        let sent = due.last().map(|(_, running)| (running.number, None));
        let seen = sent.or_else(|| back.last().map(|(_, running, _, lane)| (running.number, Some(*lane))));
        let Some((number, peer)) = seen else { return Ok(()) };
        self.stepper.take(number).await?;
        let start = self.sample.time();
        back.into_iter().for_each(|task| self.go_on(task, start));
        due.into_iter().for_each(|(index, running)| self.route(index, running));
        self.sample.record_exchange(0, Cause::Transfer, number, start, peer, 0); // nothing is copied
        Ok(())
    }

    /// Sends a task on after this step, of which the loop learns at `now`.
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

    /// A task stays on the loop for a light step, and goes out for a heavy one.
    fn route(&mut self, index: usize, running: Running) {
        match running.next() {
            StepKind::Light => self.ready.push_back((index, running)),
            _ => self.exchange.change(self.sample, |exchange| exchange.out.push_back((index, running))),
        }
    }
}
