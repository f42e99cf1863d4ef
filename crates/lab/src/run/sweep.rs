//! A sweep: the same for every number of workers. Each sample has workers of its own, because all at once would be
//! hundreds of threads; a cold sample warms each up.

use strategies::Failure;

use super::entry::{Count, Entry, note, take};
use super::repeats::repeats;
use super::{Executor, SampleKind};
use crate::experiment::Experiment;

pub(super) async fn sweep(
    experiment: &Experiment,
    mut entries: Vec<Entry>,
    executor: &dyn Executor,
) -> Result<Vec<Entry>, Failure> {
    let mut count = Count::of(0);
    count.is_of(experiment.samples * entries.len(), executor, &entries);
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
            count.one_more(executor, &entries);
        }
    }
    Ok(entries)
}

/// Up to this many workers a sweep leaves no number out.
const EACH: usize = 16;

/// Which numbers of workers an experiment has, for a strategy that can have any.
pub fn numbers_of_workers(experiment: &Experiment) -> Vec<usize> {
    if experiment.sweep { steps(experiment.workers) } else { vec![experiment.workers] }
}

/// Every number of workers up to sixteen, then ever fewer of them, so that a machine of many cores is soon done with.
pub(super) fn steps(most: usize) -> Vec<usize> {
    let sparse = (3..).flat_map(|power| [2 << power, 3 << power]).filter(|workers| *workers > EACH);
    let mut steps: Vec<usize> = (1..=EACH).chain(sparse).take_while(|workers| *workers < most).collect();
    steps.push(most);
    steps
}
