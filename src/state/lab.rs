//! A lab: one embedded experiment with its state, its lanes and its results. Provided by context to its components.
//!
//! Everything shown is derived from its signals. `carry_out` writes `progress`, `outcome` and `latest`; a changed
//! experiment clears them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use analyst::Reported;
use lab::experiment::{Experiment, Problem};
use leptos::html;
use leptos::prelude::*;
use strategies::Failure;
use wasm_bindgen::JsCast;
use words::en;

use super::{LabQuestion, Play};
use crate::browser::{InView, is_framed};
use crate::drawing::Canvases;

/// The state of a lab's run.
#[derive(Debug, Clone, PartialEq)]
pub enum RunState {
    /// Nothing has run yet.
    Idle,
    /// It waits for another frame, tab or window of Lanes that is measuring.
    Waiting,
    /// `done` of `total` samples are done; 0 of 0 while workers start.
    Running {
        /// Samples done.
        done: usize,
        /// Samples in all.
        total: usize,
    },
    /// It succeeded.
    Done,
    /// It failed, or was cancelled.
    Failed(Failure),
}

impl RunState {
    /// Whether a run is in progress, even if it only waits.
    pub fn goes_on(&self) -> bool {
        matches!(self, Self::Waiting | Self::Running { .. })
    }
}

/// A sheet that lies over the lanes while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The strategies.
    Strategies,
    /// Settings that are seldom changed.
    More,
}

/// How many results are kept, and how many measured runs that were not analysed; each may hold megabytes of spans.
const PAST: usize = 4;

/// Handles to a lab's state; copies refer to the same state.
#[derive(Clone, Copy)]
pub struct Lab {
    /// Its number on the page, from 1.
    pub number: usize,
    /// Whether it is the only lab on the page.
    pub alone: bool,
    /// The visitor's choice.
    pub experiment: RwSignal<Experiment>,
    /// What was not legal in a URL, a message or a control, in words.
    pub problems: RwSignal<Vec<String>>,
    /// The state of the run.
    pub progress: RwSignal<RunState>,
    /// The report of the last successful run, or of an opened file, with everything that is shown of it; `None` if
    /// there is no result to show.
    pub outcome: RwSignal<Option<Rc<Reported>>, LocalStorage>,
    /// Whether the outcome comes from an earlier run in this visit.
    pub earlier: RwSignal<bool>,
    /// The latest results of this visit, newest first, at most one for each experiment.
    past: StoredValue<VecDeque<(Experiment, Rc<Reported>)>, LocalStorage>,
    /// Runs that were measured but could not be analysed, newest first, at most one for each experiment.
    measured: RwSignal<VecDeque<(Experiment, analyst::FinishedRun)>, LocalStorage>,
    /// The experiment behind the outcome, if that is not from the run just now: from a file, or from an earlier run in
    /// this visit.
    pub recording: RwSignal<Option<Experiment>>,
    /// The makespan of each strategy's latest sample while a run is in progress, by strategy id, in milliseconds.
    pub latest: RwSignal<BTreeMap<&'static str, f64>>,
    /// What the tasks of each strategy have printed so far in its latest sample that was drawn as it ran, by strategy
    /// id.
    pub printed: RwSignal<BTreeMap<&'static str, String>>,
    /// The ids of the strategies whose pictures have holes, because the page could not read everything that was
    /// computed.
    pub torn: RwSignal<BTreeSet<&'static str>>,
    /// The question that is asked before the run, if there is one.
    pub asked: Option<LabQuestion>,
    /// Whether its lanes are shown. Behind a question they are hidden until something has run.
    pub opened: RwSignal<bool>,
    /// Which sheet lies open over the lanes.
    pub sheet: RwSignal<Option<Sheet>>,
    /// The button that runs and cancels.
    pub run_button: NodeRef<html::Button>,
    /// Which control gets the focus back when a run is over.
    lender: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>,
    /// Its place on the page.
    pub place: NodeRef<html::Section>,
    /// How much of it is within view.
    pub view: StoredValue<Rc<InView>, LocalStorage>,
    /// The canvases.
    pub canvases: StoredValue<Rc<Canvases>, LocalStorage>,
    /// The player, with the moment that is shown on the canvases, if one is.
    pub play: Play,
}

