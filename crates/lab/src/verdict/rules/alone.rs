//! Only one strategy ran, so nothing is compared, and its result is given. If it froze the page, that finding says
//! more.

use super::*;

/// The rule.
pub struct Alone;

impl Rule for Alone {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("alone", "{who} took {took} ({low} to {high}){meanwhile}"),
            ("alone/one-sample", "{who} took {took}{meanwhile}"),
            ("alone/until-deadline", "{who} worked for {took}{meanwhile}"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let measured = evidence.measured();
        let [own] = measured[..] else { return Vec::new() };
        if own.numbers.froze() == Some(true) {
            return Vec::new();
        }
        let told = |form| {
            let told = finding(form).about(own.run).with("took", Fact::Milliseconds(own.numbers.median_ms));
            told.with("meanwhile", meanwhile(own))
        };
        vec![match own.numbers.ci95_ms {
            _ if own.numbers.done.is_some() => told("alone/until-deadline"),
            Some(interval) => told("alone").with_interval(interval, Fact::Milliseconds),
            None => told("alone/one-sample"),
        }]
    }
}
