//! How many workers are enough here: further workers brought next to nothing, or still brought something with the most
//! that were tried.
//!
//! The number is the knee's, with its interval, and so every sweep answers "how many workers should I take?". The least
//! number that cannot be told apart from the best would be no answer: with much noise that is always one worker.

use super::*;

/// An interval that ends at more than this many times its beginning does not say how many workers to take.
const VAGUE: usize = 2;

/// The rule.
pub struct GainEnds;

impl Rule for GainEnds {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "gain-ends",
                "{knee} {knee?is:are} enough for this work here: further ones brought next to nothing, on {cores} {cores?claimed core:claimed cores}",
            ),
            (
                "gain-ends/between",
                "{knee} ({low} to {high}) {knee?is:are} enough for this work here: further ones brought next to nothing, on {cores} {cores?claimed core:claimed cores}",
            ),
            (
                "gain-ends/beyond",
                "{knee} {knee?is:are} enough for this work here, which is more than {cores} {cores?claimed core:claimed cores}",
            ),
            (
                "gain-ends/beyond-between",
                "{knee} ({low} to {high}) {knee?is:are} enough for this work here, which is more than {cores} {cores?claimed core:claimed cores}",
            ),
            (
                "gain-ends/not-yet",
                "{who} still gained by more workers than {cores} {cores?claimed core:claimed cores}: take {knee} or more",
            ),
            (
                "gain-ends/unclear",
                "it is not clear how many workers under {who} are enough for this work here: perhaps {low} to {high}",
            ),
            ("gain-ends/open", "take {knee} or more for this work here: no more than {high} were tried"),
            (
                "gain-ends/open-between",
                "take {knee} ({low} to {high}, or more) for this work here: no more than {high} were tried",
            ),
            ("gain-ends/waits", "{knee} {knee?is:are} enough for this work here: further ones brought next to nothing"),
            (
                "gain-ends/waits-between",
                "{knee} ({low} to {high}) {knee?is:are} enough for this work here: further ones brought next to nothing",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let ends = |curve: &&Curve| {
            let [low, high] = curve.knee.ci95?;
            let (open, sure) = (curve.points.last()?.workers == high, low == high);
            let form = match (curve.knee.claim, open) {
                _ if high > VAGUE * low => "gain-ends/unclear",
                (Claim::More, true) if evidence.computes() => "gain-ends/not-yet",
                (_, true) if sure => "gain-ends/open",
                (_, true) => "gain-ends/open-between",
                _ if !evidence.computes() && sure => "gain-ends/waits",
                _ if !evidence.computes() => "gain-ends/waits-between",
                (Claim::More, _) if sure => "gain-ends/beyond",
                (Claim::More, _) => "gain-ends/beyond-between",
                _ if sure => "gain-ends",
                _ => "gain-ends/between",
            };
            let told = finding(form).about_strategy(&curve.strategy).with("cores", Fact::count(curve.claimed_cores));
            let knee = Fact::Team { strategy: curve.strategy.clone(), workers: curve.knee.workers };
            Some(told.with("knee", knee).with_interval([low as f64, high as f64], Fact::Number))
        };
        evidence.curves_of_any().iter().filter_map(ends).collect()
    }
}