impl Lab {
    /// A lab in which nothing has run.
    pub fn new(
        number: usize,
        alone: bool,
        experiment: Experiment,
        problems: &[Problem],
        asked: Option<LabQuestion>,
    ) -> Self {
        Self {
            number,
            alone,
            experiment: RwSignal::new(experiment),
            problems: RwSignal::new(problems.iter().map(words::problem).collect()),
            progress: RwSignal::new(RunState::Idle),
            outcome: RwSignal::new_local(None),
            earlier: RwSignal::new(false),
            past: StoredValue::new_local(VecDeque::new()),
            measured: RwSignal::new_local(VecDeque::new()),
            recording: RwSignal::new(None),
            latest: RwSignal::new(BTreeMap::new()),
            printed: RwSignal::new(BTreeMap::new()),
            torn: RwSignal::new(BTreeSet::new()),
            asked,
            opened: RwSignal::new(asked.is_none()),
            sheet: RwSignal::new(None),
            run_button: NodeRef::new(),
            lender: StoredValue::new_local(None),
            place: NodeRef::new(),
            view: StoredValue::new_local(Rc::default()),
            canvases: StoredValue::new_local(Rc::new(Canvases::default())),
            play: Play::new(),
        }
    }

    /// An id for one of its elements: the name itself on a page with one lab, so that decks and tests find it.
    pub fn id(&self, name: &str) -> String {
        if self.alone { name.into() } else { format!("{name}-{}", self.number) }
    }

    /// The lab's name, for a page with several labs.
    pub fn name(&self) -> String {
        en::LAB.with(&[("number", words::Arg::digits(self.number))])
    }

    /// The name of one of its parts, for users who do not see which lab it is in: with the lab's name if the page has
    /// several.
    pub fn name_of(&self, part: String) -> String {
        if self.alone { part } else { en::PART_OF_LAB.with(&[("lab", self.name().into()), ("part", part.into())]) }
    }

    /// Whether a run is in progress in it.
    pub fn running(&self) -> bool {
        self.progress.with(RunState::goes_on)
    }

    /// The same, without subscribing to changes.
    pub fn running_now(&self) -> bool {
        self.progress.with_untracked(RunState::goes_on)
    }

