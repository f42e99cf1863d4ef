//! What rules may look at.

use serde::{Deserialize, Serialize};

use crate::experiment::{BASELINE, Experiment, Nature};
use crate::measure::scaling::Curve;
use crate::measure::{Comparison, Measurement, NOTABLE, Results};

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
    /// Whether the machine ran on battery; `None` if the browser does not say.
    pub on_battery: Option<bool>,
}

/// A run, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// What was asked.
    pub experiment: &'a Experiment,
    /// What was measured.
    pub results: &'a Results,
    /// How strategies scale that ran with several numbers of workers.
    pub scaling: &'a [Curve],
    /// Under which circumstances.
    pub conditions: &'a Conditions,
}

impl<'a> Evidence<'a> {
    /// The measurements that may be talked about: of a strategy that ran with several numbers of workers the one where
    /// the gain ends, or the one with the most where there can be no gain; none if the tab was hidden.
    pub(super) fn measurements(&self) -> Vec<&'a Measurement> {
        let curve = |own: &Measurement| self.scaling.iter().find(|curve| curve.strategy == own.strategy);
        let told = |own: &&Measurement| match curve(own) {
            Some(curve) if own.parallel => own.workers == curve.knee.workers,
            Some(curve) => curve.points.last().is_some_and(|most| own.workers == most.workers),
            None => true,
        };
        self.results.measurements.iter().filter(|_| !self.conditions.hidden).filter(told).collect()
    }

    /// The baseline, and every other measurement with how it compares to it.
    pub(super) fn comparisons(&self) -> Vec<Compared<'a>> {
        let Some(baseline) = self.baseline() else { return Vec::new() };
        let others = self.measurements().into_iter().filter(|measurement| measurement.strategy != BASELINE);
        others.map(|own| Compared { own, baseline, comparison: compare(own, baseline) }).collect()
    }

    /// What all others are compared with, if it may be talked about.
    pub(super) fn baseline(&self) -> Option<&'a Measurement> {
        self.measurements().into_iter().find(|measurement| measurement.strategy == BASELINE)
    }

    /// Whether the work computes all the time, to its end or up to a moment that was set.
    pub(super) fn computes(&self) -> bool {
        self.experiment.computes()
    }

    /// Whether a part of the steps goes without the lock that workers otherwise share.
    fn lock_released(&self) -> bool {
        self.experiment.settings.iter().any(|(param, share)| param.key == "release" && share > 0)
    }
}

fn compare(own: &Measurement, baseline: &Measurement) -> Comparison {
    if own.done.is_some() { Comparison::of_done(own, baseline) } else { Comparison::of(own, baseline) }
}

/// A measurement beside the baseline's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared<'a> {
    pub own: &'a Measurement,
    pub baseline: &'a Measurement,
    pub comparison: Comparison,
}

/// What can make a strategy finish sooner, or get more done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Its execution contexts computed at the same time.
    Parallelism,
    /// So they did, as far as they do not need the lock.
    OutsideLock,
    /// Some waits passed at the same time.
    OverlappedWaits,
    /// One of the two, or both: time alone cannot tell.
    WaitsOrParallelism,
    /// Nothing that this page shows.
    Unexplained,
}

/// On one execution context, whoever finishes this many times sooner had two waits at once.
const TWO_AT_ONCE: f64 = 2.0;

impl Compared<'_> {
    /// How much better it surely was, and what that comes from; `None` if it was not.
    pub(super) fn gain(&self, evidence: &Evidence) -> Option<Gain> {
        let Comparison::Better(value, interval) = self.comparison else { return None };
        let (several, parallel) = (self.own.workers > 1, self.own.parallel);
        let origin = match evidence.experiment.nature() {
            _ if !evidence.experiment.can_be_split() => Origin::Unexplained,
            Nature::Mixed if several && parallel => Origin::WaitsOrParallelism,
            Nature::Mixed if several || !parallel || value >= TWO_AT_ONCE => Origin::OverlappedWaits,
            Nature::Wait if several || value >= TWO_AT_ONCE => Origin::OverlappedWaits,
            Nature::Compute | Nature::Deadline if several && parallel => Origin::Parallelism,
            Nature::Compute | Nature::Deadline if several && evidence.lock_released() => Origin::OutsideLock,
            _ => Origin::Unexplained,
        };
        Some(Gain { value, interval, origin })
    }

    /// How many samples there are of each of the two, at least.
    pub(super) fn samples(&self) -> usize {
        self.own.samples_ms.len().min(self.baseline.samples_ms.len())
    }

    /// Whether it had one execution context only, and the page stayed alive where the baseline froze it.
    pub(super) fn alone_and_alive(&self) -> bool {
        self.own.workers == 1 && self.freed_the_page()
    }

    /// Whether the page stayed alive where the baseline froze it.
    pub(super) fn freed_the_page(&self) -> bool {
        self.own.froze() == Some(false) && self.baseline.froze() == Some(true)
    }

    /// Whether it had several execution contexts, one of which could compute at a time, and gained nothing by them.
    pub(super) fn took_turns(&self, evidence: &Evidence) -> bool {
        let one_at_a_time = self.own.workers > 1 && !self.own.parallel && !evidence.lock_released();
        one_at_a_time && evidence.computes() && evidence.experiment.can_be_split() && self.gained_nothing()
    }

    /// Whether it was surely not notably better.
    pub(super) fn gained_nothing(&self) -> bool {
        match self.comparison {
            Comparison::Same([_, high]) | Comparison::Slight([_, high]) => high <= NOTABLE,
            Comparison::Worse(..) => true,
            _ => false,
        }
    }
}

/// A sure difference for the better.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gain {
    pub value: f64,
    pub interval: [f64; 2],
    pub origin: Origin,
}
