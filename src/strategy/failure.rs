//! Why a run did not finish: typed inside, one sentence each for the page.

use serde::{Deserialize, Serialize};

/// Why a sample or a run came to no result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// The visitor, or the deck, said so.
    #[error("The run was cancelled.")]
    Cancelled,
    /// The strategy cannot run on this page.
    #[error("{0}")]
    Unavailable(String),
    /// A worker could not be started.
    #[error("A worker could not be started: {0}.")]
    NotStarted(String),
    /// A worker stopped working in the middle of a run.
    #[error("A worker was lost: {0}.")]
    Lost(String),
    /// A file of the workload's could not be had.
    #[error("The file {name} could not be fetched: {why}.")]
    NoFile {
        /// Its address, relative to the page.
        name: String,
        /// What happened.
        why: String,
    },
    /// The numbers could not be worked out.
    #[error("The results could not be worked out: {0}.")]
    NoAnalysis(String),
    /// A task ended without an answer.
    #[error("Task {0} ended without an answer.")]
    NoAnswer(usize),
    /// Two strategies computed different things.
    #[error("The run is void: {strategy} answered “{found}”, not “{expected}”.")]
    WrongAnswer {
        /// Who was wrong.
        strategy: String,
        /// What the first strategy answered.
        expected: String,
        /// What this one answered.
        found: String,
    },
    /// A message between the page and its workers made no sense: they are of different versions.
    #[error("The page and its worker do not understand each other ({0}); reload the page.")]
    Garbled(String),
}
