//! The report: the one result of a run. The page draws it, decks receive it, files hold it, verdicts are drawn from it.
//!
//! Its shape is a contract with files that are already on disks and decks that are already written: [`SCHEMA`] rises
//! whenever a field changes its meaning or goes away; a new optional field does not raise it. Schema 2 has, beside each
//! English text of schema 1, the data that the text was made from; a report of schema 1 is read and shows its own texts.
//! Times are milliseconds, but microseconds within `lanes` and `heartbeat`.
//!
//! Invariant: nothing here makes a sentence. Texts are empty until `words` fills them in.

mod lanes;
mod machine;
mod recording;

pub use lanes::LaneRecord;
pub use machine::{IsolationRecord, Machine};
pub use recording::Recording;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use strategies::trace::{Span, TaskRecord, Trace};
use strategies::{Failure, Memory, Parallelism, Place};
use workloads::Summary;

use crate::experiment::{BASELINE, ClaimedCores, Experiment};
use crate::measure::scaling::{Curve, curves};
use crate::measure::{Numbers, Ratio, baseline_of, lost_spans, ratio, typical};
use crate::run::Series;
use crate::verdict::{Evidence, Verdict};

/// The version of the report's shape.
pub const SCHEMA: u32 = 2;

/// One run of an experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`], or an older one.
    pub schema: u32,
    /// When it was made, as ISO 8601 writes a date and a time in UTC; none before schema 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// What was run, by the URL's keys, numbers as numbers, `strategies` as a list: what `lanes:run` takes.
    pub experiment: Map<String, Value>,
    /// Where it ran.
    pub machine: Machine,
    /// One for each strategy, in the experiment's order; in a sweep, one for each number of workers.
    pub runs: Vec<Run>,
    /// What more workers brought, one curve for each strategy of a sweep; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scaling: Vec<Curve>,
    /// What it means.
    pub verdict: Verdict,
}

/// What one strategy did with a number of workers. What was not measured is absent, never 0.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The strategy's id. A file may name one that this version does not know.
    pub strategy: String,
    /// How many execution contexts did the work.
    pub workers: usize,
    /// Why it could not run, as text, if it could not; then nothing else is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<String>,
    /// Why it could not run; none before schema 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Failure>,
    /// In which sitting it ran, from 0, where the browser had no room for the workers of all strategies at once.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sitting: usize,
    /// Why its numbers must not be used, as text, if they must not; then its samples and lanes are evidence, and no number
    /// was drawn from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<String>,
    /// Makespan of the first run, before anything was warm; the start-up is part of it.
    #[serde(default)]
    pub cold_ms: Option<f64>,
    /// Makespans of the timed samples, in order.
    #[serde(default)]
    pub samples_ms: Vec<f64>,
    /// How many timed samples were taken again, because the whole machine had stood still.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retaken: usize,
    /// How often each timed sample did the work, if more than once, because the clock is coarse. All times are of one
    /// time; `lanes` and `heartbeat` show all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
    /// What the samples say; none where there are none, or where the run is void.
    #[serde(flatten)]
    pub numbers: Option<Numbers>,
    /// What starting the execution contexts took; no part of any other time.
    #[serde(default)]
    pub startup_ms: Option<f64>,
    /// The whole answer, as text.
    #[serde(default)]
    pub answer: Option<String>,
    /// The whole answer; none before schema 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// How much was done in a second, if the workload can be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The bytes of each task's input and answer, by its number, if they were told: what a process would be sent and send.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<[u32; 2]>,
    /// The farthest that the clocks of the page and of its workers were apart after a timed sample, if they came apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clocks_apart_ms: Option<f64>,
    /// Spans of timed samples that did not fit into their buffers.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_spans: u32,
    /// What each task of the sample that is shown got done in each millisecond, a row a task, if the workload counts that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity: Vec<Vec<u32>>,
    /// Which sample `lanes` and `heartbeat` show: the one nearest the median.
    #[serde(default)]
    pub typical: Option<usize>,
    /// From that sample's begin to its last answer, in microseconds; none before schema 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub makespan: Option<u32>,
    /// The execution contexts of that sample.
    #[serde(default)]
    pub lanes: Vec<LaneRecord>,
    /// What became of each task of that sample, by its number, in microseconds; empty where nothing was recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<TaskRecord>,
    /// The page's pulse during that sample.
    #[serde(default)]
    pub heartbeat: Vec<Span>,
}

fn is_zero<T: Default + PartialEq>(count: &T) -> bool {
    *count == T::default()
}

