//! The browser as the place where a run's strategies take their seats, and what the page can see and say meanwhile.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::isolation::Isolation;
use super::live::Live;
use super::page_seat::PageSeat;
use super::worker_seat::WorkerSeat;
use crate::experiment::Experiment;
use crate::run::{self, Seat};
use crate::strategy::{Failure, Job, Pending, Place, Strategy};
use crate::trace::{Series, Trace};

/// Who is told of a run as it goes on: what people see.
pub trait Observer {
    /// A sample begins; `live` can be read at every frame until `sampled` is called.
    fn begun(&self, live: Rc<RefCell<Live>>);
    /// It is done.
    fn sampled(&self, live: &mut Live, trace: &Trace);
    /// So many samples are done of so many.
    fn progress(&self, done: usize, total: usize, series: &[Series]);
}

/// What a run's seats share: the way to cancel, and who is told.
pub struct Control {
    /// Not 0: stop between two steps.
    pub cancel: AtomicU32,
    observer: Rc<dyn Observer>,
}

impl Control {
    /// Whether the run is to end.
    pub fn cancelled(&self) -> bool {
        self.cancel.load(Relaxed) != 0
    }

    /// Tells that a sample begins.
    pub fn begin(&self, live: Rc<RefCell<Live>>) {
        self.observer.begun(live);
    }

    /// Tells that a sample is done.
    pub fn finish(&self, live: &mut Live, trace: &Trace) {
        self.observer.sampled(live, trace);
    }
}

/// The browser, ready for one run of one experiment.
pub struct House {
    experiment: Experiment,
    isolation: Isolation,
    control: Rc<Control>,
}

impl House {
    /// Prepares a run; nothing starts yet.
    pub fn new(experiment: Experiment, isolation: Isolation, observer: Rc<dyn Observer>) -> Self {
        Self { experiment, isolation, control: Rc::new(Control { cancel: AtomicU32::new(0), observer }) }
    }

    /// What cancels this run when called.
    pub fn canceller(&self) -> impl Fn() + 'static {
        let control = self.control.clone();
        move || control.cancel.store(1, Relaxed)
    }

    /// Runs the experiment.
    ///
    /// # Errors
    /// The first failure ends the run; all its workers are ended with it.
    pub async fn run(&self) -> Result<Vec<Series>, Failure> {
        run::run(&self.experiment, self).await
    }

    fn job(&self) -> Job {
        let Experiment { workload, params, seed, .. } = &self.experiment;
        Job { workload: *workload, params: params.clone(), seed: *seed }
    }

    async fn sit(&self, strategy: &'static dyn Strategy) -> Result<Box<dyn Seat>, Failure> {
        let meta = strategy.meta();
        if let Some(reason) = unavailable(strategy, &self.isolation) {
            return Err(Failure::Unavailable(reason));
        }
        let (job, traced, control) = (self.job(), self.experiment.trace, self.control.clone());
        if meta.place == Place::Page {
            return Ok(Box::new(PageSeat::new(strategy, job, traced, control)));
        }
        let (workers, share) = (self.experiment.workers, self.isolation.shared_memory);
        let seat = WorkerSeat::start(strategy, &job, workers, traced, share, control).await?;
        Ok(Box::new(seat))
    }
}

/// Why `strategy` cannot run on this page, if it cannot.
pub fn unavailable(strategy: &dyn Strategy, isolation: &Isolation) -> Option<String> {
    (strategy.meta().needs_isolation() && !isolation.shared_memory)
        .then(|| format!("shared memory is needed, and this page is {}; the other strategies run", isolation.how))
}

impl run::House for House {
    fn seat(&self, strategy: &'static dyn Strategy) -> Pending<'_, Result<Box<dyn Seat>, Failure>> {
        Box::pin(self.sit(strategy))
    }

    fn progress(&self, done: usize, total: usize, series: &[Series]) {
        self.control.observer.progress(done, total, series);
    }
}