    /// The visible area of the lab, in square pixels of the window. In a frame, at most the area that the pages around
    /// it leave visible, as last reported. The lab's own window is measured directly, because a scroll that has just
    /// happened is not reported yet.
    pub fn seen(&self) -> f64 {
        let Some(place) = self.place.get_untracked() else { return 0.0 };
        let size = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64()).unwrap_or(0.0);
        let (width, height) = (size(window().inner_width()), size(window().inner_height()));
        let rect = place.get_bounding_client_rect();
        let across = rect.right().min(width) - rect.left().max(0.0);
        let down = rect.bottom().min(height) - rect.top().max(0.0);
        let within = across.max(0.0) * down.max(0.0);
        if is_framed() { within.min(self.view.with_value(|view| view.area())) } else { within }
    }

    /// Gives the keyboard's focus to its Run button.
    pub fn focus_run(&self) {
        if let Some(button) = self.run_button.get_untracked() {
            button.focus().ok();
        }
    }

    /// Moves the focus to Cancel if one of the lab's controls has it: the controls are about to be disabled, and a
    /// disabled control loses the focus.
    pub fn lend_focus(&self) {
        let focused =
            focused().filter(|element| element.closest(".controls fieldset").is_ok_and(|found| found.is_some()));
        let inside = |place: &web_sys::HtmlElement| place.contains(focused.as_ref().map(AsRef::as_ref));
        let own = focused.is_some() && self.place.get_untracked().is_some_and(|place| inside(&place));
        if own {
            self.focus_run();
        }
        self.lender.set_value(focused.filter(|_| own));
    }

    /// Gives the focus back to that control, unless it has moved elsewhere.
    pub fn give_focus_back(&self) {
        let still = || {
            focused()
                .is_some_and(|element| Some(element) == self.run_button.get_untracked().map(|run| run.unchecked_into()))
        };
        let lender = self.lender.try_update_value(Option::take).flatten();
        lender.filter(|_| still()).inspect(|element| _ = element.focus());
    }

    /// Shows the result of a run of this experiment, and keeps it for when the experiment is chosen again.
    pub fn show(&self, experiment: Experiment, reported: Rc<Reported>) {
        self.past.update_value(|past| put_first(past, experiment, reported.clone()));
        self.canvases.with_value(|canvases| canvases.show(&reported.shown));
        self.outcome.set(Some(reported));
        self.progress.set(RunState::Done);
    }

    /// Shows the last result of the current experiment; returns false if there is none.
    pub fn recall(&self) -> bool {
        let now = self.experiment.get_untracked();
        let last = self.past.with_value(|past| past.iter().find(|(experiment, _)| *experiment == now).cloned());
        let Some((experiment, reported)) = last else { return false };
        if !self.is_shown(&reported) {
            self.clear();
            self.recording.set(Some(experiment.clone()));
            self.show(experiment, reported);
        }
        self.earlier.set(true);
        self.progress.set(RunState::Done);
        true
    }

    /// Shows the last result of the current experiment, or clears the lab if there is none.
    pub fn recall_or_clear(&self) {
        if !self.recall() {
            self.clear();
        }
    }

    /// Keeps a measured run until it is analysed, whatever is chosen meanwhile.
    pub fn keep_measured(&self, experiment: Experiment, run: analyst::FinishedRun) {
        self.measured.update(|measured| put_first(measured, experiment, run));
    }

    /// Drops the measured run of this experiment, which no longer needs an analysis.
    pub fn drop_measured(&self, experiment: &Experiment) {
        self.measured.update(|measured| measured.retain(|(other, _)| other != experiment));
    }

    /// Whether the current experiment was measured but not analysed.
    pub fn is_measured(&self) -> bool {
        self.experiment.with(|now| self.measured.with(|measured| measured.iter().any(|(of, _)| of == now)))
    }

    /// The measured run of the current experiment that was not analysed, if there is one.
    pub fn measured(&self) -> Option<(Experiment, analyst::FinishedRun)> {
        let now = self.experiment.get_untracked();
        self.measured.with_untracked(|measured| measured.iter().find(|(of, _)| *of == now).cloned())
    }

    /// Whether the outcome comes from a file, made elsewhere or at another visit.
    pub fn is_from_elsewhere(&self) -> bool {
        self.recording.with_untracked(Option::is_some) && !self.earlier.get_untracked()
    }

    fn is_shown(&self, reported: &Rc<Reported>) -> bool {
        self.outcome.with_untracked(|shown| shown.as_ref().is_some_and(|shown| Rc::ptr_eq(shown, reported)))
    }

    /// Clears everything that is shown of a run.
    pub fn clear(&self) {
        self.outcome.set(None);
        self.earlier.set(false);
        self.recording.set(None);
        self.progress.set(RunState::Idle);
        self.torn.set(BTreeSet::new());
        self.canvases.get_value().clear();
    }
}

/// Puts the newest entry of an experiment before those of all others.
fn put_first<T>(kept: &mut VecDeque<(Experiment, T)>, experiment: Experiment, newest: T) {
    kept.retain(|(other, _)| *other != experiment);
    kept.push_front((experiment, newest));
    kept.truncate(PAST);
}

fn focused() -> Option<web_sys::HtmlElement> {
    document().active_element()?.dyn_into().ok()
}
