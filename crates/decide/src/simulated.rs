//! A project's units on the simulated machine.

use std::time::Duration;

use simulate::{Bytes, Outline, Replay, SimulatedMachine, UnitPart, WorkUnit, outline};
use strategies::Strategy;
use workloads::spread::draws;
use workloads::{NEXT_TO_NOTHING, Params, StepKind};

use super::costs::ApproachCosts;
use super::model::Model;
use super::project::{Amount, Part, Project};

/// About how many steps of a unit compute, however much it computes.
const STEPS: f64 = 12.0;
/// About how long a step takes on the simulated machine, in milliseconds.
const STEP_MS: f64 = 1.0;
/// How long units wait at most there on average, in milliseconds.
const WAIT_MS: f64 = 2_000.0;
/// The seed of everything random: a project is decided the same way each time.
const SEED: u64 = 1;
/// A simulated unit that stands for several is the mean of at most this many, because they differ.
const SEVERAL: usize = 16;
/// Copying is simulated with at least this many times fewer bytes, each of which costs as many times more: the bytes
/// take memory here.
const FEWER: f64 = 1024.0;
/// The most bytes that all units of a simulation have together.
const BYTES_MOST: f64 = 16e6;

impl Model<'_> {
    /// Simulates `count` units, each of which stands for `each` and waits `shorter` times as long. All times and costs
    /// are scaled down alike, so that the simulation is no finer than needed; the results are scaled up again.
    pub(crate) fn simulate(&self, count: usize, workers: usize, each: f64, shorter: f64) -> Outline {
        let [waits, ..] = self.project.totals();
        let waits = waits / f64::from(self.project.units) * shorter;
        let scale = (STEP_MS * STEPS / (self.computes_ms() * each)).min(WAIT_MS / waits).min(1.0);
        let units = self.units(count, each, [scale, scale * shorter]);
        let work = Replay::described(&units, Duration::from_secs_f64(STEP_MS / 1000.0)).keeping(true);
        let costs = self.costs.machine.times(scale);
        let costs = simulate::MachineCosts { copy_us_per_mb: costs.copy_us_per_mb * self.fewer(count, each), ..costs };
        let machine = SimulatedMachine { costs, ..SimulatedMachine::new(self.project.cores as usize) };
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

    /// How many times fewer bytes each of `count` units gets, if each stands for `each`.
    fn fewer(&self, count: usize, each: f64) -> f64 {
        let all = (self.project.in_kb + self.project.out_kb) * 1000.0 * each * count as f64;
        FEWER.max(all / BYTES_MOST)
    }

    /// The units: their computing is scaled by the first factor, their waits by the second.
    pub(crate) fn units(&self, count: usize, each: f64, scales @ [scale, _]: [f64; 2]) -> Vec<WorkUnit> {
        let Project { every_ms, in_kb, out_kb, .. } = *self.project;
        let draw = |(at, part): (usize, &Part)| {
            let waits = matches!(part, Part::Waits(_));
            let several = if waits { 1 } else { (each.round() as usize).clamp(1, SEVERAL) };
            let Amount { p50, p95 } = part.amount();
            let all = draws(p50, p95, count * several, SEED, at);
            all.chunks(several).map(|few| few.iter().sum::<f64>() / several as f64).collect()
        };
        let drawn: Vec<Vec<_>> = self.project.parts.iter().enumerate().map(draw).collect();
        let fewer = self.fewer(count, each);
        let bytes = |kb: f64| (kb * 1000.0 * each / fewer) as usize;
        let unit = |at: usize| {
            let mut parts = vec![overhead(self.costs.unit_us * each * scale)];
            for (part, drawn) in self.project.parts.iter().zip(&drawn) {
                self.add_part(*part, drawn[at], each, scales, &mut parts);
            }
            WorkUnit {
                arrives: (every_ms > 0.0).then(|| millis(every_ms * scale * at as f64)),
                parts,
                bytes: Bytes { input: bytes(in_kb), answer: bytes(out_kb) },
            }
        };
        (0..count).map(unit).collect()
    }

    /// Adds what a unit does for one of its parts, for which this amount was drawn.
    pub(crate) fn add_part(
        &self,
        part: Part,
        drawn: f64,
        each: f64,
        [scale, waiting]: [f64; 2],
        parts: &mut Vec<UnitPart>,
    ) {
        let ApproachCosts { wait_us, hop_us, .. } = self.costs;
        let length = millis(self.length_ms(part, drawn) * each * scale);
        let light = self.length_ms(part, part.amount().p50) <= NEXT_TO_NOTHING.as_secs_f64() * 1000.0;
        let kind = match part {
            _ if light => StepKind::Light,
            Part::Interpreted(_) => StepKind::Heavy,
            _ => StepKind::Released,
        };
        if let Part::Waits(_) = part {
            parts.extend([overhead(wait_us * each * scale), UnitPart::Wait(millis(drawn * waiting))]);
            return;
        }
        // what follows heavy computing runs in the same place
        let there = matches!(parts.last(), Some(UnitPart::Compute(_, last) | UnitPart::Move(_, last, _)) if *last != StepKind::Light);
        if !light && !there && hop_us > 0.0 {
            parts.push(overhead(hop_us * each * scale));
        }
        parts.push(match part {
            Part::Moves(_) => UnitPart::Move(length, kind, drawn * each * scale * 1e6),
            _ => UnitPart::Compute(length, kind),
        });
    }
}

/// Overhead that computes for `us` microseconds.
fn overhead(us: f64) -> UnitPart {
    UnitPart::Compute(millis(us / 1000.0), StepKind::Light)
}

fn millis(ms: f64) -> Duration {
    Duration::from_secs_f64(ms.max(0.0) / 1000.0)
}
