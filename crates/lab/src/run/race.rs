//! A race: all strategies are made ready at the beginning, as far as there is room for them, and samples go round them.

use strategies::{Failure, Place};

use super::entry::Entry;
use super::progress::SampleProgress;
use super::repeats::repeats;
use super::sampling::{note, take};
use super::sittings::Sittings;
use super::{Executor, Runner, SampleKind};
use crate::experiment::Experiment;

pub(super) async fn race(
    experiment: &Experiment,
    mut entries: Vec<Entry>,
    executor: &dyn Executor,
) -> Result<Vec<Entry>, Failure> {
    let mut sittings = Sittings::of(&entries, executor.room());
    let mut progress = SampleProgress::default();
    while let Some((number, sitting)) = sittings.next() {
        let (mut runners, mut again): (Vec<(usize, Box<dyn Runner>)>, _) = (Vec::new(), Vec::new());
        for at in sitting {
            entries[at].series.sitting = number;
            match entries[at].runner(executor).await? {
                Some(runner) => runners.push((at, runner)),
                None if others_have_workers(&runners, &entries) && entries[at].may_try_again() => again.push(at),
                None => {}
            }
        }
        sittings.again(again);
        let able = entries.iter().filter(|entry| !entry.refused).count();
        progress.is_of((experiment.samples + 1) * able, executor, &entries);
        for round in 0..=experiment.samples {
            let repeats = repeats(&entries, executor);
            let kind = if round == 0 { SampleKind::Cold } else { SampleKind::Timed(repeats) };
            for (at, runner) in &mut runners {
                let sample = take(&mut **runner, &mut entries[*at], kind).await?;
                note(experiment, &mut entries, *at, sample, kind)?;
                progress.one_more(executor, &entries);
            }
        }
    }
    Ok(entries)
}

fn others_have_workers(runners: &[(usize, Box<dyn Runner>)], entries: &[Entry]) -> bool {
    runners.iter().any(|(at, _)| entries[*at].series.id.strategy.meta().place != Place::Page)
}
