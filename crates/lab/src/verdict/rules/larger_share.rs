//! Several execution contexts got further than one though no two of them computed at once: if a core is shared among
//! all contexts that want it, two get more of it than one.

use super::*;

/// The rule.
pub struct LargerShare;

impl Rule for LargerShare {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "larger-share",
                "{who} ran {times} times as fast as blocking ({low} to {high}){meanwhile}, by getting a larger share of a busy core: two hardly ever computed at once",
            ),
            (
                "larger-share/done",
                "{who} together got {times} times as much done as blocking ({low} to {high}){meanwhile}, by getting a larger share of a busy core: two hardly ever computed at once",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |(compared, gain): &(Compared, Gain)| {
            let own = compared.own;
            let form = if own.numbers.done.is_some() { "larger-share/done" } else { "larger-share" };
            let told = finding(form).about(own.run).with("times", Fact::Factor(gain.value));
            told.with_interval(gain.interval, Fact::Factor).with("meanwhile", meanwhile(own))
        };
        evidence.gains().iter().filter(|(_, gain)| gain.origin == Origin::LargerShare).map(said).collect()
    }
}