fn clocks_apart_ms(samples: &[Trace]) -> Option<f64> {
    let farthest = samples.iter().map(|trace| trace.clocks_apart).max();
    farthest.filter(|apart| *apart > 0).map(|apart| f64::from(apart) / 1000.0)
}

/// How much is done in a second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// How much, in `unit`.
    pub value: f64,
    /// What is counted: `GB`, `requests`, ...
    pub unit: String,
}

/// A run with its numbers, which may be talked about.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its numbers.
    pub numbers: &'a Numbers,
}

impl Report {
    /// Measures and judges a run. Texts are left empty.
    pub fn of(experiment: &Experiment, machine: Machine, made: Option<String>, series: &[Series]) -> Self {
        let ran = series.iter().filter(|series| !series.samples.is_empty());
        let baseline = baseline_of(ran, |series| series.is_blocking());
        let runs: Vec<_> = series.iter().map(|series| Run::of(series, baseline, experiment, machine.hidden)).collect();
        let scaling = if machine.hidden { Vec::new() } else { curves(series, machine.claimed_cores) };
        let verdict = Verdict::of(&Evidence { experiment, runs: &runs, scaling: &scaling, machine: &machine });
        Self { schema: SCHEMA, made, experiment: experiment.to_json(), machine, runs, scaling, verdict }
    }

    /// The report as JSON text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report is plain data with text keys")
    }

    /// The report that this JSON text holds, of this schema or an older one; or that a recording of CPython comes to.
    ///
    /// # Errors
    /// Why it is none that can be read.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        let value: Value = serde_json::from_str(text).map_err(|_| Unreadable::NoJson)?;
        if let Some(recorded) = Recording::of(&value).and_then(|recording| recording.report()) {
            return Ok(recorded);
        }
        let schema = value.get("schema").and_then(Value::as_u64).ok_or(Unreadable::NoReport)?;
        let report = value.get("runs").is_some() && value.get("machine").is_some();
        if !report {
            return Err(Unreadable::NoReport);
        }
        let known = serde_json::from_value(value);
        known.map_err(|error| match schema {
            newer if newer > u64::from(SCHEMA) => Unreadable::Newer(newer),
            _ => Unreadable::Damaged(error.to_string()),
        })
    }

    /// What was run, as far as this version knows its words.
    pub fn what_ran(&self) -> Experiment {
        let cores = ClaimedCores(self.machine.claimed_cores);
        Experiment::from_json(&Value::Object(self.experiment.clone()), cores).0
    }

    /// The run of a strategy that is shown where there is room for one: the one with the most workers.
    pub fn shown(&self, strategy: &str) -> Option<&Run> {
        self.runs.iter().rev().find(|run| run.strategy == strategy)
    }

    /// Whether a real CPython made it: then nothing in it is modelled.
    pub fn is_of_cpython(&self) -> bool {
        self.machine.engine.starts_with(recording::CPYTHON)
    }

    /// The ids of all strategies, in order, each once.
    pub fn strategies(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for run in &self.runs {
            if !ids.contains(&run.strategy.as_str()) {
                ids.push(&run.strategy);
            }
        }
        ids
    }

    /// What every other run is compared with, if anything is compared. Where blocking did not run, older reports compared
    /// nothing.
    pub fn baseline(&self) -> Option<&Run> {
        let once = |run: &&Run| {
            let versus = run.numbers.as_ref().and_then(Numbers::versus_baseline);
            versus == Some(Ratio { value: 1.0, ci95: None })
        };
        baseline_of(self.runs.iter().filter(|run| run.numbers.is_some()), |run| run.is_blocking()).filter(once)
    }

    /// What happened in the sample of this run that is shown, by the clock of this report's machine.
    pub fn trace(&self, run: &Run) -> Option<Trace> {
        let clock_step = (self.machine.timer_resolution_ms * 1000.0).round() as u32;
        run.trace().map(|trace| Trace { clock_step, ..trace })
    }

    /// Blocking's run, if it has numbers.
    pub fn blocking(&self) -> Option<&Run> {
        self.runs.iter().find(|run| run.is_blocking() && run.numbers.is_some())
    }
}

/// Why a file is no report that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unreadable {
    /// It is no JSON at all.
    NoJson,
    /// It is JSON, but of something else.
    NoReport,
    /// It is of this newer schema, and what it has cannot be read.
    Newer(u64),
    /// It calls itself a report, but something in it makes no sense.
    Damaged(String),
}

