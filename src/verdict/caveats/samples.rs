//! Doubts that come from the samples themselves.

use crate::experiment::BASELINE;
use crate::measure::{Measurement, NOTABLE, decimal, middle_half, slowdown};
use crate::verdict::evidence::{Compared, Origin};
use crate::verdict::wording::{caveat, counted, duration, listed, who};
use crate::verdict::{Evidence, Finding, Rule};

/// From the first to the last sample, a machine that slows down by more than this is not the same machine.
const SLOWER: f64 = 0.1;
/// Samples whose middle half lies farther apart than this part of their median were disturbed.
const DISTURBED: f64 = 0.15;

/// There is nothing to compare with.
pub struct NoBaseline;

impl Rule for NoBaseline {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let missing = !evidence.measurements().is_empty() && evidence.baseline().is_none();
        let text = || {
            format!(
                "{BASELINE} was not measured: there is nothing to compare times with, and answers were only \
                 compared with each other"
            )
        };
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
            let better = if compared.own.done.is_some() { "got more done" } else { "took less time" };
            let text = match gain.origin {
                Origin::Unexplained => {
                    format!("{better} than blocking, though nothing ran in parallel: something else differed")
                }
                _ if beyond => "gained more than their number explains: something else differed, too".into(),
                _ => return None,
            };
            Some(caveat("not-parallelism", format!("{} {text}", who(compared.own))))
        };
        evidence.comparisons().iter().filter_map(doubt).collect()
    }
}

/// The baseline took longer and longer.
pub struct SlowedDown;

impl Rule for SlowedDown {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        slower(evidence).map(|rise| caveat("slowed-down", format!(
            "{BASELINE} took {} % longer at the end of the run than at its beginning: heat or power saving may have \
             slowed the machine down",
            decimal(rise * 100.0, 0)
        ))).into_iter().collect()
    }
}

fn slower(evidence: &Evidence) -> Option<f64> {
    evidence.baseline().and_then(|baseline| slowdown(&baseline.samples_ms)).filter(|rise| *rise > SLOWER)
}

/// Samples that should be alike are not.
pub struct OtherPrograms;

impl Rule for OtherPrograms {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let spread = |own: &Measurement| middle_half(own.done.as_ref().map_or(&own.samples_ms, |done| &done.samples));
        let spreads = evidence.measurements().into_iter().filter_map(|own| Some((own, spread(own)?)));
        let widest = spreads.max_by(|(_, one), (_, other)| one.total_cmp(other));
        // what slows down is spread out by that, and what waits depends on timers
        let steady = evidence.computes() && slower(evidence).is_none();
        let told = widest.filter(|(_, spread)| steady && *spread > DISTURBED).map(|(own, spread)| {
            let text = format!(
                "the samples of {} vary by {} %, even without the least and the greatest: other programs may have used \
                 the processor",
                who(own),
                decimal(spread * 100.0, 0)
            );
            caveat("other-programs", text)
        });
        told.into_iter().collect()
    }
}

/// Start-up is measured, and no part of the times.
pub struct StartUpApart;

impl Rule for StartUpApart {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let started = evidence.measurements().into_iter().filter(|measurement| measurement.startup_ms > 0.0);
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
