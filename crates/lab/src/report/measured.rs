//! A run together with its numbers: only about such a run can anything be said.

use strategies::{Memory, Parallelism};

use super::Run;
use crate::experiment::Experiment;
use crate::measure::{Numbers, Ratio, ratio};

/// A run with its numbers.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its numbers.
    pub numbers: &'a Numbers,
}

impl Measured<'_> {
    /// How many times as fast it was as another run of the same report or, where the time was set, how many times as
    /// much it got done. `None` if that cannot be told.
    pub fn against(&self, other: &Measured) -> Option<Ratio> {
        match (&self.numbers.done, &other.numbers.done) {
            (Some(own), Some(done)) => ratio(&own.samples, &done.samples),
            _ => ratio(&other.run.samples_ms, &self.run.samples_ms),
        }
    }

    /// How much of the work its workers may compute at the same time.
    pub fn parallelism(&self, experiment: &Experiment) -> Parallelism {
        experiment.parallelism(&self.run.strategy)
    }

    /// Whether its workers have memories of their own, so that what they work on is copied.
    pub fn isolated(&self) -> bool {
        let strategy = strategies::find(&self.run.strategy);
        strategy.is_some_and(|strategy| strategy.meta().memory == Memory::Isolated)
    }
}

impl Run {
    /// The run with its numbers, if it has any.
    pub fn measured(&self) -> Option<Measured<'_>> {
        Some(Measured { run: self, numbers: self.numbers.as_ref()? })
    }
}
