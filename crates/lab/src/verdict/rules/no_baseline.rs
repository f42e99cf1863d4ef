//! There is nothing to compare with.

use super::*;

/// The rule.
pub struct NoBaseline;

impl Rule for NoBaseline {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("no-baseline", "{baseline} was not measured: there is nothing to compare times with, and answers were only compared with each other"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let missing = !evidence.measured().is_empty() && evidence.baseline().is_none();
        let baseline = || Fact::Strategy(BASELINE.into());
        missing.then(|| caveat("no-baseline").with("baseline", baseline())).into_iter().collect()
    }
}
