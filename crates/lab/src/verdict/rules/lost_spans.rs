//! Lanes have holes that are no idle time.

use super::*;

/// The rule.
pub struct LostSpans;

impl Rule for LostSpans {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "lost-spans",
            "{lost} {lost?span:spans} did not fit into the record: the lanes are incomplete, the times are not touched",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let lost: u64 = evidence.runs.iter().map(|run| u64::from(run.lost_spans)).sum();
        (lost > 0).then(|| caveat("lost-spans").with("lost", Fact::Count(lost))).into_iter().collect()
    }
}
