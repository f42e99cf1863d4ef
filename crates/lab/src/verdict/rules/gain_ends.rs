//! More workers brought next to nothing more, or still did beyond the claimed cores.

use super::*;

/// The rule.
pub struct GainEnds;

impl Rule for GainEnds {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("gain-ends/not-yet", "{who} still gained by more workers than {cores} {cores?claimed core:claimed cores}"),
            (
                "gain-ends",
                "more than {knee} brought next to nothing more, on {cores} {cores?claimed core:claimed cores}",
            ),
            (
                "gain-ends/between",
                "more than {knee} ({low} to {high}) brought next to nothing more, on {cores} {cores?claimed core:claimed cores}",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let ends = |curve: &&Curve| {
            let [low, high] = curve.knee.ci95?;
            let last = curve.points.last().map(|point| point.workers);
            let form = match curve.knee.claim {
                Claim::More => "gain-ends/not-yet",
                _ if Some(high) == last => return None,
                _ if low == high => "gain-ends",
                _ => "gain-ends/between",
            };
            let told = finding(form).about_strategy(&curve.strategy).with("cores", Fact::count(curve.claimed_cores));
            let knee = Fact::Team { strategy: curve.strategy.clone(), workers: curve.knee.workers };
            Some(told.with("knee", knee).with_interval([low as f64, high as f64], Fact::Number))
        };
        evidence.curves().iter().filter_map(ends).collect()
    }
}
