//! The cost of separate memories: the part of the lanes' time that went into messages and copies.

use strategies::trace::{Cause, Context};

use super::*;

/// Less than this part is no cost to speak of.
const NOTABLE_SHARE: f64 = 0.05;

/// The rule.
pub struct CopyingCost;

impl Rule for CopyingCost {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[("copying-cost", "{who} spent {share} % of the time on messages and copying, as memory is not shared")]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let cost = |own: &Measured| {
            let share = copying(own).filter(|share| own.isolated() && *share >= NOTABLE_SHARE)?;
            Some(finding("copying-cost").about(own.run).with("share", Fact::Percent(share)))
        };
        evidence.measured().iter().filter_map(cost).collect()
    }
}

/// The part of the lanes' time that the sample nearest the median spent on messages and copies; `None` if nothing, or
/// not everything, was recorded.
fn copying(own: &Measured) -> Option<f64> {
    let trace = own.run.trace()?;
    // the messages of an event loop in front are on the lanes of its processes
    let lanes = || trace.lanes.iter().filter(|lane| lane.context != Context::Loop);
    let complete = lanes().all(|lane| lane.lost == 0);
    let spans = lanes().flat_map(|lane| &lane.spans).filter(|span| span.cause == Cause::Transfer);
    let micros: f64 = spans.map(|span| f64::from(span.length())).sum();
    let all = lanes().count() as f64 * f64::from(trace.makespan);
    (complete && all > 0.0).then(|| micros / all)
}
