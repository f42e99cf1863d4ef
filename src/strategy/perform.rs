//! One sample, whatever the strategy: phase after phase, timed from the first task to the last answer.

use super::*;

/// What came of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Performance {
    /// From the sample's epoch to the last answer, in milliseconds.
    pub makespan: f64,
    /// The whole answer, in words.
    pub answer: String,
}

/// Performs the stage's job under `strategy`. The clock stops before the last answers are put together, because that
/// is the same for all and no part of any strategy.
///
/// # Errors
/// Whatever the strategy fails with, or a task that left no answer.
pub async fn perform(strategy: &dyn Strategy, stage: &Stage<'_>, host: &dyn Host) -> Result<Performance, Failure> {
    let Job { workload, params, seed } = stage.job;
    let mut makespan = 0.0;
    let mut previous = Vec::new();
    for (phase, count) in workload.phases(params).into_iter().enumerate() {
        let inputs = (0..count).map(|index| workload.input(params, *seed, phase, index, &previous)).collect();
        let batch = Batch { job: stage.job, phase, inputs, board: stage.board.phase(phase) };
        strategy.phase(&batch, stage, host).await?;
        makespan = stage.clock.now() - stage.epoch;
        previous = batch.board.answers().map_err(Failure::NoAnswer)?;
    }
    Ok(Performance { makespan, answer: workload.answer(params, &previous) })
}
