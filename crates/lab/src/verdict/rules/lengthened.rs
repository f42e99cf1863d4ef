//! Samples did the work several times, for the clock's sake.

use super::*;

/// The rule.
pub struct Lengthened;

impl Rule for Lengthened {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "lengthened",
                "each timed sample did the work {times} {times?time:times} in a row, because the clock moves in steps of {step}: lanes show all of them, numbers are for one",
            ),
            (
                "lengthened/up-to",
                "each timed sample did the work up to {times} {times?time:times} in a row, because the clock moves in steps of {step}: lanes show all of them, numbers are for one",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let repeats: Vec<_> = evidence.measured().iter().map(|own| own.run.times()).collect();
        let most = repeats.iter().copied().max().filter(|most| *most > 1);
        let told = most.map(|most| {
            let all = repeats.iter().all(|repeats| *repeats == most);
            let told = caveat(if all { "lengthened" } else { "lengthened/up-to" }).with("times", Fact::count(most));
            told.with("step", Fact::Milliseconds(evidence.machine.timer_resolution_ms))
        });
        told.into_iter().collect()
    }
}
