//! A gain that workers cannot explain: there was only one worker, or nothing to share, or they gained more than their
//! number.

use super::slowed_down::computing;
use super::*;
use crate::measure::median;

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
            (
                "not-parallelism/cores",
                "{who} took less time than blocking because {who?it:they} had a core for more of the time: both computed for equally long",
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
                Origin::Unexplained if computed_as_long(compared) => "not-parallelism/cores",
                Origin::Unexplained => "not-parallelism",
                _ if beyond => "not-parallelism/too-much",
                _ => return None,
            };
            Some(caveat(form).with("who", own.into()))
        };
        evidence.comparisons().iter().filter_map(doubt).collect()
    }
}

/// Whether the two differ only in how much of the time they had a core, as far as that was seen. A machine that stands
/// still now and then may happen to do so in all samples of one of the two and in none of the other's.
fn computed_as_long(compared: &Compared) -> bool {
    let computed = |of: Measured| median(&computing(of)).filter(|_| !of.numbers.samples_off_core.is_empty());
    let both = computed(compared.own).zip(computed(compared.base));
    both.is_some_and(|(own, base)| base <= own * NOTABLE && own <= base * NOTABLE)
}
