//! A sweep: the same for every number of workers. Each sample has workers of its own, because all of them at once would
//! be hundreds of threads; a cold sample warms them up.

use strategies::Failure;

use super::entry::Entry;
use super::progress::SampleProgress;
use super::repeats::repeats;
use super::sampling::{note, take};
use super::{Executor, SampleKind};
use crate::experiment::Experiment;

pub(super) async fn sweep(
    experiment: &Experiment,
    mut entries: Vec<Entry>,
    executor: &dyn Executor,
) -> Result<Vec<Entry>, Failure> {
    let mut progress = SampleProgress::default();
    progress.is_of(experiment.samples * entries.len(), executor, &entries);
    for _ in 0..experiment.samples {
        for at in 0..entries.len() {
            if !entries[at].refused
                && let Some(mut runner) = entries[at].runner(executor).await?
            {
                let cold = runner.sample(SampleKind::Cold).await?;
                note(experiment, &mut entries, at, cold, SampleKind::Cold)?;
                let kind = SampleKind::Timed(repeats(&entries[at..=at], executor));
                let sample = take(&mut *runner, &mut entries[at], kind).await?;
                note(experiment, &mut entries, at, sample, kind)?;
            }
            progress.one_more(executor, &entries);
        }
    }
    Ok(entries)
}
