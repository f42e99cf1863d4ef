//! Several execution contexts worked at the same time, and that paid.

use super::*;

/// The rule.
pub struct SeveralAtOnce;

impl Rule for SeveralAtOnce {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("more-done", "{who} together got {times} times as much done as blocking ({low} to {high}){meanwhile}"),
            ("parallel-speed-up", "{who} ran {times} times as fast as blocking ({low} to {high}){meanwhile}"),
            (
                "lock-released",
                "{who} ran {times} times as fast as blocking ({low} to {high}){meanwhile}: part of the work needed no lock",
            ),
            (
                "lock-released/done",
                "{who} together got {times} times as much done as blocking ({low} to {high}){meanwhile}: part of the work needed no lock",
            ),
            (
                "waits-and-parallelism",
                "{who} ran {times} times as fast as blocking ({low} to {high}){meanwhile}: waits overlapped, computing ran in parallel, or both",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |(compared, gain): &(Compared, Gain)| {
            let own = compared.own;
            let form = match gain.origin {
                Origin::Parallelism if own.numbers.done.is_some() => "more-done",
                Origin::Parallelism => "parallel-speed-up",
                Origin::OutsideLock if own.numbers.done.is_some() => "lock-released/done",
                Origin::OutsideLock => "lock-released",
                Origin::WaitsOrParallelism => "waits-and-parallelism",
                _ => return None,
            };
            let told = finding(form).about(own.run).with("times", Fact::Factor(gain.value));
            Some(told.with_interval(gain.interval, Fact::Factor).with("meanwhile", meanwhile(own)))
        };
        evidence.gains().iter().filter_map(said).collect()
    }
}
