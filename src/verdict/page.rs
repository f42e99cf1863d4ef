//! What the visitor's page felt: whether its heartbeat went on.

use super::evidence::{Compared, Evidence, Origin};
use super::speed::as_long;
use super::wording::{duration, finding, who};
use super::{Finding, Rule};
use crate::measure::Measurement;

/// Concurrency without parallelism: one execution context that did not gain time, but kept the page alive.
pub struct AliveWithoutParallelism;

impl Rule for AliveWithoutParallelism {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let alive = |compared: &Compared| {
            let who = who(compared.own);
            let text = match as_long(compared) {
                _ if compared.comparison.is_about_equal() => {
                    format!("{who} took as long as blocking, yet the page stayed alive")
                }
                Some(as_long) => format!("{who} took {as_long}, yet the page stayed alive"),
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
        let told = evidence
            .comparisons()
            .into_iter()
            .filter(|compared| compared.gain(evidence).is_some_and(|gain| gain.origin == Origin::Parallelism));
        let told: Vec<_> = told.map(|compared| &compared.own.strategy).collect();
        evidence.measurements().iter().filter(|own| !told.contains(&&own.strategy)).filter_map(froze).collect()
    }
}
