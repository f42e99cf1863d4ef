//! The samples cannot tell two strategies apart, or hardly.

use super::*;

/// Fewer samples than these tell two strategies apart only if they hardly differ among themselves.
const FEW: usize = 4;

/// The rule.
pub struct NoDifference;

impl Rule for NoDifference {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("no-difference", "{who} against {base}: no difference seen {against}{yet}"),
            ("too-close/few", "{who} against {base}: too few samples to call {against}{yet}"),
            (
                "too-close/few-or-unsteady",
                "{who} against {base}: too few or too unsteady samples to call {against}{yet}",
            ),
            ("too-close", "{who} against {base}: too close or too unsteady to call {against}{yet}"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |compared: &Compared| {
            let (form, interval) = match compared.comparison {
                Comparison::Same(interval) => ("no-difference", interval),
                Comparison::Slight(interval) if beyond(interval) && compared.samples() < FEW => {
                    ("too-close/few", interval)
                }
                Comparison::Slight(interval) if beyond(interval) => ("too-close/few-or-unsteady", interval),
                Comparison::Slight(interval) => ("too-close", interval),
                _ => return None,
            };
            let told = finding(form).about(compared.own.run).with("base", compared.base.into());
            Some(told.with("against", against(compared, interval)).with("yet", yet(compared)))
        };
        evidence.unremarkable().iter().filter_map(said).collect()
    }
}

/// Whether the samples say that there is a notable difference, if they can be believed.
fn beyond([low, high]: [f64; 2]) -> bool {
    low > NOTABLE || high < NOTABLE.recip()
}
