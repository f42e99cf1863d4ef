//! The page's state: one writable experiment, where the current run is, and the last run's outcome.
//!
//! Everything shown is derived from these. `session` writes `stage`, `outcome` and `last_ms`; a changed experiment clears them.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::screen::Screen;
use pictures::Findings;
use lab::experiment::{Catalogue, Experiment};
use lab::measure::Measurement;
use crate::platform::{Cost, Isolation};
use strategies::trace::Series;

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

/// A run that ended well.
pub struct Outcome {
    /// What it means.
    pub findings: Findings,
    /// What was measured.
    pub series: Vec<Series>,
    /// How long the same fixed spin took before and after the run, in milliseconds.
    pub calibration_ms: [f64; 2],
}

impl Outcome {
    /// What was measured of a strategy; of several numbers of workers, with the greatest.
    pub fn series_of(&self, strategy: &str) -> Option<&Series> {
        self.series.iter().rev().find(|series| series.strategy == strategy)
    }

    /// The numbers of a series, if it has any.
    pub fn numbers_of(&self, series: &Series) -> Option<&Measurement> {
        let own = |own: &&Measurement| own.strategy == series.strategy && own.workers == series.workers;
        self.findings.results.measurements.iter().find(own)
    }
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
    pub outcome: RwSignal<Option<Rc<Outcome>>, LocalStorage>,
    /// The latest sample's makespan of each strategy, while a run goes on, in milliseconds.
    pub last_ms: RwSignal<BTreeMap<String, f64>>,
    /// What things cost here, once that was measured: names with samples in microseconds.
    pub costs: RwSignal<Vec<Cost>>,
    /// Whether the key R runs: who speaks to the computer, or types by accident, may want no such key.
    pub key: RwSignal<bool>,
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
