//! How many bytes tasks take and give, which is what copying them to processes and back would move.

use crate::trace::Answers;
use crate::{Failure, Job};

/// The bytes of each task's input and answer, by its number over all phases, from the answers of a complete sample.
///
/// # Errors
/// When a task left no answer.
pub fn sizes(job: &Job, answers: &Answers) -> Result<Vec<[u32; 2]>, Failure> {
    let Job { workload, params, seed, files } = job;
    let (mut sizes, mut previous) = (Vec::new(), files.clone());
    for (phase, count) in workload.phases(params).into_iter().enumerate() {
        let answers = answers.phase(phase).all().map_err(Failure::NoAnswer)?;
        for (index, answer) in answers.iter().enumerate().take(count) {
            let input = workload.input(params, *seed, phase, index, &previous);
            sizes.push([input.iter().map(|part| part.len()).sum::<usize>() as u32, answer.len() as u32]);
        }
        previous = answers;
    }
    Ok(sizes)
}
