//! A run reads as the pipeline: the experiment names strategies, each is made ready, samples are taken in turn.
//!
//! One strategy at a time, samples interleaved (A B C A B C ...) so that drift hits all alike, a cold sample of each
//! first, every answer compared with the first strategy's. A sweep is the same for every number of workers. Where
//! strategies are carried out, and how, is the [`Executor`]'s business.

mod answers;
mod entry;
mod executor;
mod progress;
mod race;
mod repeats;
mod sampling;
mod series;
mod sittings;
mod sweep;
mod workers;

pub use executor::{Executor, Runner, Sample, SampleKind};
pub use series::{RunId, Series};
pub use workers::numbers_of_workers;

use strategies::Failure;

use crate::experiment::Experiment;
use entry::entries;

/// Runs the experiment: a cold sample of each strategy, then `samples` of each in turn.
///
/// # Errors
/// The first failure ends the run. A strategy that cannot start is no failure: its series says why.
pub async fn run(experiment: &Experiment, executor: &dyn Executor) -> Result<Vec<Series>, Failure> {
    let mut entries = entries(experiment);
    entries.iter_mut().for_each(|entry| sittings::refuse_the_largest(entry, executor.room()));
    let entries = match experiment.sweep {
        true => sweep::sweep(experiment, entries, executor).await?,
        false => race::race(experiment, entries, executor).await?,
    };
    Ok(entries.into_iter().map(|entry| entry.series).collect())
}
