//! What rules may look at.

use strategies::{Parallelism, Scheduling};

use crate::experiment::Experiment;
use crate::measure::scaling::Curve;
use crate::measure::{Comparison, NOTABLE, baseline_of};
use crate::report::{Machine, Measured, Run};
use workloads::Nature;

/// A run, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// What was asked.
    pub experiment: &'a Experiment,
    /// What each strategy did.
    pub runs: &'a [Run],
    /// The curves of the strategies that ran with several numbers of workers.
    pub scaling: &'a [Curve],
    /// The machine, and the circumstances of the run.
    pub machine: &'a Machine,
}

impl<'a> Evidence<'a> {
    /// The runs about which something may be said; empty if the tab was hidden. Of a strategy that ran with several
    /// numbers of workers, it is the run where the gain ends or, if its workers cannot gain, the run with the most
    /// workers.
    pub(super) fn measured(&self) -> Vec<Measured<'a>> {
        let curve = |run: &Run| self.scaling.iter().find(|curve| curve.strategy == run.strategy);
        let told = |own: &Measured<'a>| match curve(own.run) {
            Some(curve) if self.parallel(own.run) => own.run.workers == curve.knee.workers,
            Some(curve) => curve.points.last().is_some_and(|most| own.run.workers == most.workers),
            None => true,
        };
        let seen = self.runs.iter().filter(|_| !self.machine.hidden);
        seen.filter_map(Run::measured).filter(told).collect()
    }

    /// The same runs, except that of a strategy that ran with several numbers of workers it is the run with the most
    /// workers.
    pub(super) fn with_most_workers(&self) -> Vec<Measured<'a>> {
        let most =
            |own: &&'a Run| !self.runs.iter().any(|run| run.strategy == own.strategy && run.workers > own.workers);
        let seen = self.runs.iter().filter(|_| !self.machine.hidden);
        seen.filter(most).filter_map(Run::measured).collect()
    }

    /// Every run that has samples, even if it is void.
    pub(super) fn ran(&self) -> impl Iterator<Item = &'a Run> {
        self.runs.iter().filter(|run| !run.samples_ms.is_empty())
    }

    /// Every other run, compared with the baseline; empty without a baseline.
    pub(super) fn comparisons(&self) -> Vec<Compared<'a>> {
        let Some(baseline) = self.baseline() else { return Vec::new() };
        let others = self.measured().into_iter().filter(|own| !std::ptr::eq(own.run, baseline.run));
        others.map(|own| Compared::of(own, baseline)).collect()
    }

    /// The run that all others are compared with; `None` if nothing may be said about it.
    pub(super) fn baseline(&self) -> Option<Measured<'a>> {
        baseline_of(self.measured(), |own| own.run.is_blocking())
    }

    /// The comparisons in which a strategy was surely better, the best first.
    pub(super) fn gains(&self) -> Vec<(Compared<'a>, Gain)> {
        let compared = self.comparisons().into_iter();
        let mut gains: Vec<_> = compared.filter_map(|compared| Some((compared, compared.gain(self)?))).collect();
        gains.sort_by(|(_, one), (_, other)| other.value.total_cmp(&one.value));
        gains
    }

    /// The comparisons about which only the time can be said. A comparison in which the page stayed alive, or a lock
    /// made lanes take turns, is left out, because that says more.
    pub(super) fn unremarkable(&self) -> Vec<Compared<'a>> {
        let told = |compared: &Compared| compared.alone_and_alive() || compared.took_turns(self);
        self.comparisons().into_iter().filter(|compared| !told(compared)).collect()
    }

    /// The curves of strategies that compute in parallel; empty if the workload does not compute, because nothing else
    /// says anything about cores.
    pub(super) fn curves(&self) -> Vec<&'a Curve> {
        if self.experiment.nature() == Nature::Compute { self.curves_of_any() } else { Vec::new() }
    }

    /// The same curves, but also for work that waits: there, too, workers can be too many.
    pub(super) fn curves_of_any(&self) -> Vec<&'a Curve> {
        let able = self.experiment.can_be_split();
        let parallel = |curve: &&Curve| {
            let own = self.measured().into_iter().find(|own| own.run.strategy == curve.strategy);
            own.is_some_and(|own| self.parallel(own.run))
        };
        self.scaling.iter().filter(|_| able).filter(parallel).collect()
    }

    /// Whether the work computes all the time, to its end or to a deadline.
    pub(super) fn computes(&self) -> bool {
        self.experiment.computes()
    }

    /// Whether all computing of a run's workers may go on at the same time.
    fn parallel(&self, run: &Run) -> bool {
        self.parallelism(run) == Parallelism::Full
    }

    fn parallelism(&self, run: &Run) -> Parallelism {
        self.experiment.parallelism(&run.strategy)
    }
}

fn compare(own: Measured, baseline: Measured) -> Comparison {
    if own.numbers.done.is_some() { Comparison::of_done(own, baseline) } else { Comparison::of(own, baseline) }
}

/// A run and the one that it is compared with: the baseline, if that is blocking. No other strategy is a yardstick for
/// all. So if the baseline is another one, the better of the two is compared with the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared<'a> {
    pub own: Measured<'a>,
    pub base: Measured<'a>,
    pub comparison: Comparison,
}

