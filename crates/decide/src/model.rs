//! What a project takes under an approach with a given number of workers: the approach's strategy, on the simulated
//! machine.
//!
//! Of very many units only some hundreds are simulated, and the rest is extrapolated:
//! - where an event loop waits for all units, each simulated unit stands for several: it computes as much as all of
//!   them, and waits as long as one of them, because they wait at the same time;
//! - where workers wait, all other units are done at the pace of those in the middle of the run. If each worker would
//!   get only a few units, fewer workers are simulated, and they wait for a shorter time: the throughput is the same;
//! - where units arrive over time, the first of them stand for all. If the queue grows, it is taken to go on growing as
//!   it began.

use simulate::Outline;
use strategies::Memory;

use super::approach::{Approach, WorkerKind};
use super::costs::ApproachCosts;
use super::project::{APART, Project};

/// Units that are simulated for a first look.
pub const FIRST_LOOK: usize = 60;
/// Units that are simulated for a closer look.
pub const CLOSER: usize = 300;

/// What a project takes under an approach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number of workers.
    pub workers: usize,
    /// Starting the workers, in milliseconds.
    pub start_ms: f64,
    /// From the first unit's arrival until all are done, in milliseconds; the workers are started before.
    pub makespan_ms: f64,
    /// The 95th percentile of the latencies of units, in milliseconds.
    pub p95_ms: f64,
    /// What all computing takes together, in milliseconds.
    pub cpu_ms: f64,
    /// Memory, in MB.
    pub memory_mb: f64,
}

/// Why an approach cannot do a project.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unfit {
    /// Units change shared data, and the approach's workers do not share memory.
    NeedsOneMemory,
    /// Not enough memory: with one worker it already needs this much, in MB.
    Memory(f64),
    /// The cost that it needs most was never measured.
    NoCosts,
}

/// The least number of rounds that the workers make in a simulation: with fewer, the last round would count too much.
const ROUNDS: usize = 6;
/// The queue grows if the time between completions is more than this many times the time between arrivals.
const GROWS: f64 = 1.1;

/// A project under an approach.
pub struct Model<'a> {
    /// The project.
    pub project: &'a Project,
    /// The approach.
    pub approach: &'a Approach,
    /// The costs of the approach.
    pub costs: ApproachCosts,
    /// At most this many units are simulated: more are more accurate, and take longer.
    pub most: usize,
}

impl Model<'_> {
    /// Why the approach cannot do the project; None if it can.
    pub fn unfit(&self) -> Option<Unfit> {
        if self.project.shared && self.approach.strategy().meta().memory == Memory::Isolated {
            return Some(Unfit::NeedsOneMemory);
        }
        let least = self.memory_mb(1);
        (least > self.project.memory_mb).then_some(Unfit::Memory(least))
    }

    /// What the project takes with `workers` workers.
    ///
    /// # Panics
    /// When a strategy fails on the simulated machine, where nothing can.
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
        // units are handed out one after the other
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

    /// What starting the workers takes, in milliseconds: threads start one after the other, processes as many at a time
    /// as there are cores.
    fn start_ms(&self, workers: usize) -> f64 {
        let rounds = match self.approach.team {
            WorkerKind::Alone => 0,
            WorkerKind::Threads => workers,
            WorkerKind::Processes => workers.div_ceil(self.project.cores as usize),
        };
        self.costs.start_us * rounds as f64 / 1000.0
    }

    /// The time between completions, in milliseconds, if units arrive faster than that.
    pub(crate) fn grows(&self, estimate: &Estimate) -> Option<f64> {
        let pace = estimate.makespan_ms / f64::from(self.project.units);
        (self.project.every_ms > 0.0
            && pace > self.project.every_ms * GROWS
            && estimate.p95_ms > 10.0 * self.longest_ms())
        .then_some(pace)
    }

    /// Makespan, 95th percentile of latency and computing, in milliseconds, where units arrive over time. If more are
    /// under way than can be simulated, waits are shortened so that fewer are, and the workers that wait become fewer
    /// alike.
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

    /// Makespan, 95th percentile of latency and computing, in milliseconds, where each worker takes one unit after the
    /// other and waits for it.
    fn in_rounds(&self, most: usize, workers: usize) -> (f64, f64, f64) {
        let fewer = workers.min((most / ROUNDS).max(1));
        let shorter = fewer as f64 / workers as f64;
        let run = self.simulate(most, fewer, 1.0, shorter);
        let units = f64::from(self.project.units);
        // the last unit waits for its full time
        let last = (1.0 - shorter) * self.longest_wait_ms(workers);
        let makespan = run.makespan_ms + last + pace(run.latencies_ms.clone()) * (units - most as f64);
        (makespan, p95(&run) * makespan / run.makespan_ms.max(f64::MIN_POSITIVE), run.computed_ms * units / most as f64)
    }
}

/// The mean time between completions in the middle of a run, where all workers are busy, in milliseconds.
fn pace(mut done: Vec<f64>) -> f64 {
    done.sort_by(f64::total_cmp);
    let [from, until] = [done.len() / 10, done.len() * 8 / 10];
    if until > from { (done[until] - done[from]) / (until - from) as f64 } else { 0.0 }
}

/// The 95th percentile of the latencies, in milliseconds.
fn p95(run: &Outline) -> f64 {
    let mut sorted = run.latencies_ms.clone();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * 0.95).ceil() as usize;
    sorted.get(at.max(1) - 1).copied().unwrap_or(run.makespan_ms)
}
