//! An event loop in front that waits for everything and computes next to nothing. It does light steps itself; a task
//! whose next step is heavy goes to whichever process is free, in the order in which tasks reached such a step
//! (`run_in_executor` with a process pool). A task that a process has begun lives there, so each further stretch of it,
//! from one wait to the next, goes to the same process.

use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::stream::{FuturesUnordered, StreamExt};
use workloads::{Step, StepKind};

use super::*;

/// A loop in front of processes.
pub struct OffloadProcesses;

/// How long the loop does light steps, in milliseconds, before it checks whether a process has replied.
const LISTEN: f64 = 1.0;

static META: Meta = Meta {
    id: "offload-processes",
    name: "loop + processes",
    plain: "the loop with its processes",
    plural: false,
    team: "a loop with {n} {n?process:processes}",
    line: "An event loop waits for everything and sends what must be computed to processes, by message.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Isolated,
    place: Place::ProcessPool,
    parallel: true,
    front: true,
    opening: false,
    contrast: false,
    without_sharing: None,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "run_in_executor with a ProcessPoolExecutor" },
        Equivalent { language: "Rust", name: "tokio::process and pipes" },
        Equivalent { language: "Go", name: "goroutines, os/exec and pipes" },
        Equivalent { language: "JavaScript", name: "await on child_process" },
    ],
    samples: true,
};

impl Strategy for OffloadProcesses {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(ProcessesLoop::new(batch, sample, host).attend())
    }
}

/// The loop, on lane 0; the lanes of processes follow. Tasks are identified by their places in the batch.
struct ProcessesLoop<'a> {
    batch: &'a Batch<'a>,
    sample: &'a SampleContext<'a>,
    host: &'a dyn Host,
    /// Tasks whose next step is light.
    ready: VecDeque<(usize, Running)>,
    /// Tasks that wait before a process has begun them.
    waiting: Waiting,
    parked: Vec<Option<Running>>,
    /// Tasks that no process has begun and whose next step is heavy.
    heavy: VecDeque<(usize, Account)>,
    processes: Vec<Busy>,
    /// The orders that are out.
    out: FuturesUnordered<Pending<'a, Replied>>,
}

/// A process as the loop knows it.
#[derive(Default)]
struct Busy {
    /// How many orders it has.
    orders: usize,
    /// Tasks that it has begun and that wait.
    waiting: Waiting,
}

/// A process, the task that it had an order for, and the outcome.
type Replied = (usize, usize, Result<Reply, Failure>);

impl<'a> ProcessesLoop<'a> {
    fn new(batch: &'a Batch<'a>, sample: &'a SampleContext<'a>, host: &'a dyn Host) -> Self {
        let mut attendant = Self {
            batch,
            sample,
            host,
            ready: VecDeque::new(),
            waiting: Waiting::default(),
            parked: Vec::new(),
            heavy: VecDeque::new(),
            processes: host.processes().iter().map(|_| Busy::default()).collect(),
            out: FuturesUnordered::new(),
        };
        attendant.parked.resize_with(batch.answers.len(), || None);
        (0..batch.answers.len()).for_each(|index| attendant.route(index, batch.task(index)));
        attendant
    }

    async fn attend(mut self) -> Result<(), Failure> {
        let mut listened = self.sample.time();
        loop {
            self.sample.check()?;
            let now = self.sample.time();
            self.wake(now);
            self.send(now);
            let rest = match self.ready.pop_front() {
                Some((index, running)) => {
                    if self.turn(index, running).await? - listened < LISTEN {
                        continue;
                    }
                    self.host.give_way()
                }
                None => match self.next_ms(now) {
                    Some(left) => self.host.sleep(Duration::from_secs_f64(left.min(LOOK_UP) / 1000.0)),
                    None if self.out.is_empty() => return Ok(()),
                    None => Box::pin(pending()),
                },
            };
            match self.reply_or(rest).await {
                Either::Left(replied) => self.take_in(replied)?,
                Either::Right(()) => listened = self.sample.time(),
            }
        }
    }

    /// The next reply or the outcome of `other`, whichever comes first; the outcome of `other` if no order is out.
    async fn reply_or<T>(&mut self, other: impl Future<Output = T> + Unpin) -> Either<Replied, T> {
        let reply = poll_fn(|context| match self.out.poll_next_unpin(context) {
            Poll::Ready(Some(replied)) => Poll::Ready(replied),
            _ => Poll::Pending,
        });
        match select(other, reply).await {
            Either::Left((outcome, _)) => Either::Right(outcome),
            Either::Right((replied, _)) => Either::Left(replied),
        }
    }

