//! One sample, whatever the strategy: phase after phase, timed from its epoch to the last answer. A cold sample's epoch is
//! before its workers start; a timed sample's is just before its first task.

use workloads::Summary;

use crate::trace::Answers;
use crate::{Batch, Failure, Host, Job, SampleContext, Strategy};

/// The outcome of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Performance {
    /// From the sample's epoch to the last answer, in milliseconds, over all repeats together.
    pub makespan: f64,
    /// The whole answer.
    pub answer: Summary,
    /// What each task got done in each millisecond; empty if the workload does not count that.
    pub activity: Vec<Vec<u32>>,
}

/// Performs the sample's job under `strategy`. The clock stops before the last answers are put together, because that
/// is the same for all strategies and no part of any.
///
/// # Errors
/// The failure of the strategy, or of a task that left no answer.
pub async fn perform(
    strategy: &dyn Strategy,
    sample: &SampleContext<'_>,
    host: &dyn Host,
) -> Result<Performance, Failure> {
    let first = once(strategy, sample, host).await?;
    let mut last = first.clone();
    for _ in 1..sample.repeats {
        let answers = Answers::new(&sample.job.workload.phases(&sample.job.params));
        last = once(strategy, &SampleContext { answers: &answers, ..*sample }, host).await?;
        if last.answer != first.answer {
            break; // not the answer that others found, whichever of the two that is
        }
    }
    Ok(last)
}

async fn once(strategy: &dyn Strategy, sample: &SampleContext<'_>, host: &dyn Host) -> Result<Performance, Failure> {
    let sample = &SampleContext { begun: sample.time(), ..*sample };
    let Job { workload, params, seed, files } = sample.job;
    let mut makespan = 0.0;
    let mut previous = files.clone();
    for (phase, count) in workload.phases(params).into_iter().enumerate() {
        let inputs = (0..count).map(|index| workload.input(params, *seed, phase, index, &previous)).collect();
        let batch = Batch { job: sample.job, phase, inputs, answers: sample.answers.phase(phase) };
        strategy.phase(&batch, sample, host).await?;
        makespan = sample.time();
        previous = batch.answers.all().map_err(Failure::NoAnswer)?;
    }
    let activity = workload.activity(params, &previous).unwrap_or_default();
    Ok(Performance { makespan, answer: workload.answer(params, &previous), activity })
}
