//! The page's state: one writable experiment, where the current run is, and the last run's report.
//!
//! Everything shown is derived from these. `session` writes `stage`, `report` and `last_ms`; a changed experiment clears them.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::screen::Screen;
use crate::experiment::{Catalogue, Experiment};
use crate::platform::Isolation;
use crate::report::Report;

/// Where the current run is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Nothing ran yet.
    Idle,
    /// So many samples are done of so many; none of none while workers start.
    Running {
        /// Samples done.
        done: usize,
        /// Samples in all.
        total: usize,
    },
    /// It ended well.
    Done,
    /// It was cancelled.
    Cancelled,
    /// It failed, and why.
    Failed(String),
}

/// Handles to the page's state; copies are handles to the same.
#[derive(Clone, Copy)]
pub struct State {
    /// The visitor's choice.
    pub experiment: RwSignal<Experiment>,
    /// What of a URL or a message was not legal.
    pub problems: RwSignal<Vec<String>>,
    /// Where the run is.
    pub stage: RwSignal<Stage>,
    /// The last run that ended well.
    pub report: RwSignal<Option<Rc<Report>>, LocalStorage>,
    /// The latest sample's makespan of each strategy, while a run goes on, in milliseconds.
    pub last_ms: RwSignal<BTreeMap<String, f64>>,
    /// What is legal here.
    pub catalogue: StoredValue<Catalogue>,
    /// Whether memory can be shared.
    pub isolation: StoredValue<Isolation>,
    /// The smallest step of the clock, in milliseconds.
    pub timer_resolution: f64,
    /// The canvases.
    pub screen: StoredValue<Rc<Screen>, LocalStorage>,
}

impl State {
    /// Whether a run goes on.
    pub fn running(self) -> bool {
        matches!(self.stage.get(), Stage::Running { .. })
    }
}
