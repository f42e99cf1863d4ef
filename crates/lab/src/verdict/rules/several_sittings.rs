//! The browser had no room for the workers of all strategies at once.

use super::*;

/// The rule.
pub struct SeveralSittings;

impl Rule for SeveralSittings {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "several-sittings",
            "the browser had no room for the workers of all strategies at once: they ran in {sittings} groups, and what slowed the machine down during one did not slow down the others",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let last = evidence.measured().iter().map(|measured| measured.run.sitting).max().unwrap_or(0);
        let told = || caveat("several-sittings").with("sittings", Fact::count(last + 1));
        (last > 0).then(told).into_iter().collect()
    }
}
