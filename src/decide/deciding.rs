//! Working out the decision: a first look, a closer one, then what would change it, one question to the analyst at a
//! time.
//!
//! Each key press starts anew. First looks are quick and always finish; what follows takes long, and the next key press
//! drops it at once, with the analyst that works on it.

use std::rc::Rc;
use std::time::Duration;

use analyst::{About, AnalystAnswer, DecidedProject, Looked, Pairs, ProjectInput, ProjectQuestion};
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use pictures::decision::Change;
use wasm_bindgen_futures::spawn_local;
use words::{Arg, decision as say};

use super::asking::{ask, asked};
use super::link;
use super::typed::Typed;
use crate::browser::another_answer;
use crate::link::sleep;
use crate::state::PageState;

/// Key presses that follow each other more quickly than this are one change.
const PAUSE: Duration = Duration::from_millis(50);

/// How far the decision is worked out.
#[derive(Clone, PartialEq)]
pub enum DecidingStage {
    /// Nothing is answered yet.
    WorkingOut,
    /// A first look is shown.
    Closer,
    /// The ranking is there.
    Changes {
        /// Changes looked at.
        done: usize,
        /// Changes to look at in all.
        all: usize,
    },
    /// Everything is worked out.
    Done,
    /// It failed; why, in words.
    Failed(String),
}

/// A project that is to be decided.
#[derive(Clone)]
struct Wanted {
    given: ProjectInput,
    /// Whether the form is to be filled from it.
    fill: bool,
    /// Whether it is to be written into the address.
    link: bool,
}

/// The form, and what came of it. Copies refer to the same state.
#[derive(Clone, Copy)]
pub struct Deciding {
    page: PageState,
    /// What was typed.
    pub typed: Typed,
    /// The last decision; `None` before the first.
    pub decided: RwSignal<Option<Rc<DecidedProject>>, LocalStorage>,
    /// What would change the decision, as far as it was looked for.
    pub changes: RwSignal<Vec<Change>>,
    /// The same, each as JSON.
    pub changes_json: StoredValue<Vec<String>>,
    /// How far the decision is worked out.
    pub stage: RwSignal<DecidingStage>,
    /// What `costs.py` printed on the visitor's Python.
    pub python: RwSignal<Option<String>>,
    generation: StoredValue<usize>,
    next: StoredValue<Option<Wanted>>,
    works: StoredValue<bool>,
    /// Ends the work that follows a first look.
    rest: StoredValue<Option<AbortHandle>>,
}

impl Deciding {
    /// A form without a decision yet.
    pub fn new(page: PageState) -> Self {
        Self {
            page,
            typed: Typed::new(),
            decided: RwSignal::new_local(None),
            changes: RwSignal::new(Vec::new()),
            changes_json: StoredValue::new(Vec::new()),
            stage: RwSignal::new(DecidingStage::WorkingOut),
            python: RwSignal::new(None),
            generation: StoredValue::new(0),
            next: StoredValue::new(None),
            works: StoredValue::new(false),
            rest: StoredValue::new(None),
        }
    }

    /// Decides the project in the address, and decides again when costs are measured or opened.
    pub fn begin(self) {
        let given = ProjectInput::Pairs { before: Pairs::new(), pairs: link::read() };
        self.work_out(Wanted { given, fill: true, link: false }, Duration::ZERO);
        Effect::new(move |before: Option<()>| {
            self.page.costs.track();
            self.python.track();
            if before.is_some() {
                self.typed_anew();
            }
        });
    }

    /// Decides what was typed, a moment after the last key.
    pub fn typed_anew(self) {
        if self.decided.with_untracked(Option::is_none) {
            return; // the form is still empty
        }
        let given = ProjectInput::Pairs { before: self.known(), pairs: untrack(|| self.typed.pairs()) };
        self.work_out(Wanted { given, fill: false, link: true }, PAUSE);
    }

    /// Decides another project, and fills the form from it.
    pub fn take(self, given: ProjectInput) {
        self.work_out(Wanted { given, fill: true, link: true }, Duration::ZERO);
    }

    /// The last legal values; empty before the first decision.
    pub fn known(self) -> Pairs {
        self.decided.with_untracked(|decided| decided.as_ref().map(|decided| decided.pairs.clone()).unwrap_or_default())
    }

    /// What is wrong with a field; `None` if nothing is.
    pub fn problem(self, key: &str) -> Option<String> {
        self.decided.with(|decided| {
            let (_, why) = decided.as_ref()?.problems.iter().find(|(known, _)| known == key)?;
            Some(why.clone())
        })
    }

