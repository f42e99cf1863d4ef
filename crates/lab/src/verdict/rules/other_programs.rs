//! Samples that should be alike are not.

use super::slowed_down::slower;
use super::*;

/// Samples whose middle half lies farther apart than this part of their median were disturbed.
const DISTURBED: f64 = 0.15;

/// The rule.
pub struct OtherPrograms;

impl Rule for OtherPrograms {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("other-programs", "the samples of {who} vary by {spread} %, even without the least and the greatest: other programs may have used the processor"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let samples = |own: Measured| {
            own.numbers.done.as_ref().map_or_else(|| own.run.samples_ms.clone(), |done| done.samples.clone())
        };
        let spreads = evidence.measured().into_iter().filter_map(|own| Some((own, middle_half(&samples(own))?)));
        let widest = spreads.max_by(|(_, one), (_, other)| one.total_cmp(other));
        // what slows down is spread out by that, and what waits depends on timers
        let steady = evidence.computes() && slower(evidence).is_none();
        let told = widest.filter(|(_, spread)| steady && *spread > DISTURBED).map(|(own, spread)| {
            caveat("other-programs").with("who", own.into()).with("spread", Fact::Percent(spread))
        });
        told.into_iter().collect()
    }
}
