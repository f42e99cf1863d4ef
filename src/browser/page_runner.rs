//! A runner on the page's own thread: blocking and the event loop run here on purpose.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use workloads::Params;

use super::heartbeat::Heartbeat;
use super::executor::Control;
use super::live::Live;
use super::{Alone, BROWSER_CLOCK, settle};
use lab::run::{Runner, Sample, SampleKind};
use strategies::{Failure, Job, Pending, Stage, Strategy, World, perform, sizes};
use strategies::trace::{Answers, Clock, LaneBuffer, SPANS_PER_LANE, Trace, lane};

/// A browser lets no page sleep, so a blocking wait spins; to the page it is the same.
fn spin(duration: Duration) {
    let until = BROWSER_CLOCK.now() + duration.as_secs_f64() * 1000.0;
    while BROWSER_CLOCK.now() < until {
        std::hint::spin_loop();
    }
}

/// A runner on the page's thread.
pub struct PageRunner {
    strategy: &'static dyn Strategy,
    job: Job,
    settings: Params,
    traced: bool,
    control: Rc<Control>,
}

impl PageRunner {
    /// Takes the runner; there is nothing to start.
    pub fn new(
        strategy: &'static dyn Strategy,
        job: Job,
        settings: Params,
        traced: bool,
        control: Rc<Control>,
    ) -> Self {
        Self { strategy, job, settings, traced, control }
    }

    async fn take(&self, kind: SampleKind) -> Result<Sample, Failure> {
        let heartbeat = Heartbeat::start().await;
        let lanes = Rc::new(vec![LaneBuffer::new(if self.traced { SPANS_PER_LANE } else { 0 })]);
        let answers = Rc::new(Answers::new(&self.job.workload.phases(&self.job.params)));
        let epoch = BROWSER_CLOCK.now();
        let meta = self.strategy.meta();
        let live = Rc::new(RefCell::new(Live::here(meta, take == SampleKind::Cold, epoch, lanes.clone(), answers.clone())));
        self.control.begin(live.clone());
        let stage = Stage {
            job: &self.job,
            settings: &self.settings,
            workers: 1,
            lanes: &lanes,
            answers: &answers,
            cancel: self.control.cancel.flag(),
            world: World::Real { clock: &BROWSER_CLOCK, block: spin },
            epoch: BROWSER_CLOCK.now(),
            traced: self.traced,
            repeats: take.repeats(),
        };
        let outcome = perform(self.strategy, &stage, &Alone).await;
        let heartbeat = heartbeat.stop(stage.epoch).await;
        let performance = outcome?;
        let makespan = (performance.makespan * 1000.0).round() as u32;
        let read = meta.contexts().zip(lanes.iter());
        let lanes = read.map(|(context, buffer)| lane(context, &buffer.snapshot()).expect("our own buffer")).collect();
        let trace = Trace { makespan, lanes, heartbeat };
        self.control.finish(&mut live.borrow_mut(), &trace);
        let sizes = if take == SampleKind::Cold { sizes(&self.job, &answers)? } else { Vec::new() };
        Ok(Sample { sizes, trace, answer: performance.answer, activity: performance.activity })
    }
}

impl Runner for PageRunner {
    fn startup(&self) -> f64 {
        0.0
    }

    fn sample(&mut self, kind: SampleKind) -> Pending<'_, Result<Sample, Failure>> {
        Box::pin(async move {
            settle().await; // what the last sample left to draw is no part of this one
            if self.control.cancel.raised() {
                return Err(Failure::Cancelled);
            }
            self.take(take).await
        })
    }
}
