//! One run at a time: from the press of Run to its outcome on the page.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::controls::shut;
use super::screen::Screen;
use super::state::{Outcome, Stage, State};
use super::turn::{RUN, Turn};
use pictures::{Answer, Question, Run};
use lab::experiment::Experiment;
use crate::platform::{
    Cancel, Executor, Live, Observer, Visibility, another_answer, ask, calibrate, engine, give_way, on_battery, settle,
};
use strategies::Failure;
use strategies::trace::{Series, Trace};
use lab::verdict::Conditions;

/// How a run ended, for whoever asked for it.
pub enum Ending {
    /// Well.
    Outcome(Rc<Outcome>),
    /// Without, and why.
    Failure(Failure),
}

/// Whoever asked for a run, and wants to know how it goes.
pub struct Caller {
    /// Called after each sample with how many are done of how many.
    pub progress: Box<dyn Fn(usize, usize)>,
    /// Called at the end.
    pub end: Box<dyn FnOnce(Ending)>,
}

/// Starts a run of the experiment.
///
/// # Errors
/// With the caller, if a run, or something else that keeps the machine busy, goes on already.
pub fn run(state: State, caller: Option<Caller>) -> Result<(), Option<Caller>> {
    let Some(turn) = Turn::take(RUN) else { return Err(caller) };
    shut();
    state.stage.set(Stage::Running { done: 0, total: 0 });
    state.last_ms.set(Default::default());
    state.outcome.set(None); // numbers and lanes on the page are always of the same run
    let experiment = state.experiment.get_untracked();
    let (progress, end) = caller.map(|caller| (caller.progress, caller.end)).unzip();
    let screen = state.screen.get_value();
    screen.begin(&experiment);
    let observer = Rc::new(Watcher { state, screen: screen.clone(), progress });
    let (isolation, cancel) = (state.isolation.get_value(), turn.cancel.clone());
    let executor = Executor::new(experiment.clone(), isolation, state.timer_resolution, cancel, observer);
    spawn_local(async move {
        let outcome = carry_out(state, &executor, &experiment, &turn.cancel).await;
        screen.end();
        let ending = match outcome {
            Ok(outcome) => {
                let outcome = Rc::new(outcome);
                screen.show(&outcome);
                state.outcome.set(Some(outcome.clone()));
                state.stage.set(Stage::Done);
                Ending::Outcome(outcome)
            }
            Err(failure) => {
                state.stage.set(match &failure {
                    Failure::Cancelled => Stage::Cancelled,
                    Failure::Lost(_) | Failure::NotStarted(_) => {
                        Stage::Failed(format!("{failure} Run tries again with new workers."))
                    }
                    Failure::NoAnalysis(_) => Stage::Failed(format!("{failure} Run tries again.")),
                    other => Stage::Failed(other.to_string()),
                });
                Ending::Failure(failure)
            }
        };
        drop(turn);
        if let Some(end) = end {
            end(ending);
        }
    });
    Ok(())
}

async fn carry_out(state: State, executor: &Executor, experiment: &Experiment, cancel: &Cancel) -> Result<Outcome, Failure> {
    settle().await; // "running" is on screen before blocking freezes the page
    settle().await;
    let visibility = Visibility::watch();
    let before = calibrate().await;
    let series = executor.run().await?;
    settle().await; // the workers have been ended, which takes a moment
    let after = calibrate().await;
    give_way().await;
    let conditions = Conditions {
        claimed_cores: state.catalogue.with_value(|catalogue| catalogue.claimed_cores),
        timer_resolution_ms: state.timer_resolution,
        calibration_ms: Some([before, after]),
        hidden: visibility.was_hidden(),
        on_battery: on_battery().await,
    };
    let isolation = state.isolation.get_value();
    let question = Question::Run(Run {
        experiment: experiment.owned_pairs(),
        conditions,
        shared_memory: (isolation.shared_memory, isolation.how),
        engine: engine(),
        series,
    });
    match (analysed(&question, cancel).await?, question) {
        (Answer::Run(findings), Question::Run(Run { series, .. })) => {
            Ok(Outcome { findings, series, calibration_ms: [before, after] })
        }
        _ => Err(another_answer()),
    }
}

/// What the run means. An analyst that could not be loaded is asked for once more: minutes of samples are worth it.
async fn analysed(question: &Question, cancel: &Cancel) -> Result<Answer, Failure> {
    match cancel.or(Box::pin(ask(question))).await {
        Err(Failure::NoAnalysis(_)) => cancel.or(Box::pin(ask(question))).await,
        answer => answer,
    }
}

/// Shows a run as it goes on.
struct Watcher {
    state: State,
    screen: Rc<Screen>,
    progress: Option<Box<dyn Fn(usize, usize)>>,
}

impl Observer for Watcher {
    fn begun(&self, live: Rc<RefCell<Live>>) {
        self.screen.follow(live);
    }

    fn sampled(&self, live: &mut Live, trace: &Trace) {
        self.screen.sampled(live, trace);
    }

    fn progress(&self, done: usize, total: usize, series: &[&Series]) {
        self.state.stage.set(Stage::Running { done, total });
        let last = |series: &&Series| Some((series.strategy.clone(), *series.samples_ms().last()?));
        self.state.last_ms.set(series.iter().filter_map(last).collect());
        if let Some(progress) = &self.progress {
            progress(done, total);
        }
    }
}
