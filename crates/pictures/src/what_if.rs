//! What if there were N cores? The blocking sample's tasks are done again on a simulated machine, under each strategy.
//!
//! Simulated is never shown as measured: each picture and each number says what it is.

use lab::experiment::{BASELINE, Experiment};
use lab::measure::median;
use lab::report::Report;
use serde::{Deserialize, Serialize};
use simulate::{Bytes, MachineCosts, Replay, SimulatedMachine, outline, perform};
use strategies::costs::Cost;
use strategies::trace::{Cause, Trace};
use strategies::{Strategy, WhyUnavailable, unsuited};
use words::{Arg, Message, dash, decimal, en, exact_duration, exact_factor};
use workloads::Nature;

use crate::doubling::Frame;
use crate::lanes::colour;
use crate::player::Playable;
use crate::scaling::{DASHES, spread};
use crate::scene::{Figure, Scene, Shape, times};
use crate::shown::Chart;
use crate::table::Table;

/// The picture's own scale: its width, and a lane's height with its gap.
const WIDTH: f64 = 1000.0;
const LANE: f64 = 12.0;
const GAP: f64 = 2.0;
/// A picture is no higher than this many lanes at full height.
const HIGH: usize = 16;
/// Stretches closer to each other than this, in the picture's scale, are drawn as one.
const NEAR: f64 = 0.4;

/// The outcome of a simulation, or why there is none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct WhatIf {
    /// One picture for each strategy.
    pub figures: Vec<Figure>,
    /// The makespans of the strategies; `None` if nothing could be simulated.
    pub table: Option<Table>,
    /// The speed-up of each strategy over blocking on 1, 2, 4 cores and so on; `None` on one core, or if nothing could
    /// be simulated.
    pub curve: Option<Box<Chart>>,
    /// What was left out, and why.
    pub notes: Vec<String>,
    /// The traces that the pictures show, to be played: one for each picture.
    pub playable: Vec<Playable>,
    /// The length of the pictures' time axis, in microseconds.
    pub micros: f64,
}

