//! What if there were N cores? The blocking sample's tasks are done again on a simulated machine, under each strategy.
//!
//! Simulated is never shown as measured: each picture and each number says what it is.

use serde::{Deserialize, Serialize};

use super::catalogue;
use super::html::{escaped, table};
use super::lanes::colour;
use super::results::name;
use super::times::times;
use super::words::{dash, duration, factor};
use crate::experiment::{BASELINE, Experiment, Nature};
use crate::measure::{decimal, median};
use crate::simulate::{Bytes, Costs, Machine, Replay, perform};
use crate::strategy::{find_as, unsuited};
use crate::trace::{Cause, Trace};

/// Pixels of the picture's own scale: width, and a lane's height with its gap.
const WIDTH: f64 = 1000.0;
const LANE: f64 = 12.0;
const GAP: f64 = 2.0;
/// A picture is no higher than so many lanes at full height.
const HIGH: usize = 16;
/// Stretches nearer to each other than this, in the picture's scale, are drawn as one.
const NEAR: f64 = 0.4;

/// What is to be simulated.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WhatIf {
    /// The experiment's pairs.
    pub experiment: Vec<(String, String)>,
    /// What this machine claims to have.
    pub claimed_cores: usize,
    /// How many cores the simulated one has, and so many workers each strategy gets.
    pub cores: usize,
    /// What things cost here, as far as that was measured: names and samples in microseconds.
    pub costs: Vec<(String, Vec<f64>)>,
    /// The sample of `blocking` that is nearest its median.
    pub blocking: Trace,
    /// How often that sample did the work.
    pub repeats: usize,
    /// The bytes of each task's input and answer.
    pub sizes: Vec<[u32; 2]>,
    /// What was measured: strategy, workers, median in milliseconds.
    pub measured: Vec<(String, usize, f64)>,
}

/// Why work up to a deadline is not simulated.
const DEADLINE: &str = "This work ends when its time is over, on any machine: its tasks would count more or less in it, \
    and how much is not simulated.";
/// What of work in one memory is left out.
const SHARED: &str = "Its tasks share memory. That they wait for each other there is not simulated, so real machines do \
    much worse.";
/// Why nothing can be done again.
const UNRECORDED: &str = "Nothing was recorded that could be done again.";

