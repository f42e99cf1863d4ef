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
        let mut told: Vec<Finding> = Vec::new();
        for run in evidence.runs {
            let Some(why) = run.refusal.clone() else { continue };
            let some = evidence.ran().any(|other| other.strategy == run.strategy);
            let form = if some { "unavailable/some" } else { RULE };
            let said = finding(form).about_strategy(&run.strategy).with("why", Fact::Failure(why));
            if told.last() != Some(&said) {
                told.push(said); // for the same reason, once
            }
        }
        told
    }
}