    /// Milliseconds until a task is due that the loop or a process with room could then go on with; `None` if there is
    /// none.
    fn next_ms(&self, now: f64) -> Option<f64> {
        let free = self.processes.iter().filter(|process| process.orders < ORDERS_AT_ONCE);
        let all = free.map(|process| &process.waiting).chain([&self.waiting]);
        all.filter_map(|waiting| waiting.next_ms(now)).min_by(f64::total_cmp)
    }

    /// Ends the waits of tasks that no process has begun.
    fn wake(&mut self, now: f64) {
        while let Some((index, running)) =
            self.waiting.due(now).and_then(|index| Some((index, self.parked[index].take()?)))
        {
            self.route(index, running);
        }
    }

    /// A task stays on the loop for a light step, and joins the queue for a process for a heavy one; the process builds
    /// it anew.
    fn route(&mut self, index: usize, running: Running) {
        match running.next() {
            StepKind::Light => self.ready.push_back((index, running)),
            _ => self.heavy.push_back((index, running.account)),
        }
    }

    /// Keeps processes busy: first each with its own tasks whose wait is over, then the least busy with tasks from the
    /// queue.
    fn send(&mut self, now: f64) {
        for process in 0..self.processes.len() {
            while self.processes[process].orders < ORDERS_AT_ONCE
                && let Some(index) = self.processes[process].waiting.due(now)
            {
                let mut order = self.order(index);
                order.inputs.clear(); // the process has it
                self.carry_out(process, index, order);
            }
        }
        while let Some(process) = self.freest()
            && let Some((index, account)) = self.heavy.pop_front()
        {
            self.carry_out(process, index, Order { account, ..self.order(index) });
        }
    }

    /// The process with the fewest orders, if it may have another: no task is queued at one process while another is
    /// idle.
    fn freest(&self) -> Option<usize> {
        let orders = |process: &usize| self.processes[*process].orders;
        (0..self.processes.len()).min_by_key(orders).filter(|process| orders(process) < ORDERS_AT_ONCE)
    }

    fn order(&self, index: usize) -> Order {
        self.batch.order(Mode::Advance, std::iter::once(index), self.sample)
    }

    fn carry_out(&mut self, process: usize, index: usize, order: Order) {
        self.processes[process].orders += 1;
        let reply = self.host.processes()[process].carry_out(order);
        self.out.push(Box::pin(async move { (process, index, reply.await) }));
    }

    fn take_in(&mut self, (process, index, reply): Replied) -> Result<(), Failure> {
        let (reply, busy) = (reply?, &mut self.processes[process]);
        busy.orders -= 1;
        if let Some(duration) = reply.wait {
            busy.waiting.add(index, self.sample.due(&Step::Wait(duration), self.sample.time()));
        }
        reply.take_in(process + 1, self.batch, self.sample);
        Ok(())
    }

    /// Gives a task its turn, and returns when that ended. Replies that arrive meanwhile are read after it.
    async fn turn(&mut self, index: usize, mut running: Running) -> Result<f64, Failure> {
        let (mut stepper, mut now, mut replies) = (Stepper::free(0, self.sample), self.sample.time(), Vec::new());
        let step = {
            let mut turn = pin!(stepper.turn(&mut running, &mut now, |kind| kind == StepKind::Light));
            loop {
                match self.reply_or(turn.as_mut()).await {
                    Either::Left(replied) => replies.push(replied),
                    Either::Right(step) => break step?,
                }
            }
        };
        self.go_on(index, running, step, now);
        replies.into_iter().try_for_each(|replied| self.take_in(replied))?;
        Ok(now)
    }

    /// What becomes of a task after its turn.
    fn go_on(&mut self, index: usize, running: Running, step: Step, now: f64) {
        match step {
            Step::Progress | Step::Keep => self.route(index, running),
            Step::Done(answer) => self.batch.answers.put(index, 0, running.finished(answer)),
            wait => {
                self.waiting.add(index, self.sample.overlapped(0, running.number, &wait, now));
                self.parked[index] = Some(running);
            }
        }
    }
}
