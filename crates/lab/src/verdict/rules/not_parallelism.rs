//! A gain that workers cannot explain: there was one only, or nothing to share, or they gained more than they are.

use super::*;

/// The rule.
pub struct NotParallelism;

impl Rule for NotParallelism {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "not-parallelism",
                "{who} took less time than blocking, though nothing ran in parallel: something else differed",
            ),
            (
                "not-parallelism/done",
                "{who} got more done than blocking, though nothing ran in parallel: something else differed",
            ),
            ("not-parallelism/too-much", "{who} gained more than their number explains: something else differed, too"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let doubt = |compared: &Compared| {
            let (gain, own) = (compared.gain(evidence)?, compared.own);
            let beyond = gain.origin == Origin::Parallelism && gain.interval[0] > own.run.workers as f64 * NOTABLE;
            let form = match gain.origin {
                Origin::Unexplained if own.numbers.done.is_some() => "not-parallelism/done",
                Origin::Unexplained => "not-parallelism",
                _ if beyond => "not-parallelism/too-much",
                _ => return None,
            };
            Some(caveat(form).with("who", own.into()))
        };
        evidence.comparisons().iter().filter_map(doubt).collect()
    }
}
