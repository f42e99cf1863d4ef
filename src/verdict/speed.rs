//! Who finished sooner or got more done, who did not, and what that comes from.
//!
//! Invariant: for each strategy at most one of these rules speaks, because they divide the ways in which two
//! strategies can compare.

use super::evidence::{Compared, Evidence, Gain, Origin};
use super::page::{meanwhile, yet};
use super::wording::{counted, duration, finding, times, who};
use super::{Finding, Rule};
use crate::experiment::Nature;
use crate::measure::{Comparison, NOTABLE, decimal};

/// A task shorter than this, in milliseconds, is a tenth of a step.
const TINY_MS: f64 = 0.1;
/// Fewer tasks than this are not many.
const MANY: usize = 1_000;

/// Several execution contexts were at it at the same time, and that paid.
pub struct SeveralAtOnce;

impl Rule for SeveralAtOnce {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |(compared, gain): &(Compared, Gain)| {
            let own = compared.own;
            let (id, why) = match gain.origin {
                Origin::Parallelism if own.done.is_some() => ("more-done", ""),
                Origin::Parallelism => ("parallel-speed-up", ""),
                Origin::OutsideLock => ("lock-released", ": part of the work went without the lock"),
                Origin::WaitsOrParallelism => {
                    ("waits-and-parallelism", ": waits overlapped, computing ran in parallel, or both")
                }
                _ => return None,
            };
            let text = match own.done {
                Some(_) => format!("together got {}", times(gain.value, "as much done as blocking", gain.interval)),
                None => format!("finished {}", times(gain.value, "sooner", gain.interval)),
            };
            Some(finding(id, Some(&own.strategy), format!("{} {text}{}{why}", who(own), meanwhile(own))))
        };
        gains(evidence).iter().filter_map(sentence).collect()
    }
}

/// Waits passed at the same time: all at once on an event loop, one a worker elsewhere.
pub struct WaitsOverlapped;

impl Rule for WaitsOverlapped {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |(compared, gain): &(Compared, Gain)| {
            let own = compared.own;
            let beyond = gain.interval[0] > own.workers as f64 * NOTABLE;
            let how = if beyond { "overlapped the waits" } else { "waited side by side" };
            let text = format!("{} {how} and finished {}", who(own), times(gain.value, "sooner", gain.interval));
            finding("waits-overlapped", Some(&own.strategy), text)
        };
        gains(evidence).iter().filter(|(_, gain)| gain.origin == Origin::OverlappedWaits).map(sentence).collect()
    }
}

/// A lock let one of several execution contexts compute at a time.
pub struct TookTurns;

impl Rule for TookTurns {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |compared: &Compared| {
            let text = format!("{} took turns and {}{}", who(compared.own), outcome(compared)?, yet(compared));
            Some(finding("took-turns", Some(&compared.own.strategy), text))
        };
        let compared = evidence.comparisons().into_iter();
        compared.filter(|compared| compared.took_turns(evidence)).filter_map(|compared| sentence(&compared)).collect()
    }
}

/// Fewer samples than these tell two strategies apart only if they hardly differ among themselves.
const FEW: usize = 4;

/// The samples cannot tell two strategies apart, or hardly.
pub struct NoDifference;

impl Rule for NoDifference {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |compared: &Compared| {
            let (id, what, interval) = match compared.comparison {
                Comparison::Same(interval) => ("no-difference", "no difference seen", interval),
                Comparison::Slight(interval) if beyond(interval) && compared.samples() < FEW => {
                    ("too-close", "too few samples to call", interval)
                }
                Comparison::Slight(interval) if beyond(interval) => {
                    ("too-close", "too few or too unsteady samples to call", interval)
                }
                Comparison::Slight(interval) => ("too-close", "too close or too unsteady to call", interval),
                _ => return None,
            };
            let (who, interval) = (who(compared.own), against(compared, interval));
            let text = format!("{who} against blocking: {what} {interval}{}", yet(compared));
            Some(finding(id, Some(&compared.own.strategy), text))
        };
        unremarkable(evidence).iter().filter_map(sentence).collect()
    }
}

/// A strategy surely took longer, or got less done.
pub struct Later;

impl Rule for Later {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |compared: &Compared| {
            let Comparison::Worse(..) = compared.comparison else { return None };
            let fine = too_fine(compared, evidence);
            let id = if fine.is_some() { "too-fine" } else { "later" };
            let why = fine.unwrap_or_else(|| yet(compared).into());
            let text = format!("{} {}{why}", who(compared.own), outcome(compared)?);
            Some(finding(id, Some(&compared.own.strategy), text))
        };
        unremarkable(evidence).iter().filter_map(sentence).collect()
    }
}

/// Why it took longer, if that is because of very many very small tasks.
fn too_fine(compared: &Compared, evidence: &Evidence) -> Option<String> {
    let experiment = evidence.experiment;
    let tasks: usize = experiment.workload.phases(&experiment.params).into_iter().sum();
    let each = compared.baseline.median_ms / tasks as f64;
    let fine = tasks >= MANY && each < TINY_MS && compared.own.parallel && experiment.nature() == Nature::Compute;
    fine.then(|| {
        format!(
            ": {} of {} each are too small to be worth handing out",
            counted(tasks, "task", "tasks"),
            duration(each)
        )
    })
}

/// What a strategy that gained nothing came to: "took 1.4 times as long as blocking (1.3 to 1.5)"; `None` if nobody
/// knows.
pub fn outcome(compared: &Compared) -> Option<String> {
    let counted = compared.own.done.is_some();
    match compared.comparison {
        Comparison::Worse(value, interval) if counted => {
            Some(format!("got {}", times(value, "as much done as blocking", interval)))
        }
        Comparison::Worse(value, [low, high]) => {
            Some(format!("took {}", times(value.recip(), "as long as blocking", [high.recip(), low.recip()])))
        }
        Comparison::Same(interval) | Comparison::Slight(interval) if compared.gained_nothing() => {
            let what = if counted { "got no more done than" } else { "finished no sooner than" };
            Some(format!("{what} blocking {}", against(compared, interval)))
        }
        _ => None,
    }
}

/// An interval of what is compared: "(0.98 to 1.01 times the speed)".
fn against(compared: &Compared, [low, high]: [f64; 2]) -> String {
    let unit = if compared.own.done.is_some() { "as much" } else { "the speed" };
    format!("({} to {} times {unit})", decimal(low, 2), decimal(high, 2))
}

/// Whether the samples say that there is a notable difference, if they can be believed.
fn beyond([low, high]: [f64; 2]) -> bool {
    low > NOTABLE || high < NOTABLE.recip()
}

/// Those that were surely better, the best first.
pub fn gains<'a>(evidence: &Evidence<'a>) -> Vec<(Compared<'a>, Gain)> {
    let compared = evidence.comparisons().into_iter();
    let mut gains: Vec<_> = compared.filter_map(|compared| Some((compared, compared.gain(evidence)?))).collect();
    gains.sort_by(|(_, one), (_, other)| other.value.total_cmp(&one.value));
    gains
}

/// Those whose time is all there is to say of them: that a page stayed alive says more, and so does a lock.
fn unremarkable<'a>(evidence: &Evidence<'a>) -> Vec<Compared<'a>> {
    let told = |compared: &Compared| compared.alone_and_alive() || compared.took_turns(evidence);
    evidence.comparisons().into_iter().filter(|compared| !told(compared)).collect()
}
