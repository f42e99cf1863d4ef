//! The clock's step is a large part of the shortest sample.

use super::*;

/// The rule.
pub struct CoarseTimer;

impl Rule for CoarseTimer {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "coarse-timer",
            "the browser's clock moves in steps of {step}, more than 1 % of the {sample} that {who} took",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let resolution = evidence.machine.timer_resolution_ms;
        let sample = |own: &Measured| own.numbers.median_ms * own.run.times() as f64;
        let shortest = evidence.measured().into_iter().min_by(|one, other| sample(one).total_cmp(&sample(other)));
        let told = shortest.filter(|shortest| resolution > TIMER_SHARE * sample(shortest)).map(|shortest| {
            let told = caveat("coarse-timer").with("who", shortest.into()).with("step", Fact::Milliseconds(resolution));
            told.with("sample", Fact::Milliseconds(sample(&shortest)))
        });
        told.into_iter().collect()
    }
}
