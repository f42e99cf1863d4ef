//! One run: from the press of Run to its report on the page. A measured run is kept until it is analysed, because
//! minutes of samples are worth it.

use std::cell::RefCell;
use std::rc::Rc;

use analyst::{About, AnalystAnswer, Reported};
use lab::experiment::Experiment;
use lab::report::Machine;
use lab::run::Series;
use leptos::prelude::*;
use strategies::trace::Trace;
use strategies::{Failure, Loss};
use wasm_bindgen_futures::spawn_local;

use super::{Lab, MachineUse, PageState, RunState};
use crate::browser::{
    BrowserExecutor, Cancel, Live, Observer, OriginLock, Sight, Visibility, another_answer, ask, calibrate, engine,
    now_iso, on_battery,
};
use crate::drawing::Canvases;
use crate::link::{give_way, settle};

/// How a run ended, for its caller.
pub enum Ending {
    /// With a report.
    Reported(Rc<Reported>),
    /// Without a report, and why.
    Failed(Failure),
}

/// Called with the state of a run: when it has to wait, and after each sample.
pub type OnProgress = Box<dyn Fn(&RunState)>;

/// The callbacks of a run's caller.
pub struct Caller {
    /// Called while the run is in progress.
    pub progress: OnProgress,
    /// Called at the end.
    pub end: Box<dyn FnOnce(Ending)>,
}

/// A run that has only begun.
const STARTING: RunState = RunState::Running { done: 0, total: 0 };

/// Starts a run of the lab's experiment; returns false if another activity has the turn.
pub fn run(page: PageState, lab: Lab, caller: Option<Caller>) -> bool {
    let Some(turn) = page.exclusive.take(MachineUse::Run(lab.number)) else { return false };
    lab.lend_focus();
    lab.sheet.set(None);
    lab.opened.set(true);
    lab.progress.set(STARTING);
    lab.latest.set(Default::default());
    lab.outcome.set(None); // numbers and lanes on the page are always of the same run
    lab.recording.set(None);
    lab.earlier.set(false);
    lab.torn.set(Default::default());
    let experiment = lab.experiment.get_untracked();
    let (progress, end) = caller.map(|caller| (caller.progress, caller.end)).unzip();
    let canvases = lab.canvases.get_value();
    lab.printed.set(Default::default());
    let reader = move |strategy, lines| lab.printed.update(|printed| drop(printed.insert(strategy, lines)));
    canvases.begin(&experiment, Rc::new(reader));
    let sight = Sight::of(lab.view.get_value());
    let observer = Rc::new(Watcher { lab, canvases: canvases.clone(), sight, progress });
    let cancel = turn.cancel.clone();
    let (isolation, resolution) = (page.isolation, page.timer_resolution);
    let executor = BrowserExecutor::new(experiment.clone(), isolation, resolution, cancel, observer.clone());
    spawn_local(async move {
        let outcome = match measure(page, &observer, &executor, &experiment, &turn.cancel).await {
            Ok((run, _lock)) => analyse(page, lab, &experiment, run, &turn.cancel).await,
            Err(failure) => Err(failure),
        };
        canvases.end();
        let ending = show(lab, experiment, outcome);
        drop(turn);
        if let Some(end) = end {
            end(ending);
        }
    });
    true
}

/// Analyses the lab's measured run, if that did not succeed after the run.
pub fn work_out(page: PageState, lab: Lab) {
    let Some((experiment, run)) = lab.measured() else { return };
    let Some(turn) = page.exclusive.take(MachineUse::Run(lab.number)) else { return };
    lab.progress.set(STARTING);
    spawn_local(async move {
        let outcome = analyse(page, lab, &experiment, run, &turn.cancel).await;
        show(lab, experiment, outcome);
        drop(turn);
    });
}

/// Shows the result of a run; after a failure, why it failed, with the last result of the experiment.
fn show(lab: Lab, experiment: Experiment, outcome: Result<Reported, Failure>) -> Ending {
    match outcome {
        Ok(reported) => {
            let reported = Rc::new(reported);
            lab.show(experiment, reported.clone());
            Ending::Reported(reported)
        }
        Err(failure) => {
            lab.recall();
            lab.progress.set(RunState::Failed(failure.clone()));
            Ending::Failed(failure)
        }
    }
}

async fn measure(
    page: PageState,
    watcher: &Watcher,
    executor: &BrowserExecutor,
    experiment: &Experiment,
    cancel: &Cancel,
) -> Result<(analyst::FinishedRun, OriginLock), Failure> {
    let take = async { Ok(OriginLock::take(|| watcher.is_at(RunState::Waiting)).await) };
    let lock = cancel.or(Box::pin(take)).await?;
    watcher.lab.progress.set(STARTING);
    settle().await; // "running" is on screen before blocking freezes the page
    settle().await;
    let visibility = Visibility::watch();
    watcher.sight.begin().await;
    let before = calibrate().await;
    let series = executor.run().await?;
    settle().await; // the workers have been ended, which takes a moment
    let after = calibrate().await;
    give_way().await;
    let machine = Machine {
        claimed_cores: page.cores.0,
        isolation: page.isolation.into(),
        timer_resolution_ms: page.timer_resolution,
        engine: engine(),
        calibration_ms: Some([before, after]),
        on_battery: on_battery().await,
        hidden: visibility.was_hidden(),
        out_of_view: watcher.sight.was_out().await,
        another_instance: lock.another_may_have_measured(),
    };
    Ok((analyst::FinishedRun { experiment: experiment.owned_pairs(), machine, made: now_iso(), series }, lock))
}

/// Analyses a run; keeps it if that fails now and may succeed later.
async fn analyse(
    page: PageState,
    lab: Lab,
    experiment: &Experiment,
    run: analyst::FinishedRun,
    cancel: &Cancel,
) -> Result<Reported, Failure> {
    let answer = cancel.or(Box::pin(ask(page.language_file(), About::Run(Box::new(run.clone()))))).await;
    match &answer {
        Ok(_) | Err(Failure::NoAnalysis(Loss::AnotherVersion)) => lab.drop_measured(experiment),
        Err(_) => lab.keep_measured(experiment.clone(), run),
    }
    match answer? {
        AnalystAnswer::Shown(reported) => Ok(*reported),
        _ => Err(another_answer()),
    }
}

/// Shows a run as it goes on.
struct Watcher {
    lab: Lab,
    canvases: Rc<Canvases>,
    sight: Sight,
    progress: Option<OnProgress>,
}

impl Watcher {
    /// Reports the state of the run.
    fn is_at(&self, progress: RunState) {
        if let Some(tell) = &self.progress {
            tell(&progress);
        }
        self.lab.progress.set(progress);
    }
}

impl Observer for Watcher {
    fn begun(&self, live: Rc<RefCell<Live>>) {
        self.canvases.follow(live);
    }

    fn sampled(&self, live: &mut Live, trace: &Trace) {
        if !self.canvases.sampled(live, trace) {
            self.lab.torn.update(|torn| torn.extend([live.strategy]));
        }
    }

    fn progress(&self, done: usize, total: usize, series: &[&Series]) {
        self.sight.look();
        let last = |series: &&Series| Some((series.id.strategy.meta().id, *series.samples_ms().last()?));
        self.lab.latest.set(series.iter().filter_map(last).collect());
        self.is_at(RunState::Running { done, total });
    }
}
