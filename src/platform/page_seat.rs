//! A seat on the page's own thread: blocking and the event loop run here on purpose.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use super::heartbeat::Heartbeat;
use super::house::Control;
use super::live::{Live, contexts};
use super::{BROWSER_CLOCK, give_way, settle, sleep};
use crate::run::{Seat, Shot};
use crate::strategy::{Failure, Host, Job, Pending, Process, Stage, Strategy, perform};
use crate::trace::{Board, Clock, LaneBuffer, SPANS_PER_LANE, Trace, lane};

/// How long the event loop works before it gives way, in milliseconds: a third of a frame.
const SLICE: f64 = 5.0;

/// The page's thread as a strategy's host.
struct PageHost;

impl Host for PageHost {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(sleep(duration))
    }

    fn give_way(&self) -> Pending<'_, ()> {
        Box::pin(give_way())
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &[]
    }
}

/// A browser lets no page sleep, so a blocking wait spins; to the page it is the same.
fn spin(duration: Duration) {
    let until = BROWSER_CLOCK.now() + duration.as_secs_f64() * 1000.0;
    while BROWSER_CLOCK.now() < until {
        std::hint::spin_loop();
    }
}

/// A seat on the page's thread.
pub struct PageSeat {
    strategy: &'static dyn Strategy,
    job: Job,
    traced: bool,
    control: Rc<Control>,
}

impl PageSeat {
    /// Takes the seat; there is nothing to start.
    pub fn new(strategy: &'static dyn Strategy, job: Job, traced: bool, control: Rc<Control>) -> Self {
        Self { strategy, job, traced, control }
    }

    async fn take(&self, cold: bool) -> Result<Shot, Failure> {
        let heartbeat = Heartbeat::start().await;
        let lanes = Rc::new(vec![LaneBuffer::new(if self.traced { SPANS_PER_LANE } else { 0 })]);
        let board = Rc::new(Board::new(&self.job.workload.phases(&self.job.params)));
        let epoch = BROWSER_CLOCK.now();
        let meta = self.strategy.meta();
        let live = Rc::new(RefCell::new(Live::here(meta, cold, epoch, lanes.clone(), board.clone())));
        self.control.begin(live.clone());
        let cancel: &AtomicU32 = &self.control.cancel;
        let stage = Stage {
            job: &self.job,
            lanes: &lanes,
            board: &board,
            cancel,
            clock: &BROWSER_CLOCK,
            epoch: BROWSER_CLOCK.now(),
            traced: self.traced,
            block: spin,
            slice: SLICE,
        };
        let outcome = perform(self.strategy, &stage, &PageHost).await;
        let heartbeat = heartbeat.stop(stage.epoch).await;
        let performance = outcome?;
        let makespan = (performance.makespan * 1000.0).round() as u32;
        let read = contexts(meta.place, 1).into_iter().zip(lanes.iter());
        let lanes = read.map(|(context, buffer)| lane(context, &buffer.snapshot()).expect("our own buffer")).collect();
        let trace = Trace { makespan, lanes, heartbeat };
        self.control.finish(&mut live.borrow_mut(), &trace);
        Ok(Shot { trace, answer: performance.answer })
    }
}

impl Seat for PageSeat {
    fn startup(&self) -> f64 {
        0.0
    }

    fn sample(&mut self, cold: bool) -> Pending<'_, Result<Shot, Failure>> {
        Box::pin(async move {
            settle().await; // what the last sample left to draw is no part of this one
            if self.control.cancel.load(Relaxed) != 0 {
                return Err(Failure::Cancelled);
            }
            self.take(cold).await
        })
    }
}
