//! Starting the workers took longer than they saved in a run.

use super::*;

/// The rule.
pub struct StartUpOutweighsGain;

impl Rule for StartUpOutweighsGain {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "start-up-outweighs-gain",
                "starting {who} took {took} this time, more than the {saved} that a run saved: it pays only where they are used again",
            ),
            (
                "start-up-outweighs-gain/against",
                "starting {who} took {took} this time, more than the {saved} that a run saved against {base}: it pays only where they are used again",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let outweighed = |compared: &Compared| {
            let (own, base) = (compared.own, compared.base);
            let form =
                if base.run.is_blocking() { "start-up-outweighs-gain" } else { "start-up-outweighs-gain/against" };
            let explained = compared.gain(evidence).is_some_and(|gain| gain.origin != Origin::Unexplained);
            let saved = base.numbers.median_ms - own.numbers.median_ms;
            let [startup, other] = [own, base].map(|of| of.run.startup_ms.unwrap_or(0.0));
            let outweighed = explained && own.numbers.done.is_none() && startup - other > saved;
            let told =
                || finding(form).about(own.run).with("base", base.into()).with("took", Fact::Milliseconds(startup));
            outweighed.then(|| told().with("saved", Fact::Milliseconds(saved)))
        };
        evidence.comparisons().iter().filter_map(outweighed).collect()
    }
}
