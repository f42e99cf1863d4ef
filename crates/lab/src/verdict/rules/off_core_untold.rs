//! It is not known whether lanes were on a core at once, so that they computed in parallel is neither claimed nor
//! denied.

use super::*;

/// The rule.
pub struct OffCoreUntold;

impl Rule for OffCoreUntold {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "off-core-untold/clock",
                "the clock’s steps of {step} are too coarse to tell when a lane had a core, so nothing is said about computing in parallel",
            ),
            (
                "off-core-untold/contended",
                "the tasks of {who} wait for each other within their steps, so it is not known when a lane had a core, and nothing is said about computing in parallel",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let able = |own: &Measured| {
            own.run.workers > 1 && own.parallelism(evidence.experiment) != Parallelism::None && evidence.computes()
        };
        let recorded = |own: &Measured| own.run.lanes.iter().any(|lane| !lane.spans.is_empty());
        let blind = |own: &Measured| own.run.lanes.iter().any(|lane| !lane.steps.off_core_told);
        let mut untold = evidence.measured().into_iter().filter(|own| able(own) && recorded(own) && blind(own));
        let step = evidence.machine.timer_resolution_ms;
        let told = untold.next().map(|own| match strategies::trace::slack(step) {
            None => caveat("off-core-untold/clock").with("step", Fact::Milliseconds(step)),
            Some(_) => caveat("off-core-untold/contended").about(own.run),
        });
        told.into_iter().collect()
    }
}
