//! What to run: the visitor's choice, checked.
//!
//! The URL *is* the experiment: [`Experiment::pairs`] loses nothing, and equality is equality of pairs. Everything that
//! comes from outside (a URL, a message, a file) goes through [`parse`], which is total: what is not legal becomes a
//! [`Problem`] that names the legal values, and the rest applies. How the page looks is not part of the experiment:
//! that is [`Settings`], which stand in the same URL.

mod json;
mod parse;
mod problem;
mod query;
mod settings;
mod values;

pub use parse::parse;
pub use problem::{Legal, Problem};
pub use query::{from_query, says_nothing, to_query};
pub use settings::{Settings, Theme, View};

use std::fmt;
use std::ops::RangeInclusive;

use strategies::{Parallelism, Strategy};
use workloads::{Nature, Params, Workload};

/// The keys that every experiment has, whatever its workload; a workload's parameters may use none of these, and none
/// of the [settings' keys](settings::KEYS).
pub const KEYS: [&str; 7] = ["workload", "strategies", "workers", "samples", "sweep", "seed", "trace"];

/// The id of the strategy that all others are compared with wherever it runs: in time, and in its answer, which is
/// right by definition.
pub const BASELINE: &str = "blocking";

/// The strategy that all others are compared with wherever it runs.
pub fn baseline() -> &'static dyn Strategy {
    strategies::find(BASELINE).expect("it is registered")
}

/// A clock is fine enough if its step is at most this part of what it times.
pub const TIMER_SHARE: f64 = 0.01;

/// Legal numbers of timed samples.
pub const SAMPLES: RangeInclusive<usize> = 1..=50;
/// The default number of samples: odd, so that the median is one of them, and the least number of which one may be
/// interrupted without hiding a gain (`measure/significance.rs`).
pub const DEFAULT_SAMPLES: usize = 9;
/// Workers that may be asked for on any machine, so that a deck's link means the same wherever it is shown.
const WORKERS_ANYWHERE: usize = 8;
/// More workers than this for each claimed core show nothing new.
const WORKERS_PER_CORE: usize = 4;

/// The number of cores that a machine claims to have, which decides how many workers are legal on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimedCores(pub usize);

impl ClaimedCores {
    /// The default number of workers: one for each core, and at least one.
    pub fn default_workers(self) -> usize {
        self.0.max(1)
    }

    /// Legal numbers of workers: up to four for each claimed core, and up to eight on any machine.
    pub fn workers(self) -> RangeInclusive<usize> {
        1..=(self.default_workers().saturating_mul(WORKERS_PER_CORE)).max(WORKERS_ANYWHERE)
    }
}

/// The visitor's choice of what to run.
#[derive(Clone)]
pub struct Experiment {
    /// What is to be done.
    pub workload: &'static dyn Workload,
    /// The workload's parameters.
    pub params: Params,
    /// The strategies to run, in this order; never empty, none twice.
    pub strategies: Vec<&'static dyn Strategy>,
    /// The strategies' parameters.
    pub strategy_params: Params,
    /// Execution contexts for strategies that take more than one; within [`ClaimedCores::workers`].
    pub workers: usize,
    /// Whether numbers of workers up to `workers` are run, to see what scales.
    pub sweep: bool,
    /// Timed samples of each strategy; within [`SAMPLES`].
    pub samples: usize,
    /// What makes the work's random choices repeatable.
    pub seed: u64,
    /// Whether lanes are recorded; off only to measure what recording costs.
    pub trace: bool,
}

impl Experiment {
    /// The default experiment: the first workload, the opening's strategies, a worker for each claimed core.
    pub fn default_for(cores: ClaimedCores) -> Self {
        let workload = workloads::ALL[0];
        Self {
            workload,
            params: Params::defaults(workload.info()),
            strategies: strategies::ALL.iter().copied().filter(|strategy| strategy.meta().opening).collect(),
            strategy_params: Params::of(strategies::params()),
            workers: cores.default_workers(),
            sweep: false,
            samples: DEFAULT_SAMPLES,
            seed: 0,
            trace: true,
        }
    }

    /// What a page opens with if its URL says nothing: the first workload at the size of a short demonstration, which
    /// is large enough to see the page freeze.
    pub fn opening(cores: ClaimedCores) -> Self {
        let usual = Self::default_for(cores);
        Self { params: Params::demo(usual.workload.info()), ..usual }
    }

