//! Who finished sooner, who did not, and what that comes from.
//!
//! Invariant: for each strategy at most one of these rules speaks, because they divide the ways in which two
//! strategies can compare.

use super::evidence::{Compared, Evidence, Gain, Origin};
use super::wording::{duration, finding, times, who};
use super::{Finding, Rule};
use crate::measure::{Comparison, FREEZE_THRESHOLD_MS, decimal};

/// Several execution contexts computed at the same time, and that paid.
pub struct ParallelSpeedUp;

impl Rule for ParallelSpeedUp {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |(compared, gain): &(Compared, Gain)| {
            let own = compared.own;
            let page = match (own.froze(), own.usual_freeze_ms) {
                (Some(true), Some(longest)) => format!(", but the page froze for {}", duration(longest)),
                (Some(false), _) if own.longest_freeze_ms.is_some_and(|longest| longest >= FREEZE_THRESHOLD_MS) => {
                    " and the page usually stayed alive".into()
                }
                (Some(false), _) => " and the page never stopped".into(),
                _ => String::new(),
            };
            let text = format!("{} finished {}{page}", who(own), times(gain.value, "sooner", gain.interval));
            finding("parallel-speed-up", Some(&own.strategy), text)
        };
        gains(evidence, Origin::Parallelism).iter().map(sentence).collect()
    }
}

/// Waits passed at the same time: all at once on the event loop, one a worker elsewhere.
pub struct WaitsOverlapped;

impl Rule for WaitsOverlapped {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |(compared, gain): &(Compared, Gain)| {
            let own = compared.own;
            let how = if own.workers > 1 { "waited side by side" } else { "overlapped the waits" };
            let text = format!("{} {how} and finished {}", who(own), times(gain.value, "sooner", gain.interval));
            finding("waits-overlapped", Some(&own.strategy), text)
        };
        gains(evidence, Origin::OverlappedWaits).iter().map(sentence).collect()
    }
}

/// The samples cannot tell two strategies apart, or hardly.
pub struct NoDifference;

impl Rule for NoDifference {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |compared: &Compared| {
            let (id, what, [low, high]) = match compared.comparison {
                Comparison::Same(interval) => ("no-difference", "no difference seen", interval),
                Comparison::Slight(interval) => ("too-close", "too close or too unsteady to call", interval),
                _ => return None,
            };
            let text = format!(
                "{} against blocking: {what} ({} to {} times the speed)",
                who(compared.own),
                decimal(low, 2),
                decimal(high, 2)
            );
            Some(finding(id, Some(&compared.own.strategy), text))
        };
        unremarkable(evidence).iter().filter_map(sentence).collect()
    }
}

/// A strategy surely took longer.
pub struct Later;

impl Rule for Later {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let sentence = |compared: &Compared| {
            let text = format!("{} took {}", who(compared.own), as_long(compared)?);
            Some(finding("later", Some(&compared.own.strategy), text))
        };
        unremarkable(evidence).iter().filter_map(sentence).collect()
    }
}

/// "1.4 times as long as blocking (1.3 to 1.5)", if it surely took longer.
pub fn as_long(compared: &Compared) -> Option<String> {
    let Comparison::Later(value, [low, high]) = compared.comparison else { return None };
    Some(times(value.recip(), "as long as blocking", [high.recip(), low.recip()]))
}

/// Those that finished sooner because of `origin`, the soonest first.
fn gains<'a>(evidence: &Evidence<'a>, origin: Origin) -> Vec<(Compared<'a>, Gain)> {
    let compared = evidence.comparisons().into_iter();
    let mut gains: Vec<_> = compared.filter_map(|compared| Some((compared, compared.gain(evidence)?))).collect();
    gains.retain(|(_, gain)| gain.origin == origin);
    gains.sort_by(|(_, one), (_, other)| other.value.total_cmp(&one.value));
    gains
}

/// Those whose time is all there is to say of them: that a page stayed alive says more.
fn unremarkable<'a>(evidence: &Evidence<'a>) -> Vec<Compared<'a>> {
    evidence.comparisons().into_iter().filter(|compared| !compared.alone_and_alive()).collect()
}
