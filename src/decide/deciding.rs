//! Working it out: a first look, a closer one, then what would change it, one question to the analyst at a time.
//!
//! Whatever is typed meanwhile drops what is left of it: each change is a generation of its own, and before every question the
//! page looks whether it is still the latest. What is measured has the machine to itself, so no question is asked during a run.

use std::rc::Rc;
use std::time::Duration;

use analyst::{About, Answer, Asked, DecidedProject, Given, Looked, Pairs};
use leptos::prelude::*;
use pictures::decision::Change;
use wasm_bindgen_futures::spawn_local;
use words::{Arg, decision as say};

use super::link;
use super::typed::Typed;
use crate::browser::{another_answer, ask};
use crate::link::sleep;
use crate::state::Page;

/// Keys that follow each other more quickly are one change.
const PAUSE: Duration = Duration::from_millis(150);
/// So often the page looks whether what is measured is over.
const LOOK: Duration = Duration::from_millis(200);

/// How far it is.
#[derive(Clone, PartialEq)]
pub enum Stage {
    /// Nothing is answered yet.
    WorkingOut,
    /// A first look is shown.
    Closer,
    /// The ranking is there.
    Changes {
        /// Looked at.
        done: usize,
        /// To look at.
        all: usize,
    },
    /// It waits for something that is measured.
    Held,
    /// All is there.
    Done,
    /// It did not work.
    Failed(String),
}

/// A project that is to be decided.
#[derive(Clone)]
struct Task {
    given: Given,
    /// Whether the form is to say what it has.
    fill: bool,
    /// Whether it is to be written into the address.
    link: bool,
}

/// The form, and what came of it. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Deciding {
    page: Page,
    /// What was typed.
    pub typed: Typed,
    /// What was answered last.
    pub decided: RwSignal<Option<Rc<DecidedProject>>, LocalStorage>,
    /// What would change it, as far as that was looked for.
    pub changes: RwSignal<Vec<Change>>,
    /// The same, each as JSON.
    pub changes_json: StoredValue<Vec<String>>,
    /// How far it is.
    pub stage: RwSignal<Stage>,
    /// What `costs.py` printed on the visitor's Python.
    pub python: RwSignal<Option<String>>,
    generation: StoredValue<usize>,
    next: StoredValue<Option<Task>>,
    works: StoredValue<bool>,
}

impl Deciding {
    /// Nothing is decided.
    pub fn new(page: Page) -> Self {
        Self {
            page,
            typed: Typed::new(),
            decided: RwSignal::new_local(None),
            changes: RwSignal::new(Vec::new()),
            changes_json: StoredValue::new(Vec::new()),
            stage: RwSignal::new(Stage::WorkingOut),
            python: RwSignal::new(None),
            generation: StoredValue::new(0),
            next: StoredValue::new(None),
            works: StoredValue::new(false),
        }
    }

    /// Decides the address's project, and decides anew when costs were measured, or opened.
    pub fn begin(self) {
        let given = Given::Pairs { before: Pairs::new(), pairs: link::read() };
        self.work_out(Task { given, fill: true, link: false }, Duration::ZERO);
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
        let given = Given::Pairs { before: self.known(), pairs: untrack(|| self.typed.pairs()) };
        self.work_out(Task { given, fill: false, link: true }, PAUSE);
    }

    /// Decides another project, and lets the form say what it has.
    pub fn take(self, given: Given) {
        self.work_out(Task { given, fill: true, link: true }, Duration::ZERO);
    }

    /// What was legal last.
    pub fn known(self) -> Pairs {
        self.decided.with_untracked(|decided| decided.as_ref().map(|decided| decided.pairs.clone()).unwrap_or_default())
    }

    /// What is wrong with a field.
    pub fn problem(self, key: &str) -> Option<String> {
        self.decided.with(|decided| {
            let (_, why) = decided.as_ref()?.problems.iter().find(|(known, _)| known == key)?;
            Some(why.clone())
        })
    }

    /// The question about this project, as it is asked now.
    pub fn asked(self, given: Given, closer: bool) -> Asked {
        asked(self.page, given, self.python.get_untracked(), closer)
    }

