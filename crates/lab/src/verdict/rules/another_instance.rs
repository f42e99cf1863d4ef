//! Two windows that measure at the same time measure each other.

use super::*;

/// The rule.
pub struct AnotherInstance;

impl Rule for AnotherInstance {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "another-instance",
            "another window or frame of Lanes may have measured at the same time: one of the two had stopped answering",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = evidence.machine.another_instance == Some(true) && !evidence.measured().is_empty();
        told.then(|| caveat("another-instance")).into_iter().collect()
    }
}
