//! What the visitor's page felt: whether its heartbeat went on.

use super::evidence::{Compared, Evidence, Origin};
use super::speed::outcome;
use super::wording::{duration, finding, who};
use super::{Finding, Rule};
use crate::measure::{Comparison, FREEZE_THRESHOLD_MS, Measurement};

/// Concurrency without parallelism: one execution context that did not gain time, but kept the page alive.
pub struct AliveWithoutParallelism;

impl Rule for AliveWithoutParallelism {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let alive = |compared: &Compared| {
            let who = who(compared.own);
            let came_to = match compared.comparison {
                equal if equal.is_about_equal() && compared.own.done.is_some() => {
                    Some("got as much done as blocking".into())
                }
                equal if equal.is_about_equal() => Some("took as long as blocking".into()),
                Comparison::Worse(..) => outcome(compared),
                _ => None,
            };
            let text = match came_to {
                Some(came_to) => format!("{who} {came_to}{}", yet(compared)),
                None => format!("while {who} ran, the page stayed alive"),
            };
            finding("alive-without-parallelism", Some(&compared.own.strategy), text)
        };
        evidence.comparisons().iter().filter(|compared| compared.alone_and_alive()).map(alive).collect()
    }
}

/// The page could not answer for a while. Where a gain is told, that sentence says so already.
pub struct Froze;

impl Rule for Froze {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let froze = |measurement: &Measurement| {
            let usual = measurement.usual_freeze_ms.filter(|_| measurement.froze() == Some(true))?;
            let text = format!("while {} ran, the page froze for {}", who(measurement), duration(usual));
            Some(finding("page-froze", Some(&measurement.strategy), text))
        };
        let silent = [Origin::OverlappedWaits, Origin::Unexplained];
        let told = |compared: &Compared| compared.gain(evidence).is_some_and(|gain| !silent.contains(&gain.origin));
        let told: Vec<_> =
            evidence.comparisons().into_iter().filter(told).map(|compared| &compared.own.strategy).collect();
        evidence.measurements().into_iter().filter(|own| !told.contains(&&own.strategy)).filter_map(froze).collect()
    }
}

/// What speaks for a strategy that gained nothing, if anything does.
pub fn yet(compared: &Compared) -> &'static str {
    if compared.freed_the_page() { ", yet the page stayed alive" } else { "" }
}

/// What the page felt meanwhile, to follow a gain; nothing if its heartbeat was not recorded.
pub fn meanwhile(own: &Measurement) -> String {
    match (own.froze(), own.usual_freeze_ms) {
        (Some(true), Some(usual)) => format!(", but the page froze for {}", duration(usual)),
        (Some(false), _) if own.longest_freeze_ms.is_some_and(|longest| longest >= FREEZE_THRESHOLD_MS) => {
            " and the page usually stayed alive".into()
        }
        (Some(false), _) => " and the page never stopped".into(),
        _ => String::new(),
    }
}
