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

/// After so long a host that did not answer is asked again.
const ASKED_AGAIN: Duration = Duration::from_secs(10);

/// Handles to what the page knows; copies are handles to the same. Provided by context.
#[derive(Clone, Copy)]
pub struct PageState {
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
    /// Whether all files are here that any run may need.
    pub complete: RwSignal<bool>,
    /// The labs, in the order of the page; all are there before the first is shown.
    pub labs: StoredValue<Vec<Lab>>,
    /// The file of the language that the page speaks; none for English.
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

    /// Has all files that any run may need, as soon as the page is there and nothing is measured. After that it needs its host
    /// no more. Where the host does not answer, it is asked again now and then.
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

    /// Nobody looks at it for a while: what goes on ends, and nothing is kept but what was shown or measured.
    pub fn rest(self) {
        self.exclusive.cancel();
        spawn_local(async move {
            self.exclusive.free().await;
            dismiss_analysts();
        });
    }

    /// Somebody looks at it again: each lab has the last result of its experiment, with its time.
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
