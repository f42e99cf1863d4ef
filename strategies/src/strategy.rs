//! The contract of a strategy: what it says of itself, and the one thing that it does.
//!
//! What it says is its place in the matrix of scheduling and memory, where it runs, and what it is called, here and
//! elsewhere. A strategy is referred to by reference; its id is only how a URL or a file names it.

use std::fmt;
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};
use workloads::{Param, Params, Workload};

use crate::trace::Context;
use crate::{ALL, Batch, Failure, Host, Isolation, Pending, SampleContext, WhyUnavailable};

/// One way to schedule tasks onto execution contexts.
pub trait Strategy: Sync {
    /// What it says of itself.
    fn meta(&self) -> &'static Meta;

    /// How much of the work its workers may compute at the same time, with these parameters.
    fn parallelism(&self, strategy_params: &Params) -> Parallelism {
        let _ = strategy_params;
        if self.meta().parallel { Parallelism::Full } else { Parallelism::None }
    }

    /// Runs all tasks of `batch` and puts each answer up among the batch's answers.
    ///
    /// # Errors
    /// When it was cancelled, or a worker was lost.
    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>>;
}

/// How much of the work several workers may compute at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parallelism {
    /// Nothing: there is one worker, or the workers take turns.
    None,
    /// What does not need the lock that the workers share.
    OutsideLock,
    /// Everything.
    Full,
}

/// Strategies are equal if they have the same id; no two share one.
impl PartialEq for dyn Strategy + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.meta().id == other.meta().id
    }
}

impl Eq for dyn Strategy + '_ {}

impl fmt::Debug for dyn Strategy + '_ {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.meta().id)
    }
}

/// Written as its id.
impl Serialize for dyn Strategy + '_ {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.meta().id)
    }
}

/// Read as an id; an id that this version does not know is an error.
impl<'de> Deserialize<'de> for &'static dyn Strategy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        find(&id).ok_or_else(|| D::Error::custom("an unknown strategy"))
    }
}

/// The strategy with this id.
pub fn find(id: &str) -> Option<&'static dyn Strategy> {
    ALL.iter().copied().find(|strategy| strategy.meta().id == id)
}

/// The parameters of all strategies, each once.
pub fn params() -> &'static [Param] {
    static PARAMS: LazyLock<Vec<Param>> = LazyLock::new(|| {
        let mut params = Vec::new();
        for param in ALL.iter().flat_map(|strategy| strategy.meta().params) {
            if !params.contains(param) {
                params.push(*param);
            }
        }
        params
    });
    &PARAMS
}

/// Why a strategy cannot do this work on a page of this isolation; `None` if it can.
pub fn unavailable(
    strategy: &dyn Strategy,
    workload: &dyn Workload,
    params: &Params,
    isolation: Isolation,
) -> Option<WhyUnavailable> {
    let meta = strategy.meta();
    if meta.needs_isolation() && !isolation.shared_memory() {
        return Some(WhyUnavailable::NoSharedMemory { isolation, instead: meta.without_sharing.map(Into::into) });
    }
    unsuited(strategy, workload, params).then(|| WhyUnavailable::NeedsOneMemory(workload.info().id.into()))
}

/// Whether this work cannot be done this way, because its tasks need one memory.
pub fn unsuited(strategy: &dyn Strategy, workload: &dyn Workload, params: &Params) -> bool {
    strategy.meta().memory == Memory::Isolated && workload.needs_shared_memory(params)
}

/// Who decides when a task gives way to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheduling {
    /// Nobody: one task after the other.
    None,
    /// The task itself, between steps.
    Cooperative,
    /// The operating system, at any time.
    Preemptive,
}

/// What the execution contexts can see of each other's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// All of it.
    Shared,
    /// None of it: what crosses is copied.
    Isolated,
}

/// Which part of the page carries a strategy out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The page's own thread.
    Page,
    /// A run worker with a pool of threads in its memory.
    ThreadPool,
    /// A run worker that starts processes with memories of their own.
    ProcessPool,
}

/// The equivalent of a strategy elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Equivalent {
    /// The language: `"Python"`, `"Rust"`, `"Go"` or `"JavaScript"`.
    pub language: &'static str,
    /// What it is called there, in a few words.
    pub name: &'static str,
}

impl Equivalent {
    /// The name of the file with a few lines of sample code: the strategy's id, with the extension of the language's
    /// files. The file is beside the page (in `strategies/samples/`), and is fetched when a visitor asks to see it.
    pub fn file(&self, strategy: &Meta) -> String {
        let ending = match self.language {
            "Python" => "py",
            "Rust" => "rs",
            "Go" => "go",
            _ => "js",
        };
        format!("{}.{ending}", strategy.id)
    }
}

/// Everything a strategy says of itself.
#[derive(Debug)]
pub struct Meta {
    /// Its name in the URL: lower case, digits and hyphens.
    pub id: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// What it is called in a sentence, without its workers: "threads", "the event loop".
    pub plain: &'static str,
    /// Whether `plain` is a plural.
    pub plural: bool,
    /// What it is called with its `{n}` workers: "{n} {n?thread:threads}". Small numbers become words.
    pub team: &'static str,
    /// One line: how it runs the work.
    pub line: &'static str,
    /// Who decides when a task gives way.
    pub scheduling: Scheduling,
    /// What contexts see of each other's memory.
    pub memory: Memory,
    /// Where it is carried out.
    pub place: Place,
    /// Whether its workers may compute at the same time.
    pub parallel: bool,
    /// Whether one of its lanes is a loop that hands work out and does next to none itself.
    pub front: bool,
    /// Whether it is part of the race that the page opens with.
    pub opening: bool,
    /// Whether it is added to a sweep, because it shows what does not scale.
    pub contrast: bool,
    /// The id of a similar strategy that needs no shared memory, if there is one.
    pub without_sharing: Option<&'static str>,
    /// What is modelled rather than done, if anything; shown beside the result.
    pub modelled: Option<&'static str>,
    /// Its parameters. Several strategies may share a parameter if it is identical in all of them; otherwise keys are
    /// unique among all strategies and workloads.
    pub params: &'static [Param],
    /// Its equivalents elsewhere.
    pub equivalents: &'static [Equivalent],
    /// Whether there is [sample code](Equivalent::file) for it in each of these languages.
    pub samples: bool,
}

impl Meta {
    /// Whether it needs memory that can be shared between workers, and so a cross-origin isolated page.
    pub fn needs_isolation(&self) -> bool {
        self.place == Place::ThreadPool
    }

    /// How many workers it has when asked for `workers` of them.
    pub fn workers(&self, workers: usize) -> usize {
        if self.place == Place::Page { 1 } else { workers }
    }

    /// How many lanes it has when asked for `workers`: one for each, and one for the loop in front.
    pub fn lanes(&self, workers: usize) -> usize {
        self.workers(workers) + usize::from(self.front)
    }

    /// The context of each of its lanes, in their order; the iterator has no end.
    pub fn contexts(&self) -> impl Iterator<Item = Context> + use<> {
        let context = match self.place {
            Place::Page => |_| Context::Page,
            Place::ThreadPool => Context::Thread as fn(u32) -> Context,
            Place::ProcessPool => Context::Process as fn(u32) -> Context,
        };
        self.front.then_some(Context::Loop).into_iter().chain((0..).map(context))
    }
}
