//! A project, scaled down so that it can be run here, and the run's measurements beside the model's expectations.

use lab::measure::Numbers;
use lab::report::Report;
use serde::{Deserialize, Serialize};

use super::approach::{APPROACHES, Approach};
use super::costs::Sources;
use super::model::Model;
use super::project::{APART, Amount, KINDS, Part, Project};

/// A project that is small enough to run, and the experiment that runs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The small project.
    pub project: Project,
    /// The experiment, as the pairs of its link.
    pub experiment: Vec<(&'static str, String)>,
}

/// An approach that ran: what was expected, and what was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The approach's id.
    pub approach: String,
    /// What was expected, in milliseconds.
    pub expected_ms: f64,
    /// What was measured: the median, in milliseconds.
    pub measured_ms: f64,
    /// The 95 % confidence interval of the median, in milliseconds; both ends are the median if the interval is not
    /// known.
    pub interval_ms: [f64; 2],
    /// The relative error of the expectation: 0.25 is a quarter too much.
    pub error: f64,
}

/// An expectation with a larger relative error is doubted.
pub const DOUBTED: f64 = 0.25;
/// How long a trial computes in all, about, and how long a unit waits at most on average, both in milliseconds.
const COMPUTES_MS: f64 = 400.0;
const WAITS_MS: f64 = 100.0;
/// A trial has at most this many units.
const UNITS: u32 = 40;
/// If units arrive over time, all arrive within about this many milliseconds. There are at least `UNITS_FEW`, if the
/// project has them.
const ARRIVES_MS: f64 = 600.0;
const UNITS_FEW: u32 = 10;
/// The workload counts amounts in thousandths (microseconds, kB), at most `MOST` of them.
const GRAIN: f64 = 1_000.0;
const MOST: f64 = 5_000_000.0;
const DATA_MOST_KB: f64 = 1_024.0;
/// The number of parts that the workload has.
const PARTS: usize = 4;

impl Trial {
    /// The project, so small that a machine with `cores` cores runs it within a second or so.
    pub fn of(project: &Project, cores: usize) -> Self {
        let mut units = project.units.min(UNITS);
        let [waits, computing @ ..] = project.totals().map(|total| total / f64::from(project.units));
        let computes = computing.iter().sum::<f64>() * f64::from(units);
        let mut scale = (COMPUTES_MS / computes).min(WAITS_MS / waits).min(1.0);
        let mut every_ms = 0.0;
        if project.every_ms > 0.0 {
            let alone: f64 = project.parts.iter().map(|part| part.amount().p95).sum();
            let nearer = project.every_ms.min(APART * alone);
            let few = UNITS_FEW.min(units);
            scale = scale.min(ARRIVES_MS / (nearer * f64::from(few)));
            every_ms = (nearer * scale).round().max(1.0);
            units = units.min((ARRIVES_MS / every_ms) as u32).max(few);
        }
        let parts: Vec<_> =
            project.parts.iter().take(PARTS).map(|part| part.with(rounded(part.amount().times(scale)))).collect();
        let small = Project {
            units,
            every_ms,
            parts,
            in_kb: (project.in_kb * scale).min(DATA_MOST_KB).round(),
            out_kb: (project.out_kb * scale).min(DATA_MOST_KB).round(),
            shared: false,
            cores: cores as u32,
            memory_mb: project.memory_mb,
        };
        let experiment = experiment(&small);
        Self { project: small, experiment }
    }
}

/// Rounded to what the workload can express: whole microseconds, whole kB.
fn rounded(Amount { p50, p95 }: Amount) -> Amount {
    let tail = if p50 > 0.0 { (p95 / p50 * 100.0).round().clamp(100.0, 2_000.0) / 100.0 } else { 1.0 };
    let p50 = (p50 * GRAIN).round().min(MOST) / GRAIN;
    Amount { p50, p95: p50 * tail }
}

fn experiment(project: &Project) -> Vec<(&'static str, String)> {
    const KEYS: [[&str; 3]; PARTS] = [
        ["part1", "amount1", "tail1"],
        ["part2", "amount2", "tail2"],
        ["part3", "amount3", "tail3"],
        ["part4", "amount4", "tail4"],
    ];
    let whole = |value: f64| format!("{value:.0}");
    let mut pairs = vec![
        ("workload", "mix".to_owned()),
        ("size", project.units.to_string()),
        ("every", whole(project.every_ms)),
        ("in", whole(project.in_kb)),
        ("out", whole(project.out_kb)),
    ];
    for (at, [kind, amount, tail]) in KEYS.into_iter().enumerate() {
        let Some(part) = project.parts.get(at) else {
            pairs.push((kind, "none".into()));
            continue;
        };
        let Amount { p50, p95 } = part.amount();
        pairs.push((kind, KINDS[part.kind()].0.to_owned()));
        pairs.push((amount, whole(p50 * GRAIN)));
        pairs.push((tail, whole(if p50 > 0.0 { p95 / p50 * 100.0 } else { 100.0 })));
    }
    let strategies: Vec<_> = tried().map(|approach| approach.strategy().meta().id).collect();
    pairs.push(("strategies", strategies.join(",")));
    pairs.push(("workers", project.cores.clamp(2, 8).to_string()));
    pairs.push(("samples", "5".into()));
    pairs
}

/// The approaches that can be tried here: one for each strategy, in the first language that has it.
pub fn tried() -> impl Iterator<Item = &'static Approach> {
    let first = |approach: &&'static Approach| {
        APPROACHES.iter().find(|other| other.strategy() == approach.strategy()) == Some(*approach)
    };
    APPROACHES.iter().filter(first)
}

/// What was expected of each approach that ran, beside what was measured. How fast this machine computes is taken from
/// the run of the `blocking` strategy: how long it needs for what takes another machine a millisecond does not depend
/// on the approach.
pub fn check(trial: &Trial, report: &Report, sources: &Sources) -> Vec<Checked> {
    let measured = |approach: &Approach| {
        let run = report.runs.iter().find(|run| run.strategy == approach.strategy().meta().id)?;
        Some((run.workers, run.numbers.as_ref()?))
    };
    let [waits, computing @ ..] = trial.project.totals();
    let computing: f64 = computing.iter().sum();
    let alone = tried().find(|approach| approach.strategy().meta().id == "blocking").and_then(measured);
    let computed = |numbers: &Numbers| match numbers.utilisation {
        Some(share) if trial.project.every_ms > 0.0 => share * numbers.median_ms, // between arrivals there is nothing to do
        _ => numbers.median_ms - waits,
    };
    let slower = alone.map_or(1.0, |(_, numbers)| (computed(numbers) / computing).max(0.05));
    let parts = trial.project.parts.iter().map(|part| match part {
        Part::Waits(_) => *part,
        _ => part.with(part.amount().times(slower)),
    });
    let project = Project { parts: parts.collect(), ..trial.project.clone() };
    let checked = |approach: &'static Approach| {
        let (workers, numbers) = measured(approach)?;
        let costs = sources.here();
        let model = Model { project: &project, approach, costs, most: project.units as usize };
        let expected = model.estimate(workers).makespan_ms;
        Some(Checked {
            approach: approach.id.into(),
            expected_ms: expected,
            measured_ms: numbers.median_ms,
            interval_ms: numbers.ci95_ms.unwrap_or([numbers.median_ms; 2]),
            error: expected / numbers.median_ms - 1.0,
        })
    };
    tried().filter_map(checked).collect()
}
