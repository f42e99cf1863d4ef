//! Where tasks arrive one after the other: the time after its arrival within which nearly every task was done. The
//! total time says little there, because no strategy is done before the last task has arrived.

use super::*;

/// The rule.
pub struct Latency;

impl Rule for Latency {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "latency",
                "{who} had 99 of 100 tasks done within {took} of their arrival ({low} to {high}), and {base} within {other}",
            ),
            ("latency/alone", "{who} had 99 of 100 tasks done within {took} of their arrival ({low} to {high})"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let mut told: Vec<_> = evidence.measured().into_iter().filter_map(SlowestTasks::of).collect();
        told.sort_by(|one, other| one.took.total_cmp(&other.took));
        let Some((best, others)) = told.split_first() else { return Vec::new() };
        // blocking or, if that is the best or did not run, the one that took longest
        let blocking = others.iter().find(|one| one.own.run.is_blocking());
        let said = match blocking.or(others.last()) {
            None => best.said("latency/alone"),
            Some(other) if best.within[1] * NOTABLE < other.within[0] => {
                let said = best.said("latency").with("base", other.own.into());
                said.with("other", Fact::Milliseconds(other.took))
            }
            Some(_) => return Vec::new(),
        };
        vec![said]
    }
}

/// How long a strategy took for 99 of 100 tasks, in milliseconds.
struct SlowestTasks<'a> {
    own: Measured<'a>,
    took: f64,
    within: [f64; 2],
}

impl<'a> SlowestTasks<'a> {
    fn of(own: Measured<'a>) -> Option<Self> {
        let p99 = own.numbers.latency?.p99;
        Some(Self { own, took: p99.ms, within: p99.ci95_ms? })
    }

    fn said(&self, form: &str) -> Finding {
        let said = finding(form).about(self.own.run).with("took", Fact::Milliseconds(self.took));
        said.with_interval(self.within, Fact::Milliseconds)
    }
}
