//! What a strategy says of itself: its place in the matrix of scheduling and memory, where it runs, what it is called
//! elsewhere.

use workloads::Param;

use crate::trace::Context;

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

/// Which part of the page carries it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The page's own thread.
    Page,
    /// A run worker with a pool of threads in its memory.
    ThreadPool,
    /// A run worker that starts processes with memories of their own.
    ProcessPool,
}

/// What one would write elsewhere to get the same.
#[derive(Debug, Clone, Copy)]
pub struct Equivalent {
    /// The language: `"Python"`, `"Rust"`, `"Go"` or `"JavaScript"`.
    pub language: &'static str,
    /// What it is called there, in a few words.
    pub name: &'static str,
    /// A few lines of it, as a file beside the page (in `www/equivalents/`), fetched when somebody asks to see it.
    pub file: &'static str,
}

/// Everything a strategy says of itself.
#[derive(Debug)]
pub struct Meta {
    /// Its name in the URL: lower case, digits and hyphens.
    pub id: &'static str,
    /// Its name on the page.
    pub name: &'static str,
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
    /// Whether one of its lanes is a loop that hands work out and does none.
    pub front: bool,
    /// Whether it is part of the race that the page opens with.
    pub opening: bool,
    /// What is modelled rather than done, if anything; shown beside the result.
    pub modelled: Option<&'static str>,
    /// Its own parameters; their keys are unique among all strategies and workloads.
    pub params: &'static [Param],
    /// What it is called elsewhere.
    pub equivalents: &'static [Equivalent],
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

    /// Who runs on each of its lanes, the first first; there is no last.
    pub fn contexts(&self) -> impl Iterator<Item = Context> + use<> {
        let context = match self.place {
            Place::Page => |_| Context::Page,
            Place::ThreadPool => Context::Thread as fn(u32) -> Context,
            Place::ProcessPool => Context::Process as fn(u32) -> Context,
        };
        self.front.then_some(Context::Loop).into_iter().chain((0..).map(context))
    }
}