/// A strategy's id, its makespan in milliseconds, and what its lanes did.
type Simulated = (&'static str, f64, Trace);

impl WhatIf {
    /// The pictures and the table, as HTML, or why there are none.
    pub fn html(&self) -> String {
        let (experiment, _) = Experiment::parse(self.experiment.clone(), &catalogue(self.claimed_cores));
        let phases = experiment.workload.phases(&experiment.params);
        let bytes = |[input, answer]: &[u32; 2]| Bytes { input: *input as usize, answer: *answer as usize };
        let sizes: Vec<_> = self.sizes.iter().map(bytes).collect();
        let replay = Replay::of(&self.blocking, &phases, self.repeats, &sizes)
            .moving(experiment.workload.traffic(&experiment.params));
        if experiment.nature() == Nature::Deadline {
            return paragraph(DEADLINE);
        }
        if replay.guessed() == phases.iter().sum::<usize>() {
            return paragraph(UNRECORDED);
        }
        let (able, unable): (Vec<&str>, _) =
            experiment.strategies.iter().partition(|id| why_not(id, &experiment).is_none());
        let simulated: Vec<_> = able.into_iter().filter_map(|id| self.simulated(id, &experiment, &replay)).collect();
        let longest = simulated.iter().map(|(_, ms, _)| *ms).fold(0.0, f64::max);
        let figures: String =
            simulated.iter().map(|(id, ms, trace)| figure(&name(id, &experiment), *ms, trace, longest)).collect();
        let doubt = match replay.guessed() {
            0 => String::new(),
            tasks => {
                paragraph(&format!("Of {tasks} tasks nothing was recorded; they are taken to be like the others."))
            }
        };
        let refusal = |id: &str| {
            let why = why_not(id, &experiment)?;
            Some(paragraph(&format!("Not simulated: {}, because {why}.", name(id, &experiment))))
        };
        let refused: String = unable.into_iter().filter_map(refusal).collect();
        let shared =
            experiment.workload.needs_shared_memory(&experiment.params).map_or(String::new(), |_| paragraph(SHARED));
        format!("{figures}{}{refused}{shared}{doubt}", self.table(&simulated, &experiment))
    }

    /// Does the work again under one strategy.
    fn simulated(&self, id: &'static str, experiment: &Experiment, replay: &Replay) -> Option<Simulated> {
        let cost = |id: &str| self.costs.iter().find(|(known, _)| known == id).and_then(|(_, samples)| median(samples));
        let machine = Machine { costs: Costs::measured(cost), ..Machine::new(self.cores) };
        let done = perform(&machine, id, &experiment.settings, self.cores, replay).ok()?;
        Some((id, done.makespan_ms, done.trace))
    }

    fn table(&self, simulated: &[Simulated], experiment: &Experiment) -> String {
        let base = simulated.iter().find(|(id, ..)| *id == BASELINE).map(|(_, ms, _)| *ms);
        let row = |(id, ms, _): &Simulated| {
            let here = self.measured.iter().find(|(known, ..)| known == id);
            vec![
                name(id, experiment),
                duration(*ms),
                dash(base.map(|base| factor(base / ms))),
                dash(here.map(|(_, workers, ms)| format!("{} ({workers})", duration(*ms)))),
            ]
        };
        let rows: Vec<_> = simulated.iter().map(row).collect();
        let columns = ["Strategy", "Simulated", "Simulated speed-up", "Measured here (workers)"];
        let caption = match self.cores {
            1 => "Simulated: 1 core, 1 worker".to_owned(),
            cores => format!("Simulated: {cores} cores, as many workers"),
        };
        table("what-if-table", &caption, &columns, &rows)
    }
}

/// Why the work cannot be done under this strategy, simulated or not.
fn why_not(id: &str, experiment: &Experiment) -> Option<&'static str> {
    unsuited(find_as(id, &experiment.settings)?, experiment.workload, &experiment.params)
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escaped(text))
}

fn figure(name: &str, ms: f64, trace: &Trace, longest: f64) -> String {
    let pitch = LANE.min(LANE * HIGH as f64 / trace.lanes.len() as f64);
    let gap = GAP.min(pitch / 4.0);
    let scale = WIDTH / (longest * 1000.0).max(1.0);
    let mut lanes = String::new();
    for (at, lane) in trace.lanes.iter().enumerate() {
        let top = pitch * at as f64;
        for (class, cause) in CLASSES {
            let busy = lane.spans.iter().filter(|span| span.cause == cause);
            let path = stretches(busy.map(|span| [f64::from(span.start) * scale, f64::from(span.end) * scale]));
            if !path.is_empty() {
                let height = pitch - gap;
                let shape = |[from, to]: &[f64; 2]| match class {
                    "locked" => rails(*from, *to, top, height),
                    "copying" => bar(*from, *to, top + height * 0.3, height * 0.4),
                    _ => bar(*from, *to, top, height),
                };
                let shapes: String = path.iter().map(shape).collect();
                lanes += &format!("<path class=\"{class} {}\" d=\"{shapes}\"/>", colour(lane.context));
            }
        }
    }
    let many = match trace.lanes.len() {
        1 => String::new(),
        lanes => format!(" on {lanes} lanes"),
    };
    let words = escaped(&format!("{name}: {}{many}, simulated", duration(ms)));
    format!(
        "<figure class=\"simulated\"><figcaption>{words}</figcaption><svg viewBox=\"0 0 {WIDTH} {}\" \
         preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words}\">{lanes}</svg>{}</figure>",
        decimal(pitch * trace.lanes.len() as f64, 1),
        times(longest)
    )
}

/// How each cause is drawn: as on measured lanes.
const CLASSES: [(&str, Cause); 4] = [
    ("computing", Cause::Compute),
    ("waiting", Cause::Wait),
    ("locked", Cause::LockWait),
    ("copying", Cause::Transfer),
];

/// Neighbours joined, so that a lane is drawn by no more shapes than can be seen.
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
