//! A race: all strategies are made ready at the beginning, and samples go round them.

use strategies::Failure;

use super::entry::{Count, Entry, note, take};
use super::repeats::repeats;
use super::{Executor, SampleKind};
use crate::experiment::Experiment;

pub(super) async fn race(
    experiment: &Experiment,
    mut entries: Vec<Entry>,
    executor: &dyn Executor,
) -> Result<Vec<Entry>, Failure> {
    let mut runners = Vec::new();
    for entry in &mut entries {
        runners.push(entry.runner(executor).await?);
    }
    let total = (experiment.samples + 1) * runners.iter().flatten().count();
    let mut count = Count::begin(total, executor, &entries);
    for round in 0..=experiment.samples {
        let repeats = repeats(&entries, executor);
        let kind = if round == 0 { SampleKind::Cold } else { SampleKind::Timed(repeats) };
        for (at, runner) in runners.iter_mut().enumerate() {
            let Some(runner) = runner else { continue };
            let sample = take(&mut **runner, &mut entries[at], kind).await?;
            note(experiment, &mut entries, at, sample, kind)?;
            count.one_more(executor, &entries);
        }
    }
    Ok(entries)
}
