//! The browser as the place where a run's strategies are carried out, and what the page can see and say meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use lab::experiment::Experiment;
use lab::run::{self, RunId, Runner, Series};
use strategies::trace::{STANDS_STILL, slack};
use strategies::{Failure, Isolation, Job, Memory, Meta, Pending, Place, unavailable};
use workloads::SharedBytes;

use super::cancel::Cancel;
use super::control::{Control, Observer};
use super::files::fetch_all;
use super::page_runner::PageRunner;
use super::room::{room, with_room};
use super::worker_runner::WorkerRunner;
use crate::link::Assignment;

/// The browser, ready for one run of one experiment.
pub struct BrowserExecutor {
    experiment: Experiment,
    isolation: Isolation,
    /// In milliseconds.
    timer_resolution: f64,
    control: Rc<Control>,
    /// The workload's files, once they are fetched.
    files: RefCell<Vec<SharedBytes>>,
}

impl BrowserExecutor {
    /// Prepares a run that `cancel` ends; nothing starts yet. The clock's resolution is in milliseconds.
    pub fn new(
        experiment: Experiment,
        isolation: Isolation,
        timer_resolution: f64,
        cancel: Rc<Cancel>,
        observer: Rc<dyn Observer>,
    ) -> Self {
        let control = Rc::new(Control { cancel, observer });
        Self { experiment, isolation, timer_resolution, control, files: RefCell::default() }
    }

    /// Fetches the workload's files and runs the experiment.
    ///
    /// # Errors
    /// The first failure, which ends the run with all its workers. A clock that does not move is a failure, too.
    pub async fn run(&self) -> Result<Vec<Series>, Failure> {
        if self.timer_resolution >= STANDS_STILL {
            return Err(Failure::NoClock);
        }
        let names = self.experiment.workload.files(&self.experiment.params);
        self.files.replace(self.control.cancel.or(Box::pin(fetch_all(&names))).await?);
        run::run(&self.experiment, self).await
    }

    fn assignment(&self, RunId { strategy, workers }: RunId) -> Assignment {
        let Experiment { workload, params, seed, strategy_params, trace, .. } = self.experiment.clone();
        let Meta { memory, parallel, .. } = strategy.meta();
        let contends = workers > 1 && *parallel && *memory == Memory::Shared && workload.contends(&params);
        let slack = slack(self.timer_resolution).filter(|_| !contends);
        let job = Job { workload, params, seed, files: self.files.borrow().clone() };
        let clock_step = self.timer_resolution;
        Assignment { strategy, job, strategy_params, workers, traced: trace, slack, clock_step }
    }

    async fn start(&self, id: RunId) -> Result<Box<dyn Runner>, Failure> {
        let Experiment { workload, params, .. } = &self.experiment;
        if let Some(why) = unavailable(id.strategy, *workload, params, self.isolation) {
            return Err(Failure::Unavailable(why));
        }
        let (assignment, control) = (self.assignment(id), self.control.clone());
        if id.strategy.meta().place == Place::Page {
            return Ok(Box::new(PageRunner::new(assignment, control)));
        }
        let start = async || WorkerRunner::start(assignment.clone(), control.clone()).await;
        Ok(Box::new(with_room(&self.control.cancel, start).await?))
    }
}

impl run::Executor for BrowserExecutor {
    fn runner(&self, id: RunId) -> Pending<'_, Result<Box<dyn Runner>, Failure>> {
        Box::pin(self.start(id))
    }

    fn room(&self) -> usize {
        room()
    }

    fn timer_resolution(&self) -> f64 {
        self.timer_resolution
    }

    fn progress(&self, done: usize, total: usize, series: &[&Series]) {
        self.control.observer.progress(done, total, series);
    }
}
