//! Concurrency without parallelism: one execution context that did not gain time, but kept the page alive.

use super::*;

/// The rule.
pub struct AliveWithoutParallelism;

impl Rule for AliveWithoutParallelism {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("alive-without-parallelism", "{who} {came-to}{yet}"),
            ("alive-without-parallelism/while", "while {who} ran, the page stayed alive"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let alive = |compared: &Compared| {
            let later = || came_to(compared).filter(|_| matches!(compared.comparison, Comparison::Worse(..)));
            match about_equal(compared).or_else(later) {
                Some(came_to) => {
                    let told = finding("alive-without-parallelism").about(compared.own.run);
                    told.with("came-to", came_to).with("yet", yet(compared))
                }
                None => finding("alive-without-parallelism/while").about(compared.own.run),
            }
        };
        evidence.comparisons().iter().filter(|compared| compared.alone_and_alive()).map(alive).collect()
    }
}
