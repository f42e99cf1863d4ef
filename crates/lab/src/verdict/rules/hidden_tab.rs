//! Browsers slow hidden tabs down.

use super::*;

/// The rule.
pub struct HiddenTab;

impl Rule for HiddenTab {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("hidden-tab", "the tab was hidden during the run, and browsers slow hidden tabs down: all times are void")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        evidence.machine.hidden.then(|| caveat("hidden-tab")).into_iter().collect()
    }
}
