//! Every answer is compared: a wrong one voids the run.

use strategies::{Failure, WrongAnswer};
use workloads::Summary;

use super::entry::Entry;
use super::{RunId, Sample};
use crate::experiment::{Experiment, baseline};

/// The first answer is the expected one for all. If `blocking` answers later and differs, its answer is right, and the
/// first one is wrong.
///
/// # Errors
/// When the sample's answer, or the first one, is wrong.
pub(super) fn compare(experiment: &Experiment, entries: &[Entry], at: usize, sample: &Sample) -> Result<(), Failure> {
    let mut answered = entries.iter().map(|entry| &entry.series);
    let first = answered.find_map(|other| Some((other.id, other.answer.as_ref()?)));
    let now = (entries[at].series.id, &sample.answer);
    let before = match first {
        Some(before) if before.1 != now.1 => before,
        _ => return Ok(()),
    };
    let right_by_definition = |(id, _): (RunId, &Summary)| id.strategy == baseline();
    let now_is_right = right_by_definition(now) && !right_by_definition(before);
    let (right, wrong) = if now_is_right { (now, before) } else { (before, now) };
    Err(Failure::WrongAnswer(Box::new(WrongAnswer {
        workload: experiment.workload.info().id.into(),
        strategy: wrong.0.strategy.meta().id.into(),
        expected: right.1.clone(),
        found: wrong.1.clone(),
    })))
}
