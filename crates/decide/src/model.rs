//! What a project takes under an approach with so many workers: the approach's strategy, on the made-up machine.
//!
//! Of very many units some hundreds are simulated, and the rest follows from them:
//! - where a loop waits for all units, each that is simulated stands for several: it computes as much as they all do, and waits
//!   as long as one of them, because they wait at the same time;
//! - where workers wait, all others are done as fast as those in the middle were. Where there are so many workers that each
//!   would get a few units, there are fewer, which wait for a shorter time: as much gets done in the same time;
//! - where units arrive over time, the first of them tell, unless the line grows: then it goes on growing as it began.

use simulate::Outline;
use strategies::Memory;

use super::approach::{Approach, WorkerKind};
use super::costs::ApproachCosts;
use super::project::{APART, Project};

/// Units that are simulated for a first look.
pub const FIRST_LOOK: usize = 60;
/// Units that are simulated for a closer look.
pub const CLOSER: usize = 300;

/// What a project takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Workers.
    pub workers: usize,
    /// Starting them, in milliseconds.
    pub start_ms: f64,
    /// From the first unit's arrival until all are done, in milliseconds; workers are there already.
    pub makespan_ms: f64,
    /// 95 of 100 units are done so soon after their arrival, in milliseconds.
    pub p95_ms: f64,
    /// What is computed, by all together, in milliseconds.
    pub cpu_ms: f64,
    /// Memory, in MB.
    pub memory_mb: f64,
}

/// Why an approach cannot do a project.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unfit {
    /// Units change what all see, and its workers do not see each other's memory.
    NeedsOneMemory,
    /// It needs so much, in MB, even with one worker.
    Memory(f64),
    /// What it needs most was never measured.
    NoCosts,
}

/// Rounds that the workers make at least in a simulation: with fewer, what the last of them takes would count too much.
const ROUNDS: usize = 6;
/// The line grows if the last unit is done so many times later than it could be.
const GROWS: f64 = 1.1;

/// A project under an approach.
pub struct Model<'a> {
    /// What there is to do.
    pub project: &'a Project,
    /// How.
    pub approach: &'a Approach,
    /// What things cost.
    pub costs: ApproachCosts,
    /// How many units are simulated at most; the more, the closer, and the longer it takes.
    pub most: usize,
}

