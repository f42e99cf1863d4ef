//! Start-up is measured, and no part of the times.

use super::*;

/// The rule.
pub struct StartUpApart;

impl Rule for StartUpApart {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("start-up-apart", "not counted in the times: {parts}")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let part = |own: Measured| {
            let startup = own.run.startup_ms.filter(|startup| *startup > 0.0)?;
            Some(phrase("start-up/of").with("who", own.into()).with("took", Fact::Milliseconds(startup)))
        };
        let parts: Vec<_> = evidence.measured().into_iter().filter_map(part).collect();
        (!parts.is_empty()).then(|| caveat("start-up-apart").with("parts", Fact::List(parts))).into_iter().collect()
    }
}
