//! What a project takes under an approach with so many workers: the approach's strategy, on the made-up machine.
//!
//! Of very many units some hundreds are simulated, and the rest follows from them:
//! - where a loop waits for all units, each that is simulated stands for several: it computes as much as they all do, and waits
//!   as long as one of them, because they wait at the same time;
//! - where workers wait, all others are done as fast as those in the middle were. Where there are so many workers that each
//!   would get a few units, there are fewer, which wait for a shorter time: as much gets done in the same time;
//! - where units arrive over time, the first of them tell, unless the line grows: then it goes on growing as it began.

use std::time::Duration;

use simulate::{Bytes, Machine, Outline, Replay, Stretch, Unit, outline};
use strategies::{Memory, Strategy};
use workloads::spread::{draws, quantile};
use workloads::{NEXT_TO_NOTHING, Params, StepKind};

use super::approach::{Approach, Team};
use super::costs::Costs;
use super::project::{Part, Project, Spread};

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
/// A unit has about so many steps that compute, however much it computes.
const STEPS: f64 = 12.0;
/// A step takes about so long on the made-up machine, in milliseconds.
const STEP_MS: f64 = 1.0;
/// No unit waits for longer there on average, in milliseconds.
const WAIT_MS: f64 = 2_000.0;
/// The line grows if the last unit is done so many times later than it could be.
const GROWS: f64 = 1.1;
/// One thread alone moves memory at about half the rate of all together.
const MOVES_ALONE: f64 = 2.0;
/// The seed of everything random: a project is decided the same way each time.
const SEED: u64 = 1;

