//! Why a run did not finish, as data; its sentence is made elsewhere, where it is shown.

use serde::{Deserialize, Serialize};
use workloads::Summary;

use crate::Isolation;

/// Why a sample or a run came to no result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The visitor, or the deck, cancelled it.
    Cancelled,
    /// The strategy cannot run on this page, or cannot do this work.
    Unavailable(WhyUnavailable),
    /// A worker could not be started.
    NotStarted {
        /// Which process, from 0; `None` if it was a run worker.
        process: Option<usize>,
        /// What happened to it.
        why: Loss,
    },
    /// A worker stopped working in the middle of a run.
    Lost(Loss),
    /// It needs more workers than a browser has room for at once.
    NoRoom {
        /// How many fit.
        fits: usize,
    },
    /// A file that the workload needs could not be loaded.
    NoFile {
        /// Its address, relative to the page.
        name: String,
        /// What happened.
        why: Loss,
    },
    /// The numbers could not be worked out.
    NoAnalysis(Loss),
    /// A task ended without an answer.
    NoAnswer(usize),
    /// Two strategies computed different things.
    WrongAnswer(Box<WrongAnswer>),
    /// The browser's clock stands still, so there is nothing to measure with.
    NoClock,
    /// A message between the page and its workers made no sense: they are of different versions. Holds what was not
    /// understood, for debugging.
    Garbled(String),
}

/// An answer that differs from the one that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongAnswer {
    /// The workload's id.
    pub workload: String,
    /// The id of the strategy that was wrong.
    pub strategy: String,
    /// The answer that counts.
    pub expected: Summary,
    /// What this strategy answered.
    pub found: Summary,
}

/// Why a strategy cannot run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnavailable {
    /// It needs memory that is shared between workers, and there is none.
    NoSharedMemory {
        /// Why there is none.
        isolation: Isolation,
        /// The id of a similar strategy that needs no shared memory, if there is one.
        instead: Option<String>,
    },
    /// The tasks of this workload, by its id, need one memory, and the strategy gives each worker its own.
    NeedsOneMemory(String),
}

/// What became of a worker, a request, or something else that was waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// No sign of life for this many seconds.
    Silent(u64),
    /// No sign of life for this many seconds, but not every sign could be read.
    Unread(u64),
    /// It took longer than this many seconds.
    Late(u64),
    /// Its script could not be loaded.
    NoScript,
    /// This directive of the host's Content-Security-Policy forbids it.
    Forbidden(String),
    /// It ended without saying anything.
    Ended,
    /// Its code stopped at an error of its own; the message says where, if it got so far.
    Panicked(Option<String>),
    /// The server answered with this status.
    Status(u16),
    /// Nothing came over the network.
    Unreachable,
    /// Each of its contexts waits for another.
    Deadlock,
    /// What the browser said.
    Browser(String),
    /// It is larger than this many megabytes.
    TooLarge(u64),
    /// The host has another version of it than the open page needs.
    AnotherVersion,
}

impl Loss {
    /// Whether the same may succeed when it is tried again on the open page.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Forbidden(_) | Self::TooLarge(_) | Self::AnotherVersion)
    }
}
