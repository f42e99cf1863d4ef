//! A lock let only one of several execution contexts compute at a time.

use super::*;

/// The rule.
pub struct TookTurns;

impl Rule for TookTurns {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("took-turns", "{who} took turns and {came-to}{yet}")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |compared: &Compared| {
            let told = finding("took-turns").about(compared.own.run).with("came-to", came_to(compared)?);
            Some(told.with("yet", yet(compared)))
        };
        evidence.comparisons().iter().filter(|compared| compared.took_turns(evidence)).filter_map(said).collect()
    }
}
