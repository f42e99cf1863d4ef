//! A run worker's processes: started together, each with an inbox of its own, replies matched to orders.
//!
//! A process carries out orders in the order they came, so the first whole reply answers the first order. Between samples it
//! is asked for the time, too, one question at a time.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use strategies::trace::{Clock, Exchange, Stamp, ask_again, offset};
use strategies::{Failure, Host, Loss, Order, Pending, Process, Reply};

use super::relay::Relay;
use crate::link::{
    AboutClock, Assignment, BROWSER_CLOCK, FromProcess, NamedJob, Parcels, Role, START_LIMIT, Sender, ToProcess,
    Worker, driver, give_way, sleep,
};

/// The processes of a run worker; they end with it.
pub(super) struct ProcessPool {
    processes: Vec<Box<dyn Process>>,
    /// The same as those whose clocks are asked.
    remotes: Vec<Remote>,
    /// When each was ready.
    pub ready: Vec<Stamp>,
}

impl ProcessPool {
    /// A pool without processes, for strategies that need none.
    pub fn none() -> Self {
        Self { processes: Vec::new(), remotes: Vec::new(), ready: Vec::new() }
    }

    /// Starts `count` processes at once, waits for all, and sets their clocks.
    ///
    /// # Errors
    /// When one does not start in time.
    pub async fn start(count: usize, assignment: &Assignment, relay: Rc<Relay>) -> Result<Self, Failure> {
        let mut workers = Vec::new();
        for _ in 0..count {
            let worker = Worker::start(Role::Process)?;
            worker.sender().send(&ToProcess::Job(NamedJob::of(&assignment.job)), vec![])?;
            workers.push(worker);
        }
        let mut pool = Self::none();
        for (lane, mut worker) in workers.into_iter().enumerate() {
            let FromProcess::Ready = next(&mut worker, lane).await? else { return Err(out_of_turn()) };
            set_clock(&mut worker, lane, assignment.clock_step).await?;
            pool.ready.push(BROWSER_CLOCK.now());
            let remote = Remote::attend(worker, lane, relay.clone());
            pool.remotes.push(remote.clone());
            pool.processes.push(Box::new(remote));
        }
        Ok(pool)
    }

    /// By how much a process's clock and this worker's have come apart at most, in milliseconds; 0 if they have not. Those
    /// that have are set again.
    ///
    /// # Errors
    /// When a process was lost.
    pub async fn compare_clocks(&self, step: f64) -> Result<f64, Failure> {
        let mut farthest: f64 = 0.0;
        for remote in &self.remotes {
            let exchange = remote.ask_clock().await?;
            let apart = exchange.apart(step);
            if apart > 0.0 {
                add(&remote.sender, exchange.offset(step))?;
            }
            farthest = farthest.max(apart);
        }
        Ok(farthest)
    }
}

/// Sets the clock of a process that nobody attends yet.
async fn set_clock(worker: &mut Worker, lane: usize, step: f64) -> Result<(), Failure> {
    let mut exchanges = Vec::new();
    while ask_again(&exchanges, step) {
        let sent = BROWSER_CLOCK.now();
        worker.sender().send(&ToProcess::Clock(AboutClock::Ask), vec![])?;
        let FromProcess::Clock(theirs) = next(worker, lane).await? else { return Err(out_of_turn()) };
        exchanges.push(Exchange { sent, theirs, received: BROWSER_CLOCK.now() });
    }
    add(&worker.sender(), offset(&exchanges, step))
}

/// Tells a process what to add to its clock, if it is off.
fn add(sender: &Sender, offset: f64) -> Result<(), Failure> {
    if offset == 0.0 { Ok(()) } else { sender.send(&ToProcess::Clock(AboutClock::Add(offset)), vec![]) }
}

/// What a process says before its first order.
async fn next(worker: &mut Worker, lane: usize) -> Result<FromProcess, Failure> {
    match worker.receive(START_LIMIT).await {
        Ok(Some((FromProcess::Failed(Failure::Lost(why)), _))) => Err(not_started(lane, why)),
        Ok(Some((said, _))) => Ok(said),
        Ok(None) => Err(not_started(lane, Loss::Silent(START_LIMIT.as_secs()))),
        Err(Failure::Lost(why)) => Err(not_started(lane, why)),
        Err(failure) => Err(failure),
    }
}

