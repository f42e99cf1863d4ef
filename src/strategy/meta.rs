//! What a strategy says of itself: its place in the matrix of scheduling and memory, where it runs, what it is called
//! elsewhere.

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
pub struct Equivalents {
    /// In Python.
    pub python: &'static str,
    /// In Rust.
    pub rust: &'static str,
    /// In Go.
    pub go: &'static str,
    /// In JavaScript.
    pub javascript: &'static str,
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
    /// What it is called elsewhere.
    pub equivalents: Equivalents,
}

impl Meta {
    /// Whether it needs memory that can be shared between workers, and so a cross-origin isolated page.
    pub fn needs_isolation(&self) -> bool {
        self.place == Place::ThreadPool
    }

    /// How many lanes it has when asked for `workers` of them.
    pub fn lanes(&self, workers: usize) -> usize {
        if self.place == Place::Page { 1 } else { workers }
    }
}