impl Run {
    fn of(series: &Series, baseline: Option<&Series>, experiment: &Experiment, hidden: bool) -> Self {
        let ran = series.unavailable.is_none();
        let numbers = Numbers::of(series, baseline).filter(|_| !hidden);
        let sample = if hidden { (!series.samples.is_empty()).then_some(0) } else { typical(series) };
        let shown = sample.and_then(|sample| series.samples.get(sample));
        Self {
            strategy: series.id.strategy.meta().id.into(),
            workers: series.id.workers,
            refusal: series.unavailable.clone(),
            sitting: series.sitting,
            cold_ms: series.cold.as_ref().map(|trace| f64::from(trace.makespan) / 1000.0),
            samples_ms: series.samples_ms(),
            retaken: series.retaken,
            repeats: Some(series.repeats).filter(|repeats| *repeats > 1),
            startup_ms: ran.then_some(series.startup_ms),
            summary: series.answer.clone(),
            rate: numbers.as_ref().and_then(|numbers| Rate::of(experiment, numbers)),
            sizes: series.sizes.clone(),
            clocks_apart_ms: clocks_apart_ms(&series.samples),
            lost_spans: lost_spans(&series.samples),
            activity: sample.and_then(|sample| series.activity.get(sample)).cloned().unwrap_or_default(),
            typical: sample.filter(|_| shown.is_some()),
            makespan: shown.map(|trace| trace.makespan),
            lanes: shown.map_or_else(Vec::new, |trace| trace.lanes.iter().map(LaneRecord::of).collect()),
            tasks: shown.map_or_else(Vec::new, |trace| trace.tasks.clone()),
            heartbeat: shown.map_or_else(Vec::new, |trace| trace.heartbeat.clone()),
            numbers,
            ..Self::default()
        }
    }

    /// Whether it is blocking's, which others are compared with wherever it ran.
    pub fn is_blocking(&self) -> bool {
        self.strategy == BASELINE
    }

    /// Whether none of its tasks ran on the page's own thread: where the page froze all the same, they did not hold it up.
    pub fn left_the_page_alone(&self) -> bool {
        strategies::find(&self.strategy).is_some_and(|strategy| strategy.meta().place != Place::Page)
    }

    /// Whether it could not run.
    pub fn could_not_run(&self) -> bool {
        self.refusal.is_some() || self.unavailable.is_some()
    }

    /// The run with its numbers, if it has any.
    pub fn measured(&self) -> Option<Measured<'_>> {
        Some(Measured { run: self, numbers: self.numbers.as_ref()? })
    }

    /// How often each timed sample did the work.
    pub fn times(&self) -> usize {
        self.repeats.unwrap_or(1).max(1)
    }

    /// What happened in the sample that is shown, if there is one.
    pub fn trace(&self) -> Option<Trace> {
        let typical = self.typical?;
        let makespan = self.makespan.or_else(|| {
            let milliseconds = self.samples_ms.get(typical)? * self.times() as f64;
            Some((milliseconds * 1000.0).round() as u32)
        });
        let lanes = self.lanes.iter().map(LaneRecord::lane).collect();
        let (tasks, heartbeat) = (self.tasks.clone(), self.heartbeat.clone());
        Some(Trace { makespan: makespan?, lanes, tasks, heartbeat, ..Trace::default() })
    }
}

impl Measured<'_> {
    /// How many times as fast it was as another of the same report or, where the time was set, as much got done. `None` where
    /// that cannot be told.
    pub fn against(&self, other: &Measured) -> Option<Ratio> {
        match (&self.numbers.done, &other.numbers.done) {
            (Some(own), Some(done)) => ratio(&own.samples, &done.samples),
            _ => ratio(&other.run.samples_ms, &self.run.samples_ms),
        }
    }

    /// What of the work its workers may compute at the same time.
    pub fn parallelism(&self, experiment: &Experiment) -> Parallelism {
        experiment.parallelism(&self.run.strategy)
    }

    /// Whether its workers have memories of their own, so that what they work on is copied.
    pub fn isolated(&self) -> bool {
        let strategy = strategies::find(&self.run.strategy);
        strategy.is_some_and(|strategy| strategy.meta().memory == Memory::Isolated)
    }
}

impl Rate {
    /// The rate of a run; `None` if its workload says no amount.
    fn of(experiment: &Experiment, numbers: &Numbers) -> Option<Self> {
        let volume = || experiment.workload.volume(&experiment.params).map(|volume| volume.amount);
        let amount = numbers.done.as_ref().map(|done| done.median).or_else(volume)?;
        if numbers.median_ms <= 0.0 {
            return None; // a coarse clock may not move at all meanwhile
        }
        Some(Self { value: amount / numbers.median_ms * 1000.0, unit: experiment.workload.info().unit?.into() })
    }
}