    /// How far the decision is worked out, in words.
    pub fn says(self) -> String {
        let stage = self.stage.get();
        let held =
            self.page.exclusive.holder().is_some() && !matches!(stage, DecidingStage::Done | DecidingStage::Failed(_));
        if held { say::HELD_BY_RUN.text() } else { stage.text() }
    }

    /// The question about this project, as it is asked now.
    pub fn asked(self, given: ProjectInput, closer: bool) -> ProjectQuestion {
        asked(self.page, given, self.python.get_untracked(), closer)
    }

    /// Works out this project after `pause`, unless a later one has come by then.
    fn work_out(self, wanted: Wanted, pause: Duration) {
        self.generation.update_value(|generation| *generation += 1);
        let own = self.generation.get_value();
        self.stage.set(DecidingStage::WorkingOut);
        self.forget_changes();
        if let Some(rest) = take(self.rest) {
            rest.abort();
        }
        spawn_local(async move {
            sleep(pause).await;
            if self.generation.get_value() != own {
                return;
            }
            self.next.set_value(Some(wanted));
            if self.works.get_value() {
                return; // it is taken up when the question that is under way is answered
            }
            self.works.set_value(true);
            while let Some(wanted) = take(self.next) {
                match self.first_look(&wanted).await {
                    Ok(true) => self.go_on(wanted.given),
                    Ok(false) => {} // there is a later one
                    Err(why) => self.stage.set(DecidingStage::Failed(why)),
                }
            }
            self.works.set_value(false);
        });
    }

    fn forget_changes(self) {
        self.changes.set(Vec::new());
        self.changes_json.set_value(Vec::new());
    }

    /// Shows a first look, unless there is a later project by then; returns whether it was shown.
    async fn first_look(self, Wanted { given, fill, link }: &Wanted) -> Result<bool, String> {
        let own = self.generation.get_value();
        let decided = self.decide(given, false).await?;
        if self.generation.get_value() != own {
            return Ok(false);
        }
        if *fill {
            self.typed.fill(&decided.pairs, given);
        }
        if *link {
            link::write(&decided.query);
        }
        self.decided.set(Some(Rc::new(decided)));
        self.stage.set(DecidingStage::Closer);
        Ok(true)
    }

    /// Starts the work that follows a first look, until there is a later project.
    fn go_on(self, given: ProjectInput) {
        let (rest, handle) = abortable(async move {
            if let Err(why) = self.closer(given).await {
                self.stage.set(DecidingStage::Failed(why));
            }
        });
        self.rest.set_value(Some(handle));
        spawn_local(async move { rest.await.unwrap_or_default() });
    }

    /// Takes a closer look, and looks for what would change the decision.
    async fn closer(self, given: ProjectInput) -> Result<(), String> {
        let decided = self.decide(&given, true).await?;
        let (standings, all) = (decided.standings.clone(), decided.looks);
        self.decided.set(Some(Rc::new(decided)));
        for at in 0..all {
            self.stage.set(DecidingStage::Changes { done: at, all });
            let looked = Looked { asked: self.asked(given.clone(), true), standings: standings.clone(), at };
            match self.ask(About::Change(Box::new(looked))).await? {
                AnalystAnswer::Change(None) => {}
                AnalystAnswer::Change(Some((change, json))) => {
                    self.changes_json.update_value(|all| all.push(json));
                    self.changes.update(|changes| changes.push(change));
                }
                _ => return Err(words::failure(&another_answer())),
            }
        }
        self.stage.set(DecidingStage::Done);
        Ok(())
    }

    async fn decide(self, given: &ProjectInput, closer: bool) -> Result<DecidedProject, String> {
        match self.ask(About::Decide(Box::new(self.asked(given.clone(), closer)))).await? {
            AnalystAnswer::Decided(decided) => Ok(*decided),
            _ => Err(words::failure(&another_answer())),
        }
    }

    async fn ask(self, about: About) -> Result<AnalystAnswer, String> {
        ask(self.page, about).await.map_err(|failure| words::failure(&failure))
    }
}

fn take<T: Send + Sync + 'static>(value: StoredValue<Option<T>>) -> Option<T> {
    value.try_update_value(Option::take).flatten()
}

impl DecidingStage {
    fn text(&self) -> String {
        match self {
            Self::WorkingOut => say::WORKING_OUT.text(),
            Self::Closer => say::LOOKING_CLOSER.text(),
            Self::Changes { done, all } => {
                say::LOOKING_FOR_CHANGES.with(&[("done", Arg::digits(*done)), ("all", Arg::digits(*all))])
            }
            Self::Done => say::ALL_WORKED_OUT.text(),
            Self::Failed(why) => why.clone(),
        }
    }
}

/// The form, in any of its components.
pub fn here() -> Deciding {
    expect_context()
}
