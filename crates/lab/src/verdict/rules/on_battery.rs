//! Machines on battery save power.

use super::*;

/// The rule.
pub struct OnBattery;

impl Rule for OnBattery {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("on-battery", "the machine ran on battery, where it may save power by slowing down")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = evidence.machine.on_battery == Some(true) && !evidence.measured().is_empty();
        told.then(|| caveat("on-battery")).into_iter().collect()
    }
}
