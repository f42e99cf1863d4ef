//! The browser as the place where a run's strategies take their runners, and what the page can see and say meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use workloads::{Params, Part};

use super::cancel::Cancel;
use super::files::fetch_all;
use super::isolation::Isolation;
use super::live::Live;
use super::page_seat::PageRunner;
use super::worker_seat::WorkerRunner;
use lab::experiment::Experiment;
use lab::run::{self, Runner};
use strategies::{self, Failure, Job, Pending, Place, Strategy, unsuited};
use strategies::trace::{Series, Trace};

/// Who is told of a run as it goes on: what people see.
pub trait Observer {
    /// A sample begins; `live` can be read at every frame until `sampled` is called.
    fn begun(&self, live: Rc<RefCell<Live>>);
    /// It is done.
    fn sampled(&self, live: &mut Live, trace: &Trace);
    /// So many samples are done of so many.
    fn progress(&self, done: usize, total: usize, series: &[&Series]);
}

/// What a run's runners share: the way to cancel, and who is told.
pub struct Control {
    /// The visitor's wish, or the deck's.
    pub cancel: Rc<Cancel>,
    observer: Rc<dyn Observer>,
}

impl Control {
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
pub struct Executor {
    experiment: Experiment,
    isolation: Isolation,
    /// Milliseconds.
    timer_resolution: f64,
    control: Rc<Control>,
    /// What the workload begins with, once it is fetched.
    files: RefCell<Vec<Part>>,
}

impl Executor {
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
    /// The first failure ends the run; all its workers are ended with it.
    pub async fn run(&self) -> Result<Vec<Series>, Failure> {
        let names = self.experiment.workload.files(&self.experiment.params);
        self.files.replace(self.control.cancel.or(Box::pin(fetch_all(&names))).await?);
        run::run(&self.experiment, self).await
    }

    fn job(&self) -> Job {
        let Experiment { workload, params, seed, .. } = &self.experiment;
        Job { workload: *workload, params: params.clone(), seed: *seed, files: self.files.borrow().clone() }
    }

    async fn sit(&self, strategy: &'static dyn Strategy, workers: usize) -> Result<Box<dyn Runner>, Failure> {
        let (job, settings, traced) = (self.job(), &self.experiment.settings, self.experiment.trace);
        if let Some(reason) = why_not(strategy, &self.experiment, &self.isolation) {
            return Err(Failure::Unavailable(reason));
        }
        let control = self.control.clone();
        if strategy.meta().place == Place::Page {
            return Ok(Box::new(PageRunner::new(strategy, job, settings.clone(), traced, control)));
        }
        let share = self.isolation.shared_memory;
        Ok(Box::new(WorkerRunner::start(strategy, &job, settings, workers, traced, share, control).await?))
    }
}

/// Why `strategy` cannot do this experiment's work on this page, if it cannot: a clause that can follow a colon.
pub fn why_not(strategy: &dyn Strategy, experiment: &Experiment, isolation: &Isolation) -> Option<String> {
    let unsuited = || unsuited(strategy, experiment.workload, &experiment.params).map(Into::into);
    unavailable(strategy, isolation).or_else(unsuited)
}

/// Why `strategy` cannot run on this page, whatever the work, if it cannot.
pub fn unavailable(strategy: &dyn Strategy, isolation: &Isolation) -> Option<String> {
    (strategy.meta().needs_isolation() && !isolation.shared_memory).then(|| {
        let instead = without_sharing(strategy).unwrap_or_else(|| "the other strategies run".into());
        format!("shared memory is needed, and this page is {}; {instead}", isolation.how)
    })
}

/// The setting that makes of `strategy` one that shares no memory, if there is one.
fn without_sharing(strategy: &dyn Strategy) -> Option<String> {
    let choices =
        strategy.meta().params.iter().flat_map(|param| (param.min..=param.max).map(move |value| (param, value)));
    choices.filter(|(param, _)| !param.words.is_empty()).find_map(|(param, value)| {
        let mut settings = Params::of(strategy::params());
        settings.set(param.key, value).ok()?;
        let variant = strategy.variant(&settings).filter(|variant| !variant.meta().needs_isolation())?;
        Some(format!("{} needs none ({}={})", variant.meta().name, param.key, param.text(value)))
    })
}

impl run::Executor for Executor {
    fn runner(&self, strategy: &'static dyn Strategy, workers: usize) -> Pending<'_, Result<Box<dyn Runner>, Failure>> {
        Box::pin(self.sit(strategy, workers))
    }

    fn timer_resolution(&self) -> f64 {
        self.timer_resolution
    }

    fn progress(&self, done: usize, total: usize, series: &[&Series]) {
        self.control.observer.progress(done, total, series);
    }
}
