//! What to run: the visitor's choice, checked.
//!
//! The URL *is* the experiment: [`Experiment::pairs`] loses nothing, and equality is equality of pairs. Everything
//! that comes from outside (a URL, a message) goes through [`Experiment::parse`], which is total: what is not legal
//! becomes a [`Problem`] that names the legal values, and the rest applies.
//! Which strategies exist is told to this layer as a [`Catalogue`], because it may know workloads only.

mod json;
mod parse;
mod problem;
mod query;

pub use problem::Problem;

pub use workloads::Nature;

use std::fmt;
use std::ops::RangeInclusive;

use workloads::{Param, Params, Workload};

/// The keys that every experiment has, whatever its workload; a workload's parameters may have none of these.
pub const KEYS: [&str; 11] =
    ["workload", "strategies", "workers", "samples", "sweep", "seed", "autorun", "theme", "view", "chapter", "trace"];

/// The strategy that all others are compared with: in time, and in its answer, which is right by definition.
pub const BASELINE: &str = "blocking";

/// A clock is fine enough if its step is at most this part of what it times.
pub const TIMER_SHARE: f64 = 0.01;

/// Legal numbers of timed samples.
pub const SAMPLES: RangeInclusive<usize> = 1..=50;
/// Samples where nobody chose a number: odd, so that the median is one of them, and the fewest of which one may be
/// interrupted without hiding a gain (`measure/apart.rs`).
pub const DEFAULT_SAMPLES: usize = 9;
/// Workers that may be asked for on any machine, so that a deck's link means the same wherever it is shown.
const WORKERS_ANYWHERE: usize = 8;
/// Beyond this many workers a claimed core, more of them show nothing new.
const WORKERS_PER_CORE: usize = 4;

/// What is legal here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The ids of all strategies, in the order in which the page shows them.
    pub strategies: Vec<&'static str>,
    /// Those that run where nobody chose.
    pub opening: Vec<&'static str>,
    /// The strategies' own parameters.
    pub settings: &'static [Param],
    /// What the machine claims to have; at least 1 is assumed.
    pub claimed_cores: usize,
}

impl Catalogue {
    /// Workers where nobody chose a number.
    pub fn default_workers(&self) -> usize {
        self.claimed_cores.max(1)
    }

    /// Legal numbers of workers: up to four a claimed core, and up to eight anywhere.
    pub fn workers(&self) -> RangeInclusive<usize> {
        1..=(self.default_workers().saturating_mul(WORKERS_PER_CORE)).max(WORKERS_ANYWHERE)
    }
}

/// How much of the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Everything.
    #[default]
    Full,
    /// One experiment, to be framed in a slide.
    Embed,
}

/// Which colours the page takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The system's choice.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The visitor's choice.
#[derive(Clone)]
pub struct Experiment {
    /// How much of the page is shown.
    pub view: View,
    /// The chapter of the story that the page is at: lower case, digits and hyphens.
    pub chapter: Option<String>,
    /// What is to be done.
    pub workload: &'static dyn Workload,
    /// The workload's parameters.
    pub params: Params,
    /// How it is to be done, in this order; never empty, no id twice.
    pub strategies: Vec<&'static str>,
    /// The strategies' parameters.
    pub settings: Params,
    /// Execution contexts for strategies that take more than one; within [`Catalogue::workers`].
    pub workers: usize,
    /// Whether every number of workers up to that one is run, to see what scales.
    pub sweep: bool,
    /// Timed samples of each strategy; within [`SAMPLES`].
    pub samples: usize,
    /// What makes the work's random choices repeatable.
    pub seed: u64,
    /// Whether it runs as soon as the page is ready.
    pub autorun: bool,
    /// Which colours the page takes.
    pub theme: Theme,
    /// Whether lanes are recorded; off only to measure what recording costs.
    pub trace: bool,
}

impl Experiment {
    /// What runs where nobody chose: the first workload, the opening's strategies, a worker for each claimed core.
    pub fn default_for(catalogue: &Catalogue) -> Self {
        let workload = workloads::ALL[0];
        Self {
            view: View::default(),
            chapter: None,
            workload,
            params: Params::defaults(workload.info()),
            strategies: catalogue.opening.clone(),
            settings: Params::of(catalogue.settings),
            workers: catalogue.default_workers(),
            sweep: false,
            samples: DEFAULT_SAMPLES,
            seed: 0,
            autorun: false,
            theme: Theme::default(),
            trace: true,
        }
    }

    /// What a page opens with that nobody told anything: the first workload at the size of a short demonstration, which
    /// is large enough to see the page freeze.
    pub fn opening(catalogue: &Catalogue) -> Self {
        let usual = Self::default_for(catalogue);
        Self { params: Params::demo(usual.workload.info()), ..usual }
    }

    /// The same experiment with another workload, at that workload's default parameters.
    pub fn with_workload(self, workload: &'static dyn Workload) -> Self {
        Self { workload, params: Params::defaults(workload.info()), ..self }
    }

    /// The same experiment with another workload, as picking it on a page makes it: at the size of a short demonstration,
    /// and with the other settings that it shows most with. Those of the workload before, where they still hold, are
    /// given up for the opening's.
    pub fn picking(mut self, workload: &'static dyn Workload, catalogue: &Catalogue) -> Self {
        let given_up: Vec<_> = self.workload.demo().iter().filter(|(key, word)| self.says(key, word)).collect();
        let opening = Self::opening(catalogue);
        let usual = |key: &str| opening.pairs().into_iter().find(|(known, _)| *known == key);
        let back: Vec<_> = given_up.into_iter().filter_map(|(key, _)| usual(key)).collect();
        self = Self { params: Params::demo(workload.info()), workload, ..self };
        let wanted = workload.demo().iter().map(|(key, word)| (*key, (*word).to_owned()));
        for (key, word) in back.into_iter().chain(wanted) {
            self.set(key, &word, catalogue).ok(); // what is not legal here stays as it is
        }
        self
    }

    fn says(&self, key: &str, word: &str) -> bool {
        self.pairs().iter().any(|(known, value)| *known == key && value == word)
    }

    /// Whether its workload waits nearly all the time.
    pub fn waits(&self) -> bool {
        self.workload.info().nature == Nature::Wait
    }

    /// What kind of work its workload is.
    pub fn nature(&self) -> Nature {
        self.workload.info().nature
    }

    /// Whether the work computes all the time, to its end or up to a moment that was set; else it waits, too.
    pub fn computes(&self) -> bool {
        matches!(self.nature(), Nature::Compute | Nature::Deadline)
    }

    /// Whether some phase has more than one task, so that more workers have something to do.
    pub fn can_be_split(&self) -> bool {
        self.workload.phases(&self.params).into_iter().any(|tasks| tasks > 1)
    }
}

impl PartialEq for Experiment {
    fn eq(&self, other: &Self) -> bool {
        self.pairs() == other.pairs()
    }
}

impl fmt::Debug for Experiment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.pairs()).finish()
    }
}

#[cfg(test)]
mod tests;
