//! For a while nothing moved, neither the page nor any lane: no strategy does that.

use super::*;

/// Shorter stalls, in milliseconds, hardly change the times that they are part of.
const LONG: f64 = 50.0;

/// The rule.
pub struct Stalled;

impl Rule for Stalled {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "stalled",
                "while {who} ran, neither the page nor any lane moved for {stall}: the whole browser or machine stood still, which is no strategy’s doing",
            ),
            (
                "stalled/retaken",
                "{n} {n?sample was:samples were} taken again, because for over a second neither the page nor any lane moved",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let stalls = evidence.measured().into_iter().filter_map(|own| Some((own, own.numbers.stall_ms?)));
        let longest = stalls.filter(|(_, stall)| *stall >= LONG).max_by(|(_, one), (_, other)| one.total_cmp(other));
        let told =
            longest.map(|(own, stall)| caveat("stalled").about(own.run).with("stall", Fact::Milliseconds(stall)));
        let again: usize = evidence.ran().map(|run| run.retaken).sum();
        let retaken = (again > 0).then(|| caveat("stalled/retaken").with("n", Fact::count(again)));
        told.into_iter().chain(retaken).collect()
    }
}
