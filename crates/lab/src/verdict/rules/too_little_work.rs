//! The whole work is so short that sharing it out gained nothing.

use super::*;

/// Work that takes less than a frame at 60 Hz is over before anybody could see a gain.
const TOO_LITTLE_MS: f64 = 1000.0 / 60.0;

/// The rule.
pub struct TooLittleWork;

impl Rule for TooLittleWork {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("too-little-work", "{baseline} took {took}: too little work to gain from more workers")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let parallel = |own: &Measured| own.parallelism(evidence.experiment) == Parallelism::Full;
        let several = evidence.measured().iter().any(|own| own.run.workers > 1 && parallel(own));
        let gained = evidence.gains().iter().any(|(compared, _)| compared.own.run.workers > 1);
        let computes = evidence.experiment.nature() == Nature::Compute;
        let able = several && !gained && computes && evidence.experiment.can_be_split();
        let alone = evidence.baseline().filter(|baseline| able && baseline.run.workers == 1);
        let short = alone.filter(|baseline| baseline.numbers.median_ms < TOO_LITTLE_MS);
        let told = short.map(|baseline| {
            let took = Fact::Milliseconds(baseline.numbers.median_ms);
            finding("too-little-work").with("baseline", baseline.into()).with("took", took)
        });
        told.into_iter().collect()
    }
}
