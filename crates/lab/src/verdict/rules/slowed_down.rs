//! The baseline took longer and longer.

use super::*;

/// From the first to the last sample, a machine that slows down by more than this is not the same machine.
const SLOWER: f64 = 0.1;

/// The rule.
pub struct SlowedDown;

impl Rule for SlowedDown {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("slowed-down", "{baseline} took {rise} % longer at the end of the run than at its beginning: heat or power saving may have slowed the machine down"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = slower(evidence).map(|(baseline, rise)| {
            caveat("slowed-down").with("baseline", baseline.into()).with("rise", Fact::Percent(rise))
        });
        told.into_iter().collect()
    }
}

/// By what part the baseline took longer in the end, if that is a trend and not small.
pub(super) fn slower<'a>(evidence: &Evidence<'a>) -> Option<(Measured<'a>, f64)> {
    let baseline = evidence.baseline()?;
    let rise = slowdown(&baseline.run.samples_ms).filter(|rise| *rise > SLOWER)?;
    Some((baseline, rise))
}