fn out_of_turn() -> Failure {
    Failure::Garbled("a reply before the first order".into())
}

fn not_started(lane: usize, why: Loss) -> Failure {
    Failure::NotStarted { process: Some(lane), why }
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

/// Those who wait for a process's replies, the first first, and why there will be none.
#[derive(Default)]
struct Line {
    waiting: VecDeque<oneshot::Sender<Result<Reply, Failure>>>,
    /// Who waits for the time.
    clock: Option<oneshot::Sender<Stamp>>,
    lost: Option<Failure>,
}

/// One process as the run worker sees it.
#[derive(Clone)]
struct Remote {
    sender: Sender,
    line: Rc<RefCell<Line>>,
    parcels: Rc<Parcels>,
}

impl Remote {
    /// Takes the worker over and hands each reply to the order that waits longest.
    fn attend(mut worker: Worker, lane: usize, relay: Rc<Relay>) -> Self {
        let (line, parcels) = (Rc::<RefCell<Line>>::default(), Rc::<Parcels>::default());
        let remote = Self { sender: worker.sender(), line: line.clone(), parcels: parcels.clone() };
        driver::drive(async move {
            let mut so_far = Reply::default();
            loop {
                let reply = match worker.next().await {
                    Ok((FromProcess::Reply(reply, lengths), attached)) => {
                        let parcel = attached.get(1);
                        relay.reply(lane, &reply, &lengths, &parcel);
                        so_far.add(Reply { answers: parcels.open(parcel, &lengths), ..reply });
                        if so_far.more {
                            continue;
                        }
                        Ok(std::mem::take(&mut so_far))
                    }
                    Ok((FromProcess::Clock(theirs), _)) => {
                        let asked = line.borrow_mut().clock.take();
                        asked.map(|asked| asked.send(theirs));
                        continue;
                    }
                    Ok((FromProcess::Failed(failure), _)) => Err(failure),
                    Ok(_) => Err(Failure::Garbled("a message out of turn".into())),
                    Err(failure) => Err(failure),
                };
                let lost = reply.as_ref().err().cloned();
                let first = line.borrow_mut().waiting.pop_front();
                if let Some(waiting) = first {
                    waiting.send(reply).ok(); // whoever waited may have been cancelled
                }
                if lost.is_some() {
                    line.replace(Line { lost, ..Line::default() }); // a dropped sender tells all others that wait
                    return;
                }
            }
        });
        remote
    }

    /// Asks for the time.
    async fn ask_clock(&self) -> Result<Exchange, Failure> {
        let lost = || self.line.borrow().lost.clone();
        if let Some(lost) = lost() {
            return Err(lost); // it would never answer
        }
        let (tell, told) = oneshot::channel();
        self.line.borrow_mut().clock = Some(tell);
        let sent = BROWSER_CLOCK.now();
        self.sender.send(&ToProcess::Clock(AboutClock::Ask), vec![])?;
        let theirs = told.await.map_err(|_| lost().unwrap_or(Failure::Lost(Loss::Ended)))?;
        Ok(Exchange { sent, theirs, received: BROWSER_CLOCK.now() })
    }
}

impl Process for Remote {
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>> {
        if let Some(lost) = self.line.borrow().lost.clone() {
            return Box::pin(async { Err(lost) }); // it was lost while nobody waited
        }
        let (wake, woken) = oneshot::channel();
        self.line.borrow_mut().waiting.push_back(wake);
        let (parcel, _) = self.parcels.wrap(order.inputs.iter().flatten().map(|part| part.as_slice()));
        let lengths = order.inputs.iter().map(|input| input.iter().map(|part| part.len() as u32).collect()).collect();
        let sent = self.sender.send_giving(&ToProcess::Order(order, lengths), &parcel);
        Box::pin(async move {
            sent?;
            woken.await.unwrap_or(Err(Failure::Lost(Loss::Ended)))
        })
    }
}
