//! What all labs of a page share: the machine, the settings, and whose turn it is.

use std::rc::Rc;
use std::time::Duration;

use lab::experiment::{ClaimedCores, Problem, Settings, View};
use leptos::prelude::*;
use strategies::Isolation;
use strategies::costs::Cost;
use wasm_bindgen_futures::spawn_local;

use super::{Exclusive, Lab, LabQuestion};
use crate::browser::{claimed_cores, dismiss_analysts, isolation, keep_all};
use crate::link::{settle, sleep, timer_resolution};

/// A host that did not answer is asked again after this time.
const ASKED_AGAIN: Duration = Duration::from_secs(10);

/// Handles to what the page knows; copies refer to the same state. Provided by context.
#[derive(Clone, Copy)]
pub struct PageState {
    /// How the page looks.
    pub settings: RwSignal<Settings>,
    /// How many cores the machine claims to have.
    pub cores: ClaimedCores,
    /// Whether memory can be shared.
    pub isolation: Isolation,
    /// The smallest step of the clock, in milliseconds.
    pub timer_resolution: f64,
    /// What things cost here; empty until that was measured.
    pub costs: RwSignal<Vec<Cost>>,
    /// Whether the letter keys (R, N, P) work: visitors who use speech input, or who type by accident, may not want
    /// them.
    pub key: RwSignal<bool>,
    /// Which activity has the machine to itself, if any.
    pub exclusive: Exclusive,
    /// Whether all files that any run may need are here.
    pub complete: RwSignal<bool>,
    /// The labs, in the order of the page; all are there before the first is shown.
    pub labs: StoredValue<Vec<Lab>>,
    /// The file of the language that the page speaks; `None` for English.
    pub language: StoredValue<Option<Rc<str>>, LocalStorage>,
}

/// The page, in any component.
pub fn expect_page() -> PageState {
    expect_context()
}

/// The lab that the calling component is in, with the page.
pub fn here() -> (PageState, Lab) {
    (expect_page(), expect_context())
}

/// Whether the page is a slide.
pub fn is_embedded() -> bool {
    expect_page().settings.with_untracked(|settings| settings.view == View::Embed)
}

impl PageState {
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
            complete: RwSignal::new(false),
            labs: StoredValue::new(Vec::new()),
            language: StoredValue::new_local(language.map(Into::into)),
        }
    }

    /// Fetches all files that any run may need, as soon as the page is there and nothing is measured. After that the
    /// page no longer needs its host. A host that does not answer is asked again now and then.
    pub async fn complete_itself(self) {
        settle().await;
        loop {
            self.exclusive.free().await;
            if keep_all().await.is_ok() {
                return self.complete.set(true);
            }
            sleep(ASKED_AGAIN).await;
        }
    }

    /// Called when nobody looks at the page for a while: cancels what is in progress, and keeps only what was shown or
    /// measured.
    pub fn rest(self) {
        self.exclusive.cancel();
        spawn_local(async move {
            self.exclusive.free().await;
            dismiss_analysts();
        });
    }

    /// Called when somebody looks at the page again: each lab without a run in progress shows the last result of its
    /// experiment, with its time.
    pub fn come_back(self) {
        self.labs.with_value(|labs| labs.iter().filter(|lab| !lab.running_now()).for_each(Lab::recall_or_clear));
    }

    /// Adds a lab that begins with this experiment, perhaps behind a question; `alone` if the page will have no other.
    pub fn add(
        &self,
        experiment: lab::experiment::Experiment,
        problems: &[Problem],
        asked: Option<LabQuestion>,
        alone: bool,
    ) -> Lab {
        let number = self.labs.with_value(Vec::len) + 1;
        let lab = Lab::new(number, alone, experiment, problems, asked);
        self.labs.update_value(|labs| labs.push(lab));
        lab
    }

    /// The lab with the largest visible area, or the first if none is visible; `None` if the page has no labs.
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
