//! What rules may look at.

use serde::{Deserialize, Serialize};

use crate::experiment::Experiment;
use crate::measure::{BASELINE, Comparison, Measurement, Results};

/// The circumstances of a run, as far as they bear on its numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conditions {
    /// What the machine claims to have.
    pub claimed_cores: usize,
    /// The smallest step of the page's clock that was seen, in milliseconds.
    pub timer_resolution_ms: f64,
    /// How long the same fixed spin took before and after the run, in milliseconds.
    pub calibration_ms: Option<[f64; 2]>,
    /// Whether the tab was hidden at any time during the run.
    pub hidden: bool,
}

/// A run, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// What was asked.
    pub experiment: &'a Experiment,
    /// What was measured.
    pub results: &'a Results,
    /// Under which circumstances.
    pub conditions: &'a Conditions,
}

impl<'a> Evidence<'a> {
    /// The measurements that may be talked about: none if the tab was hidden.
    pub(super) fn measurements(&self) -> &'a [Measurement] {
        if self.conditions.hidden { &[] } else { &self.results.measurements }
    }

    /// The baseline, and every other measurement with how it compares to it.
    pub(super) fn comparisons(&self) -> Vec<Compared<'a>> {
        let Some(baseline) = self.baseline() else { return Vec::new() };
        let others = self.measurements().iter().filter(|measurement| measurement.strategy != BASELINE);
        others.map(|own| Compared { own, baseline, comparison: Comparison::of(own, baseline) }).collect()
    }

    /// What all others are compared with, if it may be talked about.
    pub(super) fn baseline(&self) -> Option<&'a Measurement> {
        self.measurements().iter().find(|measurement| measurement.strategy == BASELINE)
    }
}

/// A measurement beside the baseline's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared<'a> {
    pub own: &'a Measurement,
    pub baseline: &'a Measurement,
    pub comparison: Comparison,
}

/// What can make a strategy finish sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Its execution contexts computed at the same time.
    Parallelism,
    /// Some waits passed at the same time.
    OverlappedWaits,
    /// Nothing that this page shows.
    Unexplained,
}

/// On one execution context, whoever finishes this many times sooner had two waits at once.
const TWO_AT_ONCE: f64 = 2.0;

impl Compared<'_> {
    /// How many times sooner it surely finished, and what that comes from; `None` if it did not.
    pub(super) fn gain(&self, evidence: &Evidence) -> Option<Gain> {
        let Comparison::Sooner(value, interval) = self.comparison else { return None };
        let several = self.own.workers > 1;
        let origin = match evidence.experiment.waits() {
            _ if !evidence.experiment.can_be_split() => Origin::Unexplained,
            true if several || value >= TWO_AT_ONCE => Origin::OverlappedWaits,
            false if several => Origin::Parallelism,
            _ => Origin::Unexplained,
        };
        Some(Gain { value, interval, origin })
    }

    /// Whether it had one execution context only, and the page stayed alive where the baseline froze it.
    pub(super) fn alone_and_alive(&self) -> bool {
        self.own.workers == 1 && self.own.froze() == Some(false) && self.baseline.froze() == Some(true)
    }
}

/// A sure difference for the better.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gain {
    pub value: f64,
    pub interval: [f64; 2],
    pub origin: Origin,
}
