//! Browsers slow down what is out of view, though less than a hidden tab.

use super::*;

/// The rule.
pub struct OutOfView;

impl Rule for OutOfView {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "out-of-view",
            "the lab was out of view during some of the run, and browsers may slow down what is not seen",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = evidence.machine.out_of_view && !evidence.measured().is_empty();
        told.then(|| caveat("out-of-view")).into_iter().collect()
    }
}
