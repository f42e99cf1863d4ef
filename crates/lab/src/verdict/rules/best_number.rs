//! Gunther's law: beyond some number, workers cost more than they bring.

use super::*;

/// The rule.
pub struct BestNumber;

impl Rule for BestNumber {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "best-number",
            "by Gunther’s law, {who} would be soonest with about {best} workers ({low} to {high}): more cost more than they bring",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let best = |curve: &&Curve| {
            let optimum = curve.usl.known()?.optimum?;
            let told = finding("best-number").about_strategy(&curve.strategy).with("best", Fact::Number(optimum.value));
            Some(told.with_interval(optimum.ci95, Fact::Number))
        };
        evidence.curves().iter().filter_map(best).collect()
    }
}
