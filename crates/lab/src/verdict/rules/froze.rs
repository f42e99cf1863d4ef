//! The page could not answer for a while. Where a gain is reported, that finding says so already. Tasks that were never
//! on the page's thread did not hold the page up: it got no core in time, or had work of its own.

use super::*;

/// The rule.
pub struct Froze;

impl Rule for Froze {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("page-froze", "while {who} ran, the page froze for {usual}"),
            (
                "page-froze/by-itself",
                "while {who} ran, the page froze for {usual}, though none of the tasks was on its thread: it waited for a core, or had work of its own",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let telling =
            [Origin::Parallelism, Origin::OutsideLock, Origin::WaitsOrParallelism, Origin::LargerShare, Origin::Untold];
        let told = |compared: &Compared| compared.gain(evidence).is_some_and(|gain| telling.contains(&gain.origin));
        let comparisons = evidence.comparisons();
        let told: Vec<_> = comparisons.iter().filter(|one| told(one)).map(|one| &one.own.run.strategy).collect();
        let froze = |own: Measured| {
            let usual = own.numbers.usual_freeze_ms.filter(|_| own.numbers.froze() == Some(true))?;
            let form = if own.run.left_the_page_alone() { "page-froze/by-itself" } else { "page-froze" };
            Some(finding(form).about(own.run).with("usual", Fact::Milliseconds(usual)))
        };
        evidence.measured().into_iter().filter(|own| !told.contains(&&own.run.strategy)).filter_map(froze).collect()
    }
}