/// A strategy, its makespan in milliseconds, and what its lanes did.
type SimulatedRun = (&'static dyn Strategy, f64, Trace);

impl WhatIf {
    /// Replays a report's work on a machine of `cores` cores with as many workers; `costs` are the measured costs, and
    /// the others have their defaults.
    pub fn of(report: &Report, cores: usize, costs: &[Cost]) -> Self {
        let only = |message: Message| Self { notes: vec![message.text()], ..Self::default() };
        let experiment = report.what_ran();
        let Some((blocking, trace)) = report.blocking().and_then(|run| Some((run, run.trace()?))) else {
            return only(en::NOT_MEASURED);
        };
        let phases = experiment.workload.phases(&experiment.params);
        let bytes = |[input, answer]: &[u32; 2]| Bytes { input: *input as usize, answer: *answer as usize };
        let sizes: Vec<_> = blocking.sizes.iter().map(bytes).collect();
        let replay = Replay::of(&trace, &phases, blocking.times(), &sizes)
            .moving(experiment.workload.traffic(&experiment.params))
            .keeping(experiment.workload.keeps_control(&experiment.params))
            .like(experiment.nature());
        if experiment.nature() == Nature::Deadline {
            return only(en::DEADLINE_NOT_SIMULATED);
        }
        if experiment.workload.slots(&experiment.params).is_some() {
            return only(en::CALLS_NOT_SIMULATED);
        }
        if replay.guessed() == phases.iter().sum::<usize>() {
            return only(en::NOTHING_RECORDED);
        }
        let replay = &replay;
        let suited = |one: &&'static dyn Strategy| !unsuited(*one, experiment.workload, &experiment.params);
        let (able, unable): (Vec<_>, Vec<_>) = experiment.strategies.iter().copied().partition(suited);
        let machine = |cores| SimulatedMachine { costs: measured(costs), ..SimulatedMachine::new(cores) };
        let simulated = able.iter().filter_map(|strategy| {
            let done = perform(&machine(cores), *strategy, &experiment.strategy_params, cores, replay).ok()?;
            Some((*strategy, done.makespan_ms, done.trace))
        });
        let simulated: Vec<_> = simulated.collect();
        let longest = simulated.iter().map(|(_, ms, _)| *ms).fold(0.0, f64::max);
        Self {
            figures: simulated.iter().map(|one| figure(one, longest)).collect(),
            table: Some(table(&simulated, report, cores)),
            curve: curve(&able, cores, |strategy, cores| {
                let done = outline(&machine(cores), strategy, &experiment.strategy_params, cores, replay).ok()?;
                Some(done.makespan_ms)
            }),
            notes: notes(&unable, &experiment, replay.guessed()),
            micros: longest * 1000.0,
            playable: simulated.into_iter().map(|one| playable(one, &phases)).collect(),
        }
    }
}

/// The costs of the simulated machine: those that were measured, and defaults for the others.
pub fn measured(costs: &[Cost]) -> MachineCosts {
    MachineCosts::measured(|id| costs.iter().find(|(known, _)| *known == id).and_then(|(_, samples)| median(samples)))
}

fn name(strategy: &dyn Strategy) -> String {
    words::strategy_name(strategy.meta())
}

fn playable((strategy, _, trace): SimulatedRun, phases: &[usize]) -> Playable {
    Playable { name: name(strategy), trace, phases: phases.to_vec() }
}

fn notes(unable: &[&'static dyn Strategy], experiment: &Experiment, guessed: usize) -> Vec<String> {
    let why = WhyUnavailable::NeedsOneMemory(experiment.workload.info().id.into());
    let why = words::unavailable(&why);
    let refused = unable
        .iter()
        .map(|strategy| en::NOT_SIMULATED.with(&[("strategy", name(*strategy).into()), ("why", why.as_str().into())]));
    let shared = experiment.workload.needs_shared_memory(&experiment.params);
    let guess = (guessed > 0).then(|| en::GUESSED.with(&[("n", Arg::digits(guessed))]));
    refused.chain(shared.then(|| en::SHARING_NOT_SIMULATED.text())).chain(guess).collect()
}

fn table(simulated: &[SimulatedRun], report: &Report, cores: usize) -> Table {
    let base = simulated.iter().find(|(strategy, ..)| strategy.meta().id == BASELINE).map(|(_, ms, _)| *ms);
    let row = |(strategy, ms, _): &SimulatedRun| {
        let here = report.shown(strategy.meta().id).and_then(|run| Some((run.workers, run.numbers.as_ref()?)));
        vec![
            name(*strategy),
            exact_duration(*ms),
            dash(base.map(|base| exact_factor(base / ms))),
            dash(here.map(|(workers, numbers)| format!("{} ({workers})", exact_duration(numbers.median_ms)))),
        ]
    };
    let caption = match cores {
        1 => en::SIMULATED_ON_ONE.text(),
        cores => en::SIMULATED_ON.with(&[("cores", Arg::digits(cores))]),
    };
    let columns = [en::STRATEGY, en::SIMULATED, en::SIMULATED_SPEED_UP, en::MEASURED_HERE].map(Message::text);
    Table::new("what-if-table", caption, columns.to_vec(), simulated.iter().map(row).collect())
}

/// Room for the names beside the lines, in the picture's scale.
const NAMES: f64 = 150.0;

/// The chart of the speed-up over blocking against cores, from makespans that `time` simulates.
fn curve(
    able: &[&'static dyn Strategy],
    cores: usize,
    time: impl Fn(&'static dyn Strategy, usize) -> Option<f64>,
) -> Option<Box<Chart>> {
    let base = time(able.iter().copied().find(|strategy| strategy.meta().id == BASELINE)?, 1)?;
    let frame = Frame::new(cores as f64, NAMES);
    let mut numbers: Vec<usize> = frame.doublings().map(|cores| cores as usize).collect();
    if numbers.last() != Some(&cores) {
        numbers.push(cores);
    }
    let others = able.iter().copied().filter(|strategy| strategy.meta().id != BASELINE);
    let speedups =
        |strategy| numbers.iter().map(|cores| Some(base / time(strategy, *cores)?)).collect::<Option<Vec<_>>>();
    let lines: Vec<_> = others.filter_map(|strategy| Some((strategy, speedups(strategy)?))).collect();
    if cores < 2 || lines.is_empty() {
        return None;
    }
    let line = |(at, (_, speedups)): (usize, &(_, Vec<f64>))| {
        let path = frame.line(numbers.iter().zip(speedups).map(|(cores, speedup)| (*cores as f64, *speedup)));
        Shape::Path { class: "law".into(), path, dashes: DASHES[at % DASHES.len()].into() }
    };
    let ends: Vec<_> =
        lines.iter().map(|(_, speedups)| frame.y(*speedups.last().expect("one for each number"))).collect();
    let beside = frame.x(cores as f64) + 8.0;
    let names = lines.iter().zip(spread(&ends, frame.heights()));
    let names = names.map(|((strategy, _), y)| Shape::text(beside, y, "beside", name(*strategy)));
    let over = lines.iter().enumerate().map(line).chain(names).collect();
    let caption = en::SIMULATED_SCALING.text();
    let scene = frame.scene(en::CORES_AXIS, caption.clone(), over);
    let class = "scaling doubling".into();
    let columns = [en::CORES.text()].into_iter().chain(lines.iter().map(|(strategy, _)| name(*strategy)));
    let row = |(at, cores): (usize, &usize)| {
        let cells = lines.iter().map(|(_, speedups)| exact_factor(speedups[at]));
        [cores.to_string()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows = numbers.iter().enumerate().map(row).collect();
    let table = Table::new("what-if-curve", en::SIMULATED_SCALING_TABLE.text(), columns.collect(), rows);
    Some(Box::new(Chart {
        label: en::SIMULATED_SPEED_UP.text(),
        heading: en::SIMULATED_SPEED_UP.text(),
        text: String::new(),
        figures: vec![Figure { class, caption, scene, times: Vec::new(), note: String::new() }],
        tables: Vec::new(),
        details: en::CHART_AS_TABLE.text(),
        hidden: Some(table),
    }))
}

fn figure((strategy, ms, trace): &SimulatedRun, longest: f64) -> Figure {
    let pitch = LANE.min(LANE * HIGH as f64 / trace.lanes.len() as f64);
    let gap = GAP.min(pitch / 4.0);
    let scale = WIDTH / (longest * 1000.0).max(1.0);
    let mut shapes = Vec::new();
    for (at, lane) in trace.lanes.iter().enumerate() {
        let (top, height) = (pitch * at as f64, pitch - gap);
        for (class, cause) in CLASSES {
            let busy = lane.spans.iter().filter(|span| span.cause == cause);
            let stretches = stretches(busy.map(|span| [f64::from(span.start) * scale, f64::from(span.end) * scale]));
            let shape = |[from, to]: &[f64; 2]| match cause {
                Cause::LockWait => rails(*from, *to, top, height),
                Cause::Transfer => bar(*from, *to, top + height * 0.3, height * 0.4),
                Cause::OffCore => bar(*from, *to, top + height * 0.44, height * 0.12),
                _ => bar(*from, *to, top, height),
            };
            let path: String = stretches.iter().map(shape).collect();
            if !path.is_empty() {
                shapes.push(Shape::path(format!("{class} {}", colour(lane.context)), path));
            }
        }
    }
    let (strategy, time) = (("strategy", Arg::from(name(*strategy))), ("time", exact_duration(*ms).into()));
    let caption = match trace.lanes.len() {
        1 => en::SIMULATED_LANES.with(&[strategy, time]),
        lanes => en::SIMULATED_ON_LANES.with(&[strategy, time, ("lanes", Arg::digits(lanes))]),
    };
    let height = pitch * trace.lanes.len() as f64;
    let scene = Scene { width: WIDTH, height, stretched: true, label: caption.clone(), shapes };
    Figure { class: "simulated".into(), caption, scene, times: times(longest), note: String::new() }
}

/// How each cause is drawn: as on measured lanes.
const CLASSES: [(&str, Cause); 5] = [
    ("computing", Cause::Compute),
    ("off-core", Cause::OffCore),
    ("waiting", Cause::Wait),
    ("locked", Cause::LockWait),
    ("copying", Cause::Transfer),
];

/// Joins neighbouring stretches, so that a lane has no more shapes than can be seen.
fn stretches(spans: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
    let mut joined: Vec<[f64; 2]> = Vec::new();
    for [from, to] in spans {
        match joined.last_mut() {
            Some([_, end]) if from - *end < NEAR => *end = end.max(to),
            _ => joined.push([from, to]),
        }
    }
    joined
}

/// Two lines with nothing between them.
fn rails(from: f64, to: f64, top: f64, height: f64) -> String {
    let line = height * 0.12;
    bar(from, to, top, line) + &bar(from, to, top + height - line, line)
}

fn bar(from: f64, to: f64, top: f64, height: f64) -> String {
    let width = (to - from).max(0.3);
    format!(
        "M{} {}h{}v{}H{}z",
        decimal(from, 1),
        decimal(top, 1),
        decimal(width, 1),
        decimal(height, 1),
        decimal(from, 1)
    )
}
