//! Amdahl's law: a part of the work cannot be shared.

use super::*;

/// The rule.
pub struct SerialPart;

impl Rule for SerialPart {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "serial-part",
                "by Amdahl’s law, {serial} % ({low} to {high}) of the work under {who} cannot be shared, so no number of workers is more than {limit} times as fast",
            ),
            ("serial-part/at-most", "by Amdahl’s law, at most {high} % of the work under {who} cannot be shared"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let serial = |curve: &&Curve| {
            let law = curve.amdahl.known()?;
            let (serial, interval) = (law.serial.value, law.serial.ci95);
            let limit = law.limit().filter(|_| interval[0] > 0.0);
            let told = finding(if limit.is_some() { "serial-part" } else { "serial-part/at-most" });
            let told = told.about_strategy(&curve.strategy).with_interval(interval, Fact::SmallPercent);
            Some(match limit {
                Some(limit) => told.with("serial", Fact::SmallPercent(serial)).with("limit", Fact::Factor(limit)),
                None => told,
            })
        };
        evidence.curves().iter().filter_map(serial).collect()
    }
}
