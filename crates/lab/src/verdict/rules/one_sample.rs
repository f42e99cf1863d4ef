//! One sample has no spread.

use super::*;

/// The rule.
pub struct OneSample;

impl Rule for OneSample {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("one-sample", "with one sample there is no spread, so no difference can be claimed")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let single = evidence.measured().iter().any(|own| own.numbers.ci95_ms.is_none());
        single.then(|| caveat("one-sample")).into_iter().collect()
    }
}