impl Model<'_> {
    /// Why it cannot be done at all, if it cannot.
    pub fn unfit(&self) -> Option<Unfit> {
        if self.project.shared && self.approach.strategy().meta().memory == Memory::Isolated {
            return Some(Unfit::NeedsOneMemory);
        }
        let least = self.memory_mb(1);
        (least > self.project.memory_mb).then_some(Unfit::Memory(least))
    }

    /// What it takes with so many workers.
    ///
    /// # Panics
    /// When a strategy fails on the made-up machine, where nothing can.
    pub fn estimate(&self, workers: usize) -> Estimate {
        let Project { units, every_ms, .. } = *self.project;
        let apart = APART * self.alone_ms();
        if every_ms > apart {
            let nearer = Project { every_ms: apart, ..self.project.clone() };
            let estimate = Model { project: &nearer, ..*self }.estimate(workers);
            let makespan_ms = estimate.makespan_ms + (every_ms - apart) * f64::from(units - 1);
            return Estimate { makespan_ms, ..estimate };
        }
        let (all, most) = (units as usize, self.most.max(2));
        let (makespan_ms, p95_ms, cpu_ms) = if all <= most {
            let run = self.simulate(all, workers, 1.0, 1.0);
            (run.makespan_ms, p95(&run), run.computed_ms)
        } else if every_ms > 0.0 {
            self.arriving(most, workers)
        } else if self.approach.loops {
            let each = all as f64 / most as f64;
            let run = self.simulate(most, workers, each, 1.0);
            (run.makespan_ms, p95(&run), run.computed_ms)
        } else {
            self.in_rounds(most, workers)
        };
        // whoever hands units out does so one after the other
        let handed_out = self.costs.front_us * f64::from(units) / 1000.0;
        let makespan_ms = makespan_ms.max(handed_out).max(self.waits_in_turn_ms(workers)).max(self.longest_ms());
        Estimate {
            workers,
            start_ms: self.start_ms(workers),
            makespan_ms,
            p95_ms: if every_ms > 0.0 { p95_ms } else { p95_ms.max(0.95 * handed_out) },
            cpu_ms: cpu_ms + handed_out,
            memory_mb: self.memory_mb(workers),
        }
    }

    /// Workers that are started by a program; processes start at the same time, each computing on a core.
    fn start_ms(&self, workers: usize) -> f64 {
        let rounds = match self.approach.team {
            WorkerKind::Alone => 0,
            WorkerKind::Threads => workers,
            WorkerKind::Processes => workers.div_ceil(self.project.cores as usize),
        };
        self.costs.start_us * rounds as f64 / 1000.0
    }

    /// At which pace units are done, in milliseconds, if they arrive sooner than that.
    pub(crate) fn grows(&self, estimate: &Estimate) -> Option<f64> {
        let pace = estimate.makespan_ms / f64::from(self.project.units);
        (self.project.every_ms > 0.0
            && pace > self.project.every_ms * GROWS
            && estimate.p95_ms > 10.0 * self.longest_ms())
        .then_some(pace)
    }

    /// Units that arrive over time. Where more are under way than can be simulated, their waits are shorter, so that fewer
    /// are, and those who wait with them are fewer as well.
    fn arriving(&self, most: usize, workers: usize) -> (f64, f64, f64) {
        let (units, every) = (f64::from(self.project.units), self.project.every_ms);
        let [waits, ..] = self.project.totals();
        let under_way = waits / units / every;
        let shorter = ((most / ROUNDS) as f64 / under_way).min(1.0);
        let (fewer, shorter) = if self.approach.loops {
            (workers, shorter)
        } else {
            let fewer = (workers as f64 * shorter).round().max(1.0);
            (fewer as usize, fewer / workers as f64)
        };
        let run = self.simulate(most, fewer, 1.0, shorter);
        let longer = |p95: f64| p95 + (1.0 - shorter) * self.waits_p95_ms();
        let cpu = run.computed_ms * units / most as f64;
        let arrived = |at: usize| every * at as f64;
        let done: Vec<_> = run.latencies_ms.iter().enumerate().map(|(at, late)| arrived(at) + late).collect();
        let each = pace(done);
        if each <= every * GROWS {
            let late = longer(run.makespan_ms - arrived(most - 1));
            return (every * (units - 1.0) + late, longer(p95(&run)), cpu);
        }
        let makespan = run.makespan_ms + each * (units - most as f64);
        (makespan, longer(p95(&run)).max(0.95 * (makespan - every * (units - 1.0))), cpu)
    }

    /// Units that workers take in turn, and wait for.
    fn in_rounds(&self, most: usize, workers: usize) -> (f64, f64, f64) {
        let fewer = workers.min((most / ROUNDS).max(1));
        let shorter = fewer as f64 / workers as f64;
        let run = self.simulate(most, fewer, 1.0, shorter);
        let units = f64::from(self.project.units);
        // the last of them waits for its full time
        let last = (1.0 - shorter) * self.longest_wait_ms(workers);
        let makespan = run.makespan_ms + last + pace(run.latencies_ms.clone()) * (units - most as f64);
        (makespan, p95(&run) * makespan / run.makespan_ms.max(f64::MIN_POSITIVE), run.computed_ms * units / most as f64)
    }
}

/// How much later each unit is done than the one before, in the middle of a run: where all workers are busy. In milliseconds.
fn pace(mut done: Vec<f64>) -> f64 {
    done.sort_by(f64::total_cmp);
    let [from, until] = [done.len() / 10, done.len() * 8 / 10];
    if until > from { (done[until] - done[from]) / (until - from) as f64 } else { 0.0 }
}

/// 95 of 100 latencies are no longer.
fn p95(run: &Outline) -> f64 {
    let mut sorted = run.latencies_ms.clone();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * 0.95).ceil() as usize;
    sorted.get(at.max(1) - 1).copied().unwrap_or(run.makespan_ms)
}