/// A project under an approach.
pub struct Model<'a> {
    /// What there is to do.
    pub project: &'a Project,
    /// How.
    pub approach: &'a Approach,
    /// What things cost.
    pub costs: Costs,
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

    /// The most workers that there is memory and use for; at least one.
    pub fn most_workers(&self) -> usize {
        let useful = match self.approach.team {
            Team::Alone => 1,
            Team::Threads => THREADS_MOST,
            Team::Processes => (4 * self.project.cores as usize).min(PROCESSES_MOST),
        };
        let useful = useful.min(self.project.units as usize);
        let each = self.memory_mb(2) - self.memory_mb(1);
        let left = self.project.memory_mb - self.memory_mb(1);
        let fitting = if each > 0.0 { ((left / each) as usize).saturating_add(1) } else { useful };
        useful.min(fitting).max(1)
    }

    /// What it takes with so many workers.
    ///
    /// # Panics
    /// When a strategy fails on the made-up machine, where nothing can.
    pub fn estimate(&self, workers: usize) -> Estimate {
        let Project { units, every_ms, .. } = *self.project;
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
            Team::Alone => 0,
            Team::Threads => workers,
            Team::Processes => workers.div_ceil(self.project.cores as usize),
        };
        self.costs.start_us * rounds as f64 / 1000.0
    }

    /// What is in memory at once: workers, and each unit under way with its data, on both sides where that is copied.
    fn memory_mb(&self, workers: usize) -> f64 {
        self.team_mb(workers) + self.under_way(workers) * self.unit_mb()
    }

    fn team_mb(&self, workers: usize) -> f64 {
        let isolated = self.approach.strategy().meta().memory == Memory::Isolated;
        let each = self.costs.worker_mb + if isolated { self.project.data_mb() } else { 0.0 };
        if self.approach.team == Team::Alone { 0.0 } else { workers as f64 * each }
    }

    fn unit_mb(&self) -> f64 {
        self.costs.unit_mb + self.project.data_mb()
    }

    /// How many units are under way at the same time. A loop has all of them, or, where memory does not hold them all, a few
    /// more than its workers have in hand (programs say so by a semaphore); everybody else one for each worker.
    fn under_way(&self, workers: usize) -> f64 {
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

    /// How many units there is memory for beside so many workers.
    fn fitting(&self, workers: usize) -> f64 {
        let left = self.project.memory_mb - self.team_mb(workers);
        if self.unit_mb() > 0.0 { (left / self.unit_mb()).floor() } else { f64::INFINITY }
    }

    /// How many units are under way where memory does not hold all that a loop could have, and what all would take, in MB.
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

    /// What waiting takes at least where not all units can be under way, in milliseconds.
    fn waits_in_turn_ms(&self, workers: usize) -> f64 {
        let [waits, ..] = self.project.totals();
        self.few_units(workers).map_or(0.0, |(under_way, _)| waits / under_way)
    }

    /// What the longest of all units takes if it is alone, in milliseconds: where amounts differ, the longest of very many is
    /// not among those that are simulated.
    pub(crate) fn longest_ms(&self) -> f64 {
        let last = 1.0 - 0.5 / f64::from(self.project.units);
        let parts = self.project.parts.iter().map(|part| {
            let Spread { p50, p95 } = part.amount();
            let length = |amount: f64| if let Part::Waits(_) = part { amount } else { self.length_ms(*part, amount) };
            let usual = length(p50);
            (usual, length(quantile(p50, p95, last)) - usual)
        });
        let (usual, more): (f64, f64) =
            parts.fold((0.0, 0.0), |(sum, most), (usual, more)| (sum + usual, most.max(more)));
        usual + more
    }

    /// The longest wait among so many, in milliseconds.
    fn longest_wait_ms(&self, of: usize) -> f64 {
        let place = 1.0 - 0.5 / of as f64;
        let longest = |part: &Part| match part {
            Part::Waits(Spread { p50, p95 }) => quantile(*p50, *p95, place),
            _ => 0.0,
        };
        self.project.parts.iter().map(longest).fold(0.0, f64::max)
    }

    /// For how long one of 20 units keeps a loop at least, in milliseconds: what it computes in one go.
    pub(crate) fn keeps_ms(&self) -> f64 {
        let long = |part: &Part| self.length_ms(*part, part.amount().p95);
        self.project.parts.iter().map(long).fold(0.0, f64::max)
    }

    /// What moving so many MB takes one thread, in milliseconds.
    pub(crate) fn moving_ms(&self, mb: f64) -> f64 {
        mb * self.costs.machine.memory_us_per_mb * MOVES_ALONE / 1000.0
    }

    /// At which pace units are done, in milliseconds, if they arrive sooner than that.
    pub(crate) fn grows(&self, estimate: &Estimate) -> Option<f64> {
        let pace = estimate.makespan_ms / f64::from(self.project.units);
        (self.project.every_ms > 0.0
            && pace > self.project.every_ms * GROWS
            && estimate.p95_ms > 10.0 * self.longest_ms())
        .then_some(pace)
    }

    /// Units that arrive over time.
    fn arriving(&self, most: usize, workers: usize) -> (f64, f64, f64) {
        let (units, every) = (f64::from(self.project.units), self.project.every_ms);
        let run = self.simulate(most, workers, 1.0, 1.0);
        let cpu = run.computed_ms * units / most as f64;
        let arrived = |at: usize| every * at as f64;
        let done: Vec<_> = run.latencies_ms.iter().enumerate().map(|(at, late)| arrived(at) + late).collect();
        let each = pace(done);
        if each <= every * GROWS {
            let late = run.makespan_ms - arrived(most - 1);
            return (every * (units - 1.0) + late, p95(&run), cpu);
        }
        let makespan = run.makespan_ms + each * (units - most as f64);
        (makespan, p95(&run).max(0.95 * (makespan - every * (units - 1.0))), cpu)
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

    /// So many units, each of which stands for `each` and waits `shorter` times as long. All times and all costs are made
    /// shorter alike, so that the simulation does not look more closely than needed, and longer again afterwards.
    fn simulate(&self, count: usize, workers: usize, each: f64, shorter: f64) -> Outline {
        let [waits, ..] = self.project.totals();
        let waits = waits / f64::from(self.project.units) * shorter;
        let scale = (STEP_MS * STEPS / (self.computes_ms() * each)).min(WAIT_MS / waits).min(1.0);
        let units = self.units(count, each, [scale, scale * shorter]);
        let work = Replay::described(&units, Duration::from_secs_f64(STEP_MS / 1000.0)).keeping(true);
        let costs = self.costs.machine.times(scale);
        let costs = simulate::Costs { copy_us_per_mb: costs.copy_us_per_mb * LESS, ..costs };
        let machine = Machine { costs, ..Machine::new(self.project.cores as usize) };
        let strategy: &dyn Strategy = self.approach.strategy();
        let run = outline(&machine, strategy, &Params::of(strategies::params()), workers, &work)
            .expect("nothing fails on a machine that is made up");
        Outline {
            makespan_ms: run.makespan_ms / scale,
            startup_ms: run.startup_ms / scale,
            latencies_ms: run.latencies_ms.into_iter().map(|latency| latency / scale).collect(),
            computed_ms: run.computed_ms / scale,
        }
    }

    /// What a unit computes on average, in milliseconds.
    fn computes_ms(&self) -> f64 {
        let Costs { unit_us, wait_us, hop_us, .. } = self.costs;
        let parts = self.project.parts.iter().map(|part| match part {
            Part::Waits(_) => wait_us / 1000.0,
            _ => self.length_ms(*part, part.amount().mean()) + hop_us / 1000.0,
        });
        unit_us / 1000.0 + parts.sum::<f64>()
    }

    /// How long a part that computes takes for this amount, in milliseconds.
    fn length_ms(&self, part: Part, amount: f64) -> f64 {
        match part {
            Part::Waits(_) => 0.0,
            Part::Interpreted(_) => amount * self.costs.slower,
            Part::Compiled(_) => amount,
            Part::Moves(_) => self.moving_ms(amount),
        }
    }

    /// The units: their computing is scaled by the first factor, their waits by the second.
    fn units(&self, count: usize, each: f64, scales @ [scale, _]: [f64; 2]) -> Vec<Unit> {
        let Project { every_ms, in_kb, out_kb, .. } = *self.project;
        let draw = |(at, part): (usize, &Part)| {
            let waits = matches!(part, Part::Waits(_));
            let several = if waits { 1 } else { (each.round() as usize).clamp(1, SEVERAL) };
            let Spread { p50, p95 } = part.amount();
            let all = draws(p50, p95, count * several, SEED, at);
            all.chunks(several).map(|few| few.iter().sum::<f64>() / several as f64).collect()
        };
        let drawn: Vec<Vec<_>> = self.project.parts.iter().enumerate().map(draw).collect();
        let bytes = |kb: f64| (kb * 1000.0 * each / LESS) as usize;
        let unit = |at: usize| {
            let mut stretches = vec![overhead(self.costs.unit_us * each * scale)];
            for (part, drawn) in self.project.parts.iter().zip(&drawn) {
                self.stretch(*part, drawn[at], each, scales, &mut stretches);
            }
            Unit {
                arrives: (every_ms > 0.0).then(|| millis(every_ms * scale * at as f64)),
                stretches,
                bytes: Bytes { input: bytes(in_kb), answer: bytes(out_kb) },
            }
        };
        (0..count).map(unit).collect()
    }

    /// What a unit does for one of its parts, of which it drew this amount.
    fn stretch(&self, part: Part, drawn: f64, each: f64, [scale, waiting]: [f64; 2], stretches: &mut Vec<Stretch>) {
        let Costs { wait_us, hop_us, .. } = self.costs;
        let length = millis(self.length_ms(part, drawn) * each * scale);
        let light = self.length_ms(part, part.amount().p50) <= NEXT_TO_NOTHING.as_secs_f64() * 1000.0;
        let kind = match part {
            _ if light => StepKind::Light,
            Part::Interpreted(_) => StepKind::Heavy,
            _ => StepKind::Released,
        };
        if let Part::Waits(_) = part {
            stretches.extend([overhead(wait_us * each * scale), Stretch::Wait(millis(drawn * waiting))]);
            return;
        }
        // what follows on heavy computing is done where that was done
        let there = matches!(stretches.last(), Some(Stretch::Compute(_, last) | Stretch::Move(_, last, _)) if *last != StepKind::Light);
        if !light && !there && hop_us > 0.0 {
            stretches.push(overhead(hop_us * each * scale));
        }
        stretches.push(match part {
            Part::Moves(_) => Stretch::Move(length, kind, drawn * each * scale * 1e6),
            _ => Stretch::Compute(length, kind),
        });
    }
}

/// What is computed besides, in microseconds.
fn overhead(us: f64) -> Stretch {
    Stretch::Compute(millis(us / 1000.0), StepKind::Light)
}

/// Units that one stands for differ among themselves: it is the mean of no more than so many.
const SEVERAL: usize = 16;
/// Copying is simulated with so many times fewer bytes, each of which costs as many times more: bytes take memory here.
const LESS: f64 = 1024.0;

/// How much later each unit is done than the one before, in the middle of a run: where all workers are busy. In milliseconds.
fn pace(mut done: Vec<f64>) -> f64 {
    done.sort_by(f64::total_cmp);
    let [from, until] = [done.len() / 10, done.len() * 8 / 10];
    if until > from { (done[until] - done[from]) / (until - from) as f64 } else { 0.0 }
}

/// There is no use in more: what they share, if nothing else the way to memory, is taken.
const THREADS_MOST: usize = 512;
const PROCESSES_MOST: usize = 256;

fn millis(ms: f64) -> Duration {
    Duration::from_secs_f64(ms.max(0.0) / 1000.0)
}

/// 95 of 100 latencies are no longer.
fn p95(run: &Outline) -> f64 {
    let mut sorted = run.latencies_ms.clone();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * 0.95).ceil() as usize;
    sorted.get(at.max(1) - 1).copied().unwrap_or(run.makespan_ms)
}
