//! Whether the page froze cannot be told: its clock is too coarse for that, or its heartbeat is missing.

use super::*;

/// The rule.
pub struct FreezesUnknown;

impl Rule for FreezesUnknown {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("freezes-unknown", "the browser's clock moves in steps of {step}: it cannot tell whether the page froze"),
            (
                "freezes-unknown/of",
                "the browser's clock moves in steps of {step}: it cannot tell whether the page froze while {who} ran",
            ),
            (
                "freezes-unknown/no-heartbeat",
                "the page's heartbeat is missing: nobody can tell whether the page froze while {who} ran",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let step = evidence.machine.timer_resolution_ms;
        let unknown = evidence.measured().into_iter().filter(|own| own.numbers.longest_freeze_ms.is_none());
        // where clocks came apart, another rule says so
        let unknown = unknown.filter(|own| own.run.clocks_apart_ms.is_none());
        let told = |own: Measured| {
            let form = match own.run.heartbeat[..] {
                [] => return caveat("freezes-unknown/no-heartbeat").about(own.run),
                _ if step >= TOO_COARSE_FOR_FREEZES_MS => caveat("freezes-unknown"),
                _ => caveat("freezes-unknown/of").about(own.run),
            };
            form.with("step", Fact::Milliseconds(step))
        };
        unknown.map(told).collect()
    }
}
