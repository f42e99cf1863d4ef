//! Approaches in the terms of the programmers who would write them, and the strategy that each of them is.

use serde::{Serialize, Serializer};
use strategies::Strategy;
use words::{Message, decision as say};

/// One way to structure a program.
#[derive(Debug, PartialEq, Eq)]
pub struct Approach {
    /// Its name in files.
    pub id: &'static str,
    /// The language of the program.
    pub language: Language,
    /// Its name among programmers in that language.
    pub name: Message,
    /// The id of its strategy.
    strategy: &'static str,
    /// What its workers are.
    pub team: WorkerKind,
    /// Whether an event loop waits for all units, so that no worker has to.
    pub loops: bool,
    /// Which costs it has.
    pub(crate) kind: CostModel,
}

/// A language in which programs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// CPython.
    Python,
    /// Rust.
    Rust,
}

/// What the workers of an approach are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerKind {
    /// One worker, the program itself.
    Alone,
    /// Threads in one memory.
    Threads,
    /// Processes, or interpreters, with memories of their own.
    Processes,
}

/// Which costs an approach has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CostModel {
    Plain,
    Gil,
    FreeThreaded,
    Processes,
    Interpreters,
    Asyncio,
    AsyncioThreads,
    AsyncioProcesses,
    Rust,
}

use CostModel::*;
use Language::{Python, Rust as InRust};
use WorkerKind::{Alone, Threads};

/// Every approach. Those of a language are ordered by how much they ask of the programmers who write and maintain the
/// program: the simplest first.
pub static APPROACHES: [Approach; 14] = [
    approach("python-sequential", Python, say::APPROACH_PLAIN, "blocking", Alone, false, Plain),
    approach("python-threads", Python, say::APPROACH_GIL_THREADS, "gil", Threads, false, Gil),
    approach("python-asyncio", Python, say::APPROACH_ASYNCIO, "event-loop", Alone, true, Asyncio),
    approach(
        "python-processes",
        Python,
        say::APPROACH_PROCESS_POOL,
        "processes",
        WorkerKind::Processes,
        false,
        Processes,
    ),
    approach("python-free-threaded", Python, say::APPROACH_FREE_THREADS, "threads", Threads, false, FreeThreaded),
    approach(
        "python-interpreters",
        Python,
        say::APPROACH_INTERPRETERS,
        "processes",
        WorkerKind::Processes,
        false,
        Interpreters,
    ),
    approach(
        "python-asyncio-threads",
        Python,
        say::APPROACH_ASYNCIO_THREADS,
        "offload-gil",
        Threads,
        true,
        AsyncioThreads,
    ),
    approach(
        "python-asyncio-processes",
        Python,
        say::APPROACH_ASYNCIO_PROCESSES,
        "offload-processes",
        WorkerKind::Processes,
        true,
        AsyncioProcesses,
    ),
    approach("rust-sequential", InRust, say::APPROACH_PLAIN, "blocking", Alone, false, Rust),
    approach("rust-threads", InRust, say::APPROACH_THREADS, "threads", Threads, false, Rust),
    approach("rust-async", InRust, say::APPROACH_ASYNC, "event-loop", Alone, true, Rust),
    approach("rust-async-pool", InRust, say::APPROACH_ASYNC_POOL, "async-pool", Threads, true, Rust),
    approach("rust-spawn-blocking", InRust, say::APPROACH_SPAWN_BLOCKING, "offload", Threads, true, Rust),
    approach("rust-processes", InRust, say::APPROACH_PROCESSES, "processes", WorkerKind::Processes, false, Rust),
];

const fn approach(
    id: &'static str,
    language: Language,
    name: Message,
    strategy: &'static str,
    team: WorkerKind,
    loops: bool,
    kind: CostModel,
) -> Approach {
    Approach { id, language, name, strategy, team, loops, kind }
}

impl Approach {
    /// The approach with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        APPROACHES.iter().find(|approach| approach.id == id)
    }

    /// The approaches of a language, the simplest first.
    pub fn of(language: Language) -> impl Iterator<Item = &'static Self> {
        APPROACHES.iter().filter(move |approach| approach.language == language)
    }

    /// The strategy that it is.
    pub fn strategy(&self) -> &'static dyn Strategy {
        strategies::find(self.strategy).expect("every approach is a strategy of the lab")
    }

    /// Whether only one worker at a time can run interpreted code.
    pub fn takes_turns(&self) -> bool {
        matches!(self.kind, Gil | AsyncioThreads)
    }
}

/// Written as its name.
impl Serialize for Approach {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}
