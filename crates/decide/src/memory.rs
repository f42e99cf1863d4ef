//! What an approach has in memory at once, and how many workers and units there is memory for.

use strategies::Memory;

use super::approach::WorkerKind;
use super::model::Model;
use super::project::Project;

/// More workers are of no use: what they share is saturated, if nothing else the memory bandwidth.
const THREADS_MOST: usize = 512;
const PROCESSES_MOST: usize = 256;
/// At most this many times the average number of units are there at once,
const BY_FAR: f64 = 4.0;
/// ... plus this many, for low averages.
const FEW: usize = 4;

impl Model<'_> {
    /// The most workers that there is memory and use for; at least one.
    pub fn most_workers(&self) -> usize {
        let useful = match self.approach.team {
            WorkerKind::Alone => 1,
            WorkerKind::Threads => THREADS_MOST,
            WorkerKind::Processes => (4 * self.project.cores as usize).min(PROCESSES_MOST),
        };
        let useful = useful.min(self.project.units as usize).min(self.meet_most());
        let each = self.memory_mb(2) - self.memory_mb(1);
        let left = self.project.memory_mb - self.memory_mb(1);
        let fitting = if each > 0.0 { ((left / each) as usize).saturating_add(1) } else { useful };
        useful.min(fitting).max(1)
    }

    /// A generous limit on how many units are there at once if they arrive over time. More are there only if the queue
    /// grows: then workers or cores are too few.
    fn meet_most(&self) -> usize {
        let every = self.project.every_ms;
        if every > 0.0 { ((BY_FAR * self.alone_ms() / every).ceil() as usize).saturating_add(FEW) } else { usize::MAX }
    }

    /// What is in memory at once: workers, and each unit under way with its data, on both sides where that is copied.
    pub(crate) fn memory_mb(&self, workers: usize) -> f64 {
        self.team_mb(workers) + self.under_way(workers) * self.unit_mb()
    }

    pub(crate) fn team_mb(&self, workers: usize) -> f64 {
        let isolated = self.approach.strategy().meta().memory == Memory::Isolated;
        let each = self.costs.worker_mb + if isolated { self.project.data_mb() } else { 0.0 };
        if self.approach.team == WorkerKind::Alone { 0.0 } else { workers as f64 * each }
    }

    pub(crate) fn unit_mb(&self) -> f64 {
        self.costs.unit_mb + self.project.data_mb()
    }

    /// The number of units under way at the same time. An event loop has all of them or, where memory does not hold
    /// them all, a few more than its workers have in hand (programs limit them by a semaphore). Without a loop there is
    /// one for each worker.
    pub(crate) fn under_way(&self, workers: usize) -> f64 {
        if !self.approach.loops || self.project.every_ms > 0.0 {
            return workers as f64;
        }
        let all = f64::from(self.project.units);
        let fitting = self.fitting(workers);
        if fitting >= all {
            return all;
        }
        let [waits, computing @ ..] = self.project.totals();
        let at_once = waits / computing.iter().sum::<f64>().max(1.0) * f64::from(self.project.cores);
        (2.0 * (workers as f64 + at_once)).ceil().min(fitting).clamp(1.0, all)
    }

    /// How many units there is memory for beside this many workers.
    pub(crate) fn fitting(&self, workers: usize) -> f64 {
        let left = self.project.memory_mb - self.team_mb(workers);
        if self.unit_mb() > 0.0 { (left / self.unit_mb()).floor() } else { f64::INFINITY }
    }

    /// If memory does not hold all units that a loop could have: how many are under way, and what all would take, in
    /// MB.
    pub(crate) fn few_units(&self, workers: usize) -> Option<(f64, f64)> {
        let (under_way, all) = (self.under_way(workers), f64::from(self.project.units));
        let fewer = self.approach.loops && self.project.every_ms == 0.0 && under_way < all;
        fewer.then(|| (under_way, self.team_mb(workers) + all * self.unit_mb()))
    }

    /// Whether there could be more workers if there were more memory.
    pub(crate) fn memory_limits(&self) -> bool {
        let richer = Project { memory_mb: f64::MAX, ..self.project.clone() };
        Model { project: &richer, ..*self }.most_workers() > self.most_workers()
    }

    /// The least time that all waits take if not all units can be under way, in milliseconds; 0 if they can.
    pub(crate) fn waits_in_turn_ms(&self, workers: usize) -> f64 {
        let [waits, ..] = self.project.totals();
        self.few_units(workers).map_or(0.0, |(under_way, _)| waits / under_way)
    }
}
