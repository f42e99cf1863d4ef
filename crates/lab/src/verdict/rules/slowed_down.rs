//! The baseline computed for longer and longer.

use super::*;

/// From the first to the last sample, a machine that slows down by more than this is not the same machine.
const SLOWER: f64 = 0.1;

/// The rule.
pub struct SlowedDown;

impl Rule for SlowedDown {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "slowed-down",
            "{baseline} took {rise} % longer at the end of the run than at its beginning: the machine slowed down, and a page cannot tell why (heat, power saving, others on the same hardware)",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = slower(evidence).map(|(baseline, rise)| {
            caveat("slowed-down").with("baseline", baseline.into()).with("rise", Fact::Percent(rise))
        });
        told.into_iter().collect()
    }
}

/// How long each sample took, in milliseconds, without the time in which it had no core, as far as that is known: a
/// strategy that loses its core is not slowed down.
pub(super) fn computing(of: Measured) -> Vec<f64> {
    let off = of.numbers.samples_off_core.iter().copied().chain(std::iter::repeat(0.0));
    of.run.samples_ms.iter().zip(off).map(|(ms, off)| ms * (1.0 - off)).collect()
}

/// The baseline, and the part by which it took longer in the end; `None` if that is no trend, or small.
pub(super) fn slower<'a>(evidence: &Evidence<'a>) -> Option<(Measured<'a>, f64)> {
    let baseline = evidence.baseline()?;
    let rise = slowdown(&computing(baseline)).filter(|rise| *rise > SLOWER)?;
    Some((baseline, rise))
}
