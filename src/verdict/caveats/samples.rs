//! Doubts that come from the samples themselves.

use crate::measure::{BASELINE, Measurement, NOTABLE};
use crate::verdict::evidence::{Compared, Origin};
use crate::verdict::wording::{caveat, counted, duration, listed, who};
use crate::verdict::{Evidence, Finding, Rule};

/// There is nothing to compare with.
pub struct NoBaseline;

impl Rule for NoBaseline {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let missing = !evidence.measurements().is_empty() && evidence.baseline().is_none();
        let text = || format!("{BASELINE} was not measured, so there is nothing to compare with");
        missing.then(|| caveat("no-baseline", text())).into_iter().collect()
    }
}

/// One sample has no spread.
pub struct OneSample;

impl Rule for OneSample {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let single = evidence.measurements().iter().any(|measurement| measurement.ci95_ms.is_none());
        let text = "with one sample there is no spread, so no difference can be told";
        single.then(|| caveat("one-sample", text.into())).into_iter().collect()
    }
}

/// A gain that workers cannot explain: there was one only, or nothing to share, or they gained more than they are.
pub struct NotParallelism;

impl Rule for NotParallelism {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let doubt = |compared: &Compared| {
            let gain = compared.gain(evidence)?;
            let beyond = gain.origin == Origin::Parallelism && gain.interval[0] > compared.own.workers as f64 * NOTABLE;
            let text = match gain.origin {
                Origin::Unexplained => {
                    "took less time than blocking, though nothing ran in parallel: something else differed"
                }
                _ if beyond => "gained more than their number explains: something else differed, too",
                _ => return None,
            };
            Some(caveat("not-parallelism", format!("{} {text}", who(compared.own))))
        };
        evidence.comparisons().iter().filter_map(doubt).collect()
    }
}

/// Start-up is measured, and no part of the times.
pub struct StartUpApart;

impl Rule for StartUpApart {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let started = evidence.measurements().iter().filter(|measurement| measurement.startup_ms > 0.0);
        let part = |own: &Measurement| format!("starting {} ({})", who(own), duration(own.startup_ms));
        let parts: Vec<_> = started.map(part).collect();
        let text = || format!("not counted in the times: {}", listed(&parts));
        (!parts.is_empty()).then(|| caveat("start-up-apart", text())).into_iter().collect()
    }
}

/// Lanes have holes that are no idle time.
pub struct LostSpans;

impl Rule for LostSpans {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let measurements = evidence.results.measurements.iter();
        let lost: usize = measurements.map(|measurement| measurement.lost_spans as usize).sum();
        let text = || {
            format!(
                "{} did not fit into the record: the lanes are incomplete, the times are not touched",
                counted(lost, "span", "spans")
            )
        };
        (lost > 0).then(|| caveat("lost-spans", text())).into_iter().collect()
    }
}
