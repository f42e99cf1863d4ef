//! The clocks of the page and of its workers agreed before a sample, and did not after it.

use super::*;

/// The rule.
pub struct ClocksApart;

impl Rule for ClocksApart {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "clocks-apart",
            "while {who} ran, the clocks of the page and of its workers came apart by {apart}: times and lanes may be off by that much, and the heartbeat is left out",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = |own: Measured| {
            let apart = own.run.clocks_apart_ms?;
            Some(caveat("clocks-apart").about(own.run).with("apart", Fact::Milliseconds(apart)))
        };
        evidence.measured().into_iter().filter_map(told).collect()
    }
}