/// What can make a strategy finish sooner, or get more done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Its execution contexts computed at the same time.
    Parallelism,
    /// Its execution contexts computed at the same time while they did not need the lock.
    OutsideLock,
    /// Its execution contexts did not compute at the same time, though they could have: several contexts get more of a
    /// busy core than one.
    LargerShare,
    /// Its execution contexts may have computed at the same time; that cannot be told.
    Untold,
    /// Some waits passed at the same time.
    OverlappedWaits,
    /// Parallelism, overlapped waits, or both: time alone cannot tell.
    WaitsOrParallelism,
    /// Neither is blocking. The better one held no thread while it waited, and the other did.
    NoThreadHeld,
    /// Neither is blocking. The other's execution contexts took turns.
    OthersTookTurns,
    /// Neither is blocking, and they differ in more than this page can tell apart.
    Open,
    /// Nothing that this page shows.
    Unexplained,
}

/// On one execution context, running this many times as fast takes two waits at once.
const TWO_AT_ONCE: f64 = 2.0;

impl<'a> Compared<'a> {
    fn of(own: Measured<'a>, base: Measured<'a>) -> Self {
        let comparison = compare(own, base);
        match comparison {
            Comparison::Worse(..) if !base.run.is_blocking() => {
                Self { own: base, base: own, comparison: comparison.reversed() }
            }
            _ => Self { own, base, comparison },
        }
    }

    /// How much better `own` surely was, and what that comes from; `None` if it was not surely better.
    pub(super) fn gain(&self, evidence: &Evidence) -> Option<Gain> {
        let Comparison::Better(value, interval) = self.comparison else { return None };
        let origin = if self.base.run.is_blocking() {
            self.over_blocking(value, evidence)
        } else {
            self.over_another(value, evidence)
        };
        Some(Gain { value, interval, origin })
    }

    /// The origin of a gain over blocking, which does one task after the other on one execution context.
    fn over_blocking(&self, value: f64, evidence: &Evidence) -> Origin {
        let (several, parallelism) = (self.own.run.workers > 1, evidence.parallelism(self.own.run));
        let parallel = parallelism == Parallelism::Full;
        let at_once = self.own.numbers.at_once();
        let seen = |origin| match at_once {
            Some(true) => origin,
            Some(false) => Origin::LargerShare,
            None => Origin::Untold,
        };
        match evidence.experiment.nature() {
            _ if !evidence.experiment.can_be_split() => Origin::Unexplained,
            Nature::Mixed if several && parallel && at_once == Some(false) => Origin::OverlappedWaits,
            Nature::Mixed if several && parallel => Origin::WaitsOrParallelism,
            Nature::Mixed if several || !parallel || value >= TWO_AT_ONCE => Origin::OverlappedWaits,
            Nature::Wait if several || value >= TWO_AT_ONCE => Origin::OverlappedWaits,
            Nature::Compute | Nature::Deadline if several => match parallelism {
                Parallelism::Full => seen(Origin::Parallelism),
                Parallelism::OutsideLock => seen(Origin::OutsideLock),
                Parallelism::None => Origin::Unexplained,
            },
            _ => Origin::Unexplained,
        }
    }

    /// The origin of a gain over another strategy than blocking, which may itself compute several tasks at once, or
    /// overlap their waits: what one of the two can do and the other cannot.
    fn over_another(&self, value: f64, evidence: &Evidence) -> Origin {
        let took_turns = |of: Measured| of.run.workers > 1 && evidence.parallelism(of.run) == Parallelism::None;
        let at_once = |of: Measured| of.run.workers > 1 && evidence.parallelism(of.run) == Parallelism::Full;
        let fewer_held = !holds_threads(self.own) && holds_threads(self.base) && value >= TWO_AT_ONCE;
        match evidence.experiment.nature() {
            _ if !evidence.experiment.can_be_split() => Origin::Open,
            Nature::Compute | Nature::Deadline if at_once(self.own) && took_turns(self.base) => Origin::OthersTookTurns,
            Nature::Mixed if at_once(self.own) && !at_once(self.base) => Origin::Open, // it may be the computing
            Nature::Wait | Nature::Mixed if fewer_held => Origin::NoThreadHeld,
            _ => Origin::Open,
        }
    }

    /// The number of samples of the run that has fewer.
    pub(super) fn samples(&self) -> usize {
        self.own.run.samples_ms.len().min(self.base.run.samples_ms.len())
    }

    /// Whether `own` had one execution context only, and the page stayed alive under it but froze under `base`.
    pub(super) fn alone_and_alive(&self) -> bool {
        self.own.run.workers == 1 && self.freed_the_page()
    }

    /// Whether the page stayed alive under `own` but froze under `base`.
    pub(super) fn freed_the_page(&self) -> bool {
        self.own.numbers.froze() == Some(false) && self.base.numbers.froze() == Some(true)
    }

    /// Whether `own` had several execution contexts, of which only one at a time could compute, and gained nothing by
    /// them over the single one of `base`.
    pub(super) fn took_turns(&self, evidence: &Evidence) -> bool {
        let several = self.own.run.workers > 1 && self.base.run.workers == 1;
        let one_at_a_time = several && evidence.parallelism(self.own.run) == Parallelism::None;
        one_at_a_time && evidence.computes() && evidence.experiment.can_be_split() && self.gained_nothing()
    }

    /// Whether `own` was surely not notably better.
    pub(super) fn gained_nothing(&self) -> bool {
        match self.comparison {
            Comparison::Same([_, high]) | Comparison::Slight([_, high]) => high <= NOTABLE,
            Comparison::Worse(..) => true,
            _ => false,
        }
    }
}

/// Whether its execution contexts do nothing else while a task waits: only cooperative tasks can wait without holding a
/// context.
fn holds_threads(of: Measured) -> bool {
    let strategy = strategies::find(&of.run.strategy);
    strategy.is_some_and(|strategy| strategy.meta().scheduling != Scheduling::Cooperative)
}

/// A sure difference for the better.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gain {
    pub value: f64,
    pub interval: [f64; 2],
    pub origin: Origin,
}
