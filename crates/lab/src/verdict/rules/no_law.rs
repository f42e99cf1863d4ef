//! One law of scaling cannot be determined, or neither can.

use super::*;

/// The rule.
pub struct NoLaw;

impl Rule for NoLaw {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("no-law/neither", "no law of scaling can be determined for {who}: {why}"),
            ("no-law/amdahl", "Amdahl’s law cannot be determined for {who}: {why}"),
            ("no-law/gunther", "Gunther’s law cannot be determined for {who}: {why}"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let refused = |curve: &&Curve| {
            let (form, why) = match (curve.amdahl.refused(), curve.usl.refused()) {
                (Some(why), Some(_)) => ("no-law/neither", why),
                (Some(why), None) => ("no-law/amdahl", why),
                (None, Some(why)) => ("no-law/gunther", why),
                (None, None) => return None,
            };
            Some((form, Fact::Strategy(curve.strategy.clone()), why))
        };
        // strategies with the same reason share one sentence
        let mut told: Vec<(&str, Vec<Fact>, CannotTell)> = Vec::new();
        for (form, who, why) in evidence.curves().iter().filter_map(refused) {
            match told.iter_mut().find(|(known, _, reason)| *known == form && *reason == why) {
                Some((_, all, _)) => all.push(who),
                None => told.push((form, vec![who], why)),
            }
        }
        let said = |(form, who, why)| caveat(form).with("who", Fact::List(who)).with("why", Fact::CannotTell(why));
        told.into_iter().map(said).collect()
    }
}
