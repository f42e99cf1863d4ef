//! There are never two tasks at once.

use super::*;

/// The rule.
pub struct CannotBeSplit;

impl Rule for CannotBeSplit {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("cannot-be-split", "this work is one chain of steps: {workers} {workers?worker:workers} cannot share it")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let several = evidence.ran().map(|run| run.workers).max().filter(|most| *most > 1);
        let told = several.filter(|_| !evidence.experiment.can_be_split());
        told.map(|workers| finding("cannot-be-split").with("workers", Fact::count(workers))).into_iter().collect()
    }
}