    /// The same experiment with another workload, at that workload's default parameters.
    pub fn with_workload(self, workload: &'static dyn Workload) -> Self {
        Self { workload, params: Params::defaults(workload.info()), ..self }
    }

    /// The same experiment with another workload, as if it were picked on a page: at the size of a short demonstration,
    /// and with the values of other keys that show it best. Such values of the previous workload, where they are still
    /// set, go back to the opening's.
    pub fn picking(mut self, workload: &'static dyn Workload, cores: ClaimedCores) -> Self {
        let given_up: Vec<_> = self.workload.demo().iter().filter(|(key, word)| self.says(key, word)).collect();
        let opening = Self::opening(cores);
        let usual = |key: &str| opening.pairs().into_iter().find(|(known, _)| *known == key);
        let back: Vec<_> = given_up.into_iter().filter_map(|(key, _)| usual(key)).collect();
        self = Self { params: Params::demo(workload.info()), workload, ..self };
        let wanted = workload.demo().iter().map(|(key, word)| (*key, (*word).to_owned()));
        for (key, word) in back.into_iter().chain(wanted) {
            self.set(key, &word, cores).ok(); // what is not legal here stays as it is
        }
        self
    }

    fn says(&self, key: &str, word: &str) -> bool {
        self.pairs().iter().any(|(known, value)| *known == key && value == word)
    }

    /// The same experiment with this strategy added, or removed if it was chosen; the last one stays. Strategies are in
    /// the order in which the page shows them.
    pub fn toggling(mut self, strategy: &dyn Strategy) -> Self {
        let chosen = |other: &&'static dyn Strategy| self.strategies.contains(other) != (*other == strategy);
        let wanted: Vec<_> = strategies::ALL.iter().copied().filter(chosen).collect();
        if !wanted.is_empty() {
            self.strategies = wanted;
        }
        self
    }

    /// The same experiment as a sweep. Strategies that do not scale are added for contrast, except those that need
    /// shared memory where there is none. A default number of workers is doubled, to go past the cores, where the gain
    /// should end.
    pub fn widened(mut self, shared_memory: bool, cores: ClaimedCores) -> Self {
        let contrast = |strategy: &dyn Strategy| {
            let meta = strategy.meta();
            meta.contrast && (shared_memory || !meta.needs_isolation())
        };
        let wanted = |strategy: &&'static dyn Strategy| self.strategies.contains(strategy) || contrast(*strategy);
        self.strategies = strategies::ALL.iter().copied().filter(wanted).collect();
        if self.workers == cores.default_workers() {
            self.workers *= 2;
        }
        self.sweep = true;
        self
    }

    /// The same experiment without a sweep, and without what [`Self::widened`] added to the opening race.
    pub fn narrowed(mut self, shared_memory: bool, cores: ClaimedCores) -> Self {
        let opening = Self::opening(cores);
        let widened = opening.clone().widened(shared_memory, cores);
        if self.strategies == widened.strategies {
            self.strategies = opening.strategies;
        }
        if self.workers == widened.workers {
            self.workers = opening.workers;
        }
        self.sweep = false;
        self
    }

    /// What kind of work its workload is.
    pub fn nature(&self) -> Nature {
        self.workload.info().nature
    }

    /// Whether the work computes all the time, to its end or to a deadline; else it waits, too.
    pub fn computes(&self) -> bool {
        matches!(self.nature(), Nature::Compute | Nature::Deadline)
    }

    /// Whether some phase has more than one task, so that more workers have something to do.
    pub fn can_be_split(&self) -> bool {
        self.tasks_at_once() > 1
    }

    /// The number of tasks in the phase that has most of them, which may be done at once.
    pub fn tasks_at_once(&self) -> usize {
        self.workload.phases(&self.params).into_iter().max().unwrap_or(0)
    }

    /// How much of the work the workers of `strategy` may compute at the same time; [`Parallelism::None`] if this
    /// version does not know the strategy.
    pub fn parallelism(&self, strategy: &str) -> Parallelism {
        let strategy = strategies::find(strategy);
        strategy.map_or(Parallelism::None, |strategy| strategy.parallelism(&self.strategy_params))
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
