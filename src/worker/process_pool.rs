//! A run worker's processes: started together, each with an inbox of its own, replies matched to orders.
//!
//! A process carries out orders in the order they came, so the first whole reply answers the first order.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use strategies::trace::{Clock, Stamp};
use strategies::{Failure, Host, Loss, Order, Pending, Process, Reply};

use super::owner::own_script;
use super::relay::Relay;
use crate::link::{
    Assignment, BROWSER_CLOCK, FromProcess, NamedJob, ReusedBuffers, Role, START_LIMIT, Sender, TheirClock, ToProcess,
    Worker, clock_is_set, driver, give_way, out_of_turn, sleep, within,
};

/// The processes of a run worker; they end with it.
pub(super) struct ProcessPool {
    processes: Vec<Box<dyn Process>>,
    clocks: Vec<Rc<TheirClock>>,
    /// When each was ready.
    pub ready: Vec<Stamp>,
}

impl ProcessPool {
    /// A pool without processes, for strategies that need none.
    pub fn none() -> Self {
        Self { processes: Vec::new(), clocks: Vec::new(), ready: Vec::new() }
    }

    /// Starts `count` processes at once, and waits until all are ready and their clocks are set.
    ///
    /// # Errors
    /// When one does not start in time.
    pub async fn start(count: usize, assignment: &Assignment, relay: Rc<Relay>) -> Result<Self, Failure> {
        let script = own_script();
        let mut workers = VecDeque::new();
        for _ in 0..count {
            let worker = Worker::start(Role::Process, &script)?;
            worker.sender().send(&ToProcess::Job(NamedJob::of(&assignment.job)), vec![])?;
            workers.push_back(worker);
        }
        clock_is_set().await; // the processes' clocks are set by it
        let clocks: Vec<_> = workers.iter().map(Worker::clock).collect();
        let mut pool = Self { clocks, ..Self::none() };
        let first = usize::from(assignment.strategy.meta().front); // a loop in front has a lane, too
        let started = pool.admit(&mut workers, first, assignment.clock_step, relay).await;
        workers.into_iter().for_each(Worker::leave);
        started.map(|()| pool)
    }

    /// Takes processes over from `workers` as each is ready and its clock is set. Their lanes are those from `first`
    /// on.
    ///
    /// # Errors
    /// When one does not start in time; it stays in `workers`, with those behind it.
    async fn admit(
        &mut self,
        workers: &mut VecDeque<Worker>,
        first: usize,
        clock_step: f64,
        relay: Rc<Relay>,
    ) -> Result<(), Failure> {
        let set: Vec<_> = self.clocks.iter().map(|clock| clock.set(clock_step)).collect();
        for (process, set) in set.into_iter().enumerate() {
            let worker = workers.front_mut().expect("each has a clock");
            match worker.receive(START_LIMIT).await {
                Ok(Some((FromProcess::Ready, _))) => {}
                Ok(Some((FromProcess::Failed(Failure::Lost(why)), _))) => return Err(not_started(process, why)),
                Ok(Some(_)) => return Err(out_of_turn()),
                Ok(None) => return Err(not_started(process, Loss::Silent(START_LIMIT.as_secs()))),
                Err(Failure::Lost(why)) => return Err(not_started(process, why)),
                Err(failure) => return Err(failure),
            }
            within(START_LIMIT, set).await.ok_or_else(|| not_started(process, Loss::Silent(START_LIMIT.as_secs())))?;
            self.ready.push(BROWSER_CLOCK.now());
            let ready = workers.pop_front().expect("it is the front one");
            self.processes.push(Box::new(Remote::attend(ready, first + process, relay.clone())));
        }
        Ok(())
    }

    /// How far the processes' clocks and this worker's have drifted apart at most, in milliseconds; 0 if they have not.
    /// Those that have are set again.
    ///
    /// # Errors
    /// When a process was lost.
    pub async fn compare_clocks(&self) -> Result<f64, Failure> {
        let mut apart: f64 = 0.0;
        for clock in &self.clocks {
            apart = apart.max(clock.compare().await?);
        }
        Ok(apart)
    }
}

fn not_started(process: usize, why: Loss) -> Failure {
    Failure::NotStarted { process: Some(process), why }
}

impl Host for ProcessPool {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(sleep(duration))
    }

    fn give_way(&self) -> Pending<'_, ()> {
        Box::pin(give_way())
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &self.processes
    }
}

/// The orders that wait for a process's replies, the oldest first, and why there will be no more replies.
#[derive(Default)]
struct Unanswered {
    waiting: VecDeque<oneshot::Sender<Result<Reply, Failure>>>,
    lost: Option<Failure>,
}

/// One process as the run worker sees it.
struct Remote {
    sender: Sender,
    line: Rc<RefCell<Unanswered>>,
    buffers: Rc<ReusedBuffers>,
}

impl Remote {
    /// Takes the worker over and hands each reply to the order that has waited longest. Its replies are shown on this
    /// lane.
    fn attend(mut worker: Worker, lane: usize, relay: Rc<Relay>) -> Self {
        let (line, buffers) = (Rc::<RefCell<Unanswered>>::default(), Rc::<ReusedBuffers>::default());
        let remote = Self { sender: worker.sender(), line: line.clone(), buffers: buffers.clone() };
        driver::drive(async move {
            let mut so_far = Reply::default();
            loop {
                let reply = match worker.next().await {
                    Ok((FromProcess::Reply(reply, lengths), attached)) => {
                        let buffer = attached.get(1);
                        relay.reply(lane, &reply, &lengths, &buffer);
                        so_far.add(Reply { answers: buffers.open(buffer, &lengths), ..reply });
                        if so_far.more {
                            continue;
                        }
                        Ok(std::mem::take(&mut so_far))
                    }
                    Ok((FromProcess::Failed(failure), _)) => Err(failure),
                    Ok(_) => Err(out_of_turn()),
                    Err(failure) => Err(failure),
                };
                let lost = reply.as_ref().err().cloned();
                let first = line.borrow_mut().waiting.pop_front();
                if let Some(waiting) = first {
                    waiting.send(reply).ok(); // the order that waited may have been cancelled
                }
                if lost.is_some() {
                    line.replace(Unanswered { lost, ..Unanswered::default() }); // dropped senders tell the other orders
                    return;
                }
            }
        });
        remote
    }
}

impl Process for Remote {
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>> {
        if let Some(lost) = self.line.borrow().lost.clone() {
            return Box::pin(async { Err(lost) }); // it was lost while no order waited
        }
        let (wake, woken) = oneshot::channel();
        self.line.borrow_mut().waiting.push_back(wake);
        let (buffer, _) = self.buffers.wrap(order.inputs.iter().flatten().map(|part| part.as_slice()));
        let lengths = order.inputs.iter().map(|input| input.iter().map(|part| part.len() as u32).collect()).collect();
        let sent = self.sender.send_giving(&ToProcess::Order(order, lengths), &buffer);
        Box::pin(async move {
            sent?;
            woken.await.unwrap_or(Err(Failure::Lost(Loss::Ended)))
        })
    }
}
