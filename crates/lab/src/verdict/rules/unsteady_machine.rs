//! The same spin took longer at one end of the run than at the other.

use super::*;

/// Two spins that differ by more than this part met two different machines.
const DRIFT: f64 = 0.1;

/// The rule.
pub struct UnsteadyMachine;

impl Rule for UnsteadyMachine {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "unsteady-machine/after",
                "the same fixed work took {drift} % longer after the run than before: the machine was not steady",
            ),
            (
                "unsteady-machine/before",
                "the same fixed work took {drift} % longer before the run than after: the machine was not steady",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = evidence.machine.calibration_ms.filter(|spins| spins.iter().all(|ms| *ms > 0.0)).and_then(
            |[before, after]| {
                // each of the two may be off by a step of the clock
                let step = evidence.machine.timer_resolution_ms;
                let (shorter, longer) = (before.min(after).max(step), before.max(after));
                let surely = (longer - shorter - 2.0 * step) / shorter > DRIFT;
                let drift = longer / shorter - 1.0;
                let form = if after > before { "unsteady-machine/after" } else { "unsteady-machine/before" };
                let told = || caveat(form).with("drift", Fact::Percent(drift));
                (surely && !evidence.measured().is_empty()).then(told)
            },
        );
        told.into_iter().collect()
    }
}
