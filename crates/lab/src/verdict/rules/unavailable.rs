//! A strategy cannot run here.

use super::*;

/// The rule's name.
pub const RULE: &str = "unavailable";

/// The rule.
pub struct Unavailable;

impl Rule for Unavailable {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("unavailable", "{who} {who?is:are} unavailable: {why}"),
            ("unavailable/some", "{who} {who?is:are} unavailable with some numbers of workers: {why}"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let refused = |run: &Run| {
            let why = run.refusal.clone()?;
            let some = evidence.ran().any(|other| other.strategy == run.strategy);
            let form = if some { "unavailable/some" } else { RULE };
            Some(finding(form).about_strategy(&run.strategy).with("why", Fact::Failure(why)))
        };
        evidence.runs.iter().filter_map(refused).collect()
    }
}