    /// What is not the latest any more is dropped at the next question.
    fn work_out(self, task: Task, pause: Duration) {
        self.generation.update_value(|generation| *generation += 1);
        let own = self.generation.get_value();
        self.stage.set(Stage::WorkingOut);
        self.forget_changes();
        spawn_local(async move {
            sleep(pause).await;
            if self.generation.get_value() != own {
                return;
            }
            self.next.set_value(Some(task));
            if self.works.get_value() {
                return; // it is taken up when the question that is under way is answered
            }
            self.works.set_value(true);
            while let Some(task) = self.take_next() {
                if let Err(why) = self.all_of(task).await {
                    self.stage.set(Stage::Failed(why));
                }
            }
            self.works.set_value(false);
        });
    }

    fn take_next(self) -> Option<Task> {
        self.next.try_update_value(Option::take).flatten()
    }

    fn forget_changes(self) {
        self.changes.set(Vec::new());
        self.changes_json.set_value(Vec::new());
    }

    /// One project, as long as there is no later one.
    async fn all_of(self, Task { given, fill, link }: Task) -> Result<(), String> {
        let own = self.generation.get_value();
        let another = move || self.generation.get_value() != own;
        for closer in [false, true] {
            let Some(answer) = self.ask(another, About::Decide(Box::new(self.asked(given.clone(), closer)))).await?
            else {
                return Ok(());
            };
            let Answer::Decided(decided) = answer else { return Err(words::failure(&another_answer())) };
            if !closer && fill {
                self.typed.fill(&decided.pairs, &given);
            }
            if !closer && link {
                link::write(&decided.query);
            }
            self.decided.set(Some(Rc::new(*decided)));
            self.stage.set(Stage::Closer);
        }
        let (answers, all) = self.decided.with_untracked(|decided| {
            decided.as_ref().map(|decided| (decided.answers.clone(), decided.looks)).unwrap_or_default()
        });
        for at in 0..all {
            self.stage.set(Stage::Changes { done: at, all });
            let looked = Looked { asked: self.asked(given.clone(), false), answers: answers.clone(), at };
            match self.ask(another, About::Change(Box::new(looked))).await? {
                None => return Ok(()),
                Some(Answer::Change(None)) => {}
                Some(Answer::Change(Some((change, json)))) => {
                    self.changes_json.update_value(|all| all.push(json));
                    self.changes.update(|changes| changes.push(change));
                }
                Some(_) => return Err(words::failure(&another_answer())),
            }
        }
        self.stage.set(Stage::Done);
        Ok(())
    }

    /// The answer, unless there is a later project by then.
    async fn ask(self, another: impl Fn() -> bool, about: About) -> Result<Option<Answer>, String> {
        if self.page.exclusive.taken() {
            let stage = self.stage.get_untracked();
            self.stage.set(Stage::Held);
            free(self.page).await;
            if !another() {
                self.stage.set(stage);
            }
        }
        if another() {
            return Ok(None);
        }
        let answer = ask(self.page.language_file(), about).await.map_err(|failure| words::failure(&failure))?;
        Ok((!another()).then_some(answer))
    }
}

/// A question about a project on this page.
pub fn asked(page: Page, given: Given, python: Option<String>, closer: bool) -> Asked {
    Asked { given, python, machine: page.costs.get_untracked(), here: page.cores.0, closer }
}

/// Waits until nothing is measured: a question then would be measured, too.
pub async fn free(page: Page) {
    while page.exclusive.taken() {
        sleep(LOOK).await;
    }
}

impl Stage {
    /// It in words.
    pub fn text(&self) -> String {
        let digits = |number: usize| Arg::Digits(number as u64);
        match self {
            Self::WorkingOut => say::WORKING_OUT.text(),
            Self::Closer => say::LOOKING_CLOSER.text(),
            Self::Changes { done, all } => {
                say::LOOKING_FOR_CHANGES.with(&[("done", digits(*done)), ("all", digits(*all))])
            }
            Self::Held => say::HELD_BY_RUN.text(),
            Self::Done => say::ALL_WORKED_OUT.text(),
            Self::Failed(why) => why.clone(),
        }
    }
}

/// What was typed, in any of the form's components.
pub fn here() -> Deciding {
    expect_context()
}
