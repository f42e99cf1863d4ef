//! The page could not answer for a while. Where a gain is told, that finding says so already.

use super::*;

/// The rule.
pub struct Froze;

impl Rule for Froze {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("page-froze", "while {who} ran, the page froze for {usual}")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let telling =
            [Origin::Parallelism, Origin::OutsideLock, Origin::WaitsOrParallelism, Origin::LargerShare, Origin::Untold];
        let told = |compared: &Compared| compared.gain(evidence).is_some_and(|gain| telling.contains(&gain.origin));
        let comparisons = evidence.comparisons();
        let told: Vec<_> = comparisons.iter().filter(|one| told(one)).map(|one| &one.own.run.strategy).collect();
        let froze = |own: Measured| {
            let usual = own.numbers.usual_freeze_ms.filter(|_| own.numbers.froze() == Some(true))?;
            Some(finding("page-froze").about(own.run).with("usual", Fact::Milliseconds(usual)))
        };
        evidence.measured().into_iter().filter(|own| !told.contains(&&own.run.strategy)).filter_map(froze).collect()
    }
}
