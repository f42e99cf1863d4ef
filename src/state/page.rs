//! What all labs of a page share: the machine, the settings, and whose turn it is.

use std::rc::Rc;

use lab::experiment::{ClaimedCores, Problem, Settings, View};
use leptos::prelude::*;
use strategies::Isolation;
use strategies::costs::Cost;

use super::{Asked, Exclusive, Lab};
use crate::browser::{claimed_cores, isolation};
use crate::link::timer_resolution;

/// Handles to what the page knows; copies are handles to the same. Provided by context.
#[derive(Clone, Copy)]
pub struct Page {
    /// How the page looks.
    pub settings: RwSignal<Settings>,
    /// What the machine claims to have.
    pub cores: ClaimedCores,
    /// Whether memory can be shared.
    pub isolation: Isolation,
    /// The smallest step of the clock, in milliseconds.
    pub timer_resolution: f64,
    /// What things cost here, once that was measured.
    pub costs: RwSignal<Vec<Cost>>,
    /// Whether the key R runs: who speaks to the computer, or types by accident, may want no such key.
    pub key: RwSignal<bool>,
    /// Who has the machine to itself.
    pub exclusive: Exclusive,
    /// The labs, in the order of the page; all are there before the first is shown.
    pub labs: StoredValue<Vec<Lab>>,
    /// The file of the language that the page speaks; none for English.
    pub language: StoredValue<Option<Rc<str>>, LocalStorage>,
}

/// The page, in any component.
pub fn expect_page() -> Page {
    expect_context()
}

/// Whether the page is a slide.
pub fn is_embedded() -> bool {
    expect_page().settings.with_untracked(|settings| settings.view == View::Embed)
}

impl Page {
    /// A page without labs, on this machine.
    pub fn new(settings: Settings, language: Option<String>) -> Self {
        Self {
            settings: RwSignal::new(settings),
            cores: ClaimedCores(claimed_cores()),
            isolation: isolation(),
            timer_resolution: timer_resolution(),
            costs: RwSignal::new(Vec::new()),
            key: RwSignal::new(true),
            exclusive: Exclusive::new(),
            labs: StoredValue::new(Vec::new()),
            language: StoredValue::new_local(language.map(Into::into)),
        }
    }

    /// Adds a lab that begins with this experiment, perhaps behind a question; `alone` if the page will have no other.
    pub fn add(
        &self,
        experiment: lab::experiment::Experiment,
        problems: &[Problem],
        asked: Option<Asked>,
        alone: bool,
    ) -> Lab {
        let number = self.labs.with_value(Vec::len) + 1;
        let lab = Lab::new(number, alone, experiment, problems, asked);
        self.labs.update_value(|labs| labs.push(lab));
        lab
    }

    /// The lab that most is seen of, or else the first.
    pub fn lab_in_view(&self) -> Option<Lab> {
        self.labs.with_value(|labs| {
            let seen: Vec<_> = labs.iter().map(|lab| lab.seen()).collect();
            let most = seen.iter().copied().fold(0.0, f64::max);
            let at = seen.iter().position(|seen| *seen == most)?;
            labs.get(at).copied()
        })
    }

    /// The lab with this number, counted from 1.
    pub fn lab(&self, number: usize) -> Option<Lab> {
        self.labs.with_value(|labs| labs.get(number.checked_sub(1)?).copied())
    }

    /// The file of the page's language, for the analyst.
    pub fn language_file(&self) -> Option<String> {
        self.language.with_value(|language| language.as_deref().map(str::to_owned))
    }
}
