//! A runner on the page's own thread: blocking and the event loop run here on purpose.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use lab::run::{Runner, Sample, SampleKind};
use strategies::trace::{Answers, Clock, LaneBuffer, PATIENCE, SPANS_PER_LANE, Trace, lane, micros};
use strategies::{Failure, Pending, SampleContext, Scheduling, World, perform, sizes};

use super::control::Control;
use super::heartbeat::Heartbeat;
use super::live::Live;
use super::locks::NamedLock;
use super::origin_lock::stand_still;
use crate::link::{Assignment, BROWSER_CLOCK, TimersOnly, settle};

/// A blocking wait. Browsers let no page sleep, so it spins, which is the same to the page. It has an end even if the
/// clock stands still.
fn spin(duration: Duration) {
    let mut last = BROWSER_CLOCK.now();
    let until = last + duration.as_secs_f64() * 1000.0;
    let mut still = 0;
    while last < until && still < PATIENCE {
        std::hint::spin_loop();
        let now = BROWSER_CLOCK.now();
        still = if now > last { 0 } else { still + 1 };
        last = now;
    }
}

thread_local! {
    /// The page's lane, kept from sample to sample: if its 320 KiB were given back each time, they would not be in one
    /// piece when the next sample needs them, and the page's memory would grow.
    static LANES: Rc<Vec<LaneBuffer>> = Rc::new(vec![LaneBuffer::new(SPANS_PER_LANE)]);
}

/// How long blocking may take beyond twice the work's own estimate, which is too low on slow machines, and zero for
/// most work.
const LEEWAY: Duration = Duration::from_secs(60);

/// A runner on the page's thread.
pub struct PageRunner {
    assignment: Assignment,
    control: Rc<Control>,
}

impl PageRunner {
    /// A runner; there is nothing to start.
    pub fn new(assignment: Assignment, control: Rc<Control>) -> Self {
        Self { assignment, control }
    }

    /// Announces to pages that wait for this one that it may block during a sample, if the strategy blocks.
    async fn announce(&self, kind: SampleKind) -> Option<NamedLock> {
        let Assignment { strategy, job, .. } = &self.assignment;
        let known = job.workload.waits(&job.params) + job.workload.computes(&job.params);
        let longest = LEEWAY + 2 * known * kind.repeats() as u32;
        match strategy.meta().scheduling {
            Scheduling::None => stand_still(longest).await,
            _ => None,
        }
    }

    async fn take(&self, kind: SampleKind) -> Result<Sample, Failure> {
        let Assignment { strategy, job, strategy_params, traced, slack, clock_step, .. } = &self.assignment;
        let heartbeat = Heartbeat::start().await;
        let lanes = LANES.with(Rc::clone);
        lanes[0].clear(); // the last sample is no longer followed, or this one will be before the next frame
        lanes[0].see(*slack);
        let answers = Rc::new(Answers::new(&job.workload.phases(&job.params)));
        let (meta, cold) = (strategy.meta(), kind == SampleKind::Cold);
        let live = Live::here(meta, cold, BROWSER_CLOCK.now(), lanes.clone(), answers.clone());
        let live = Rc::new(RefCell::new(live));
        self.control.observer.begun(live.clone());
        let context = SampleContext {
            job,
            strategy_params,
            workers: 1,
            lanes: &lanes,
            answers: &answers,
            cancel: self.control.cancel.flag(),
            world: World::Real { clock: &BROWSER_CLOCK, block: spin },
            epoch: BROWSER_CLOCK.now(),
            begun: 0.0,
            traced: *traced,
            repeats: kind.repeats(),
        };
        let outcome = perform(*strategy, &context, &TimersOnly).await;
        let heartbeat = heartbeat.stop(context.epoch).await;
        let performance = outcome?;
        let makespan = micros(performance.makespan);
        let read = meta.contexts().zip(lanes.iter());
        let lanes = read.map(|(context, buffer)| lane(context, &buffer.snapshot()).expect("our own buffer"));
        let lanes = lanes.map(|lane| lane.within(makespan)).collect();
        let tasks = if *traced { answers.records() } else { Vec::new() };
        let trace = Trace { makespan, lanes, tasks, heartbeat, clock_step: micros(*clock_step), ..Trace::default() };
        self.control.observer.sampled(&mut live.borrow_mut(), &trace);
        let sizes = if cold { sizes(job, &answers)? } else { Vec::new() };
        Ok(Sample { sizes, trace, answer: performance.answer, activity: performance.activity })
    }
}

impl Runner for PageRunner {
    fn startup(&self) -> f64 {
        0.0
    }

    fn sample(&mut self, kind: SampleKind) -> Pending<'_, Result<Sample, Failure>> {
        Box::pin(async move {
            let _announced = self.announce(kind).await;
            settle().await; // what the last sample left to draw is no part of this one
            if self.control.cancel.raised() {
                return Err(Failure::Cancelled);
            }
            self.take(kind).await
        })
    }
}
