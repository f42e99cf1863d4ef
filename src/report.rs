//! The report: one run in full, as people download it and as decks receive it.
//!
//! One serde type serves the download, the share link, the export and the messages. Its shape is a contract with
//! files that are already on disks and decks that are already written: `SCHEMA` rises whenever a field changes its
//! meaning or goes away; a new optional field does not raise it. Times are milliseconds, but microseconds within
//! `lanes` and `heartbeat`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::experiment::Experiment;
use crate::measure::scaling::{Curve, curves};
use crate::measure::{Interval, Measurement, Ratio, Results};
use crate::trace::{Context, Lane, Series, Span};
use crate::verdict::{Conditions, Evidence, Verdict};

/// The version of the report's shape.
pub const SCHEMA: u32 = 1;

/// Why every run of a report is void if the tab was hidden.
const HIDDEN: &str = "the tab was hidden during the run";

/// One run of an experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Every setting by the URL's keys, numbers as numbers, `strategies` as a list: what `lanes:run` takes.
    pub experiment: Map<String, Value>,
    /// Where it ran.
    pub machine: Machine,
    /// One for each strategy, in the experiment's order; in a sweep, one for each number of workers.
    pub runs: Vec<Run>,
    /// What more workers brought, one curve for each strategy of a sweep; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scaling: Vec<Curve>,
    /// What it means, in words.
    pub verdict: Verdict,
}

/// The machine and the browser, as far as a page can know them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// What `navigator.hardwareConcurrency` claims.
    pub claimed_cores: usize,
    /// Whether memory can be shared between workers.
    pub isolation: Isolation,
    /// The smallest step of the page's clock that was seen.
    pub timer_resolution_ms: f64,
    /// The browser's engine and version, as far as it tells.
    pub engine: String,
    /// How long the same fixed spin took before and after the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration_ms: Option<[f64; 2]>,
    /// Whether it ran on battery, if the browser says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_battery: Option<bool>,
}

/// Whether the page may share memory with its workers, and why it may or may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Isolation {
    /// Whether a shared memory reached a worker.
    pub shared_memory: bool,
    /// How that came: by headers, by a service worker, or why not.
    pub how: String,
}

/// What one strategy did. What was not measured is absent or `null`, never 0.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The strategy's id.
    pub strategy: String,
    /// How many execution contexts did the work.
    pub workers: usize,
    /// Why it could not run, if it could not; then nothing else is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<String>,
    /// Why its numbers must not be used, if they must not; then its samples and lanes are evidence, and no number was
    /// drawn from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<String>,
    /// Makespan of the first run, before anything was warm.
    pub cold_ms: Option<f64>,
    /// Makespans of the timed samples, in order.
    pub samples_ms: Vec<f64>,
    /// How often each timed sample did the work, if more than once, because the clock is coarse. All times are of one
    /// time; `lanes` and `heartbeat` show all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
    /// Their median.
    pub median_ms: Option<f64>,
    /// The median's 95 % bootstrap interval.
    pub ci95_ms: Option<Interval>,
    /// How many times as fast as blocking.
    pub speedup: Option<f64>,
    /// The speed-up's 95 % bootstrap interval.
    pub speedup_ci95: Option<Interval>,
    /// Speed-up by workers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub efficiency: Option<f64>,
    /// How much was done in a second, if the workload can be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// How many times as much as under blocking got done, where the time was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Ratio>,
    /// Share of its lanes' time spent computing, 0 to 1.
    pub utilisation: Option<f64>,
    /// The longest that the page went without a beat.
    pub longest_freeze_ms: Option<f64>,
    /// What starting the execution contexts took; no part of any other time.
    pub startup_ms: Option<f64>,
    /// The whole answer in words.
    pub answer: Option<String>,
    /// What each task of that sample got done in each millisecond, a row a task, if the workload counts that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity: Vec<Vec<u32>>,
    /// Which sample `lanes` and `heartbeat` show: the one nearest the median.
    pub typical: Option<usize>,
    /// The execution contexts of that sample.
    pub lanes: Vec<LaneRecord>,
    /// The page's pulse during that sample.
    pub heartbeat: Vec<Span>,
}

/// How much is done in a second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// How much, in `unit`.
    pub value: f64,
    /// What is counted: `GB`, `requests`, ...
    pub unit: String,
}

impl Rate {
    /// The rate of a measurement; `None` if its workload says no amount.
    pub fn of(experiment: &Experiment, measurement: &Measurement) -> Option<Self> {
        let volume = || experiment.workload.volume(&experiment.params).map(|volume| (volume.amount, volume.unit));
        let (amount, unit) = measurement.done.as_ref().map(|done| (done.median, "rounds")).or_else(volume)?;
        Some(Self { value: amount / measurement.median_ms * 1000.0, unit: unit.into() })
    }
}

/// One row of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LaneRecord {
    /// `page`, `thread`, `process` or `loop`.
    pub kind: String,
    /// Which thread or process, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// What it did, in order of start.
    pub spans: Vec<Span>,
    /// How many spans did not fit into the buffer.
    pub lost: u32,
}

impl LaneRecord {
    fn of(lane: &Lane) -> Self {
        let (kind, index) = match lane.context {
            Context::Page => ("page", None),
            Context::Loop => ("loop", None),
            Context::Thread(index) => ("thread", Some(index)),
            Context::Process(index) => ("process", Some(index)),
        };
        Self { kind: kind.into(), index, spans: lane.spans.clone(), lost: lane.lost }
    }
}

impl Report {
    /// The report as JSON text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report is plain data with text keys")
    }

    /// Measures and judges a run.
    pub fn assemble(
        experiment: &Experiment,
        conditions: &Conditions,
        isolation: Isolation,
        engine: impl Into<String>,
        run: &[Series],
        results: &Results,
    ) -> Self {
        let scaling = if conditions.hidden { Vec::new() } else { curves(run, conditions.claimed_cores) };
        let run_of = |series: &Series| Run::of(series, results, experiment, conditions.hidden);
        Self {
            schema: SCHEMA,
            experiment: experiment.to_json(),
            machine: Machine {
                claimed_cores: conditions.claimed_cores,
                isolation,
                timer_resolution_ms: conditions.timer_resolution_ms,
                engine: engine.into(),
                calibration_ms: conditions.calibration_ms,
                on_battery: conditions.on_battery,
            },
            runs: run.iter().map(run_of).collect(),
            verdict: Verdict::of(&Evidence { experiment, results, scaling: &scaling, conditions }),
            scaling,
        }
    }
}

impl Run {
    fn of(series: &Series, results: &Results, experiment: &Experiment, hidden: bool) -> Self {
        let facts = Self::facts(series);
        match results.get(&series.strategy, series.workers) {
            Some(_) if hidden => Self { void: Some(HIDDEN.into()), ..facts },
            Some(measurement) => Self {
                rate: Rate::of(experiment, measurement),
                ..facts.with_numbers(measurement).showing(series, measurement.typical)
            },
            None => facts,
        }
    }

    /// What needs no measuring.
    fn facts(series: &Series) -> Self {
        let ran = series.unavailable.is_none();
        let facts = Self {
            strategy: series.strategy.clone(),
            workers: series.workers,
            unavailable: series.unavailable.clone(),
            cold_ms: series.cold.as_ref().map(|trace| f64::from(trace.makespan) / 1000.0),
            samples_ms: series.samples_ms(),
            startup_ms: ran.then_some(series.startup_ms),
            answer: series.answer.clone(),
            repeats: Some(series.repeats).filter(|repeats| *repeats > 1),
            ..Self::default()
        };
        facts.showing(series, 0)
    }

    fn with_numbers(self, measurement: &Measurement) -> Self {
        Self {
            median_ms: Some(measurement.median_ms),
            ci95_ms: measurement.ci95_ms,
            speedup: measurement.speedup.map(|ratio| ratio.value),
            speedup_ci95: measurement.speedup.and_then(|ratio| ratio.ci95),
            efficiency: measurement.efficiency(),
            output: measurement.done.as_ref().and_then(|done| done.times),
            utilisation: measurement.utilisation,
            longest_freeze_ms: measurement.longest_freeze_ms,
            ..self
        }
    }

    /// With the lanes of this sample, if there is one.
    fn showing(self, series: &Series, sample: usize) -> Self {
        let Some(trace) = series.samples.get(sample) else { return self };
        Self {
            typical: Some(sample),
            activity: series.activity.get(sample).cloned().unwrap_or_default(),
            lanes: trace.lanes.iter().map(LaneRecord::of).collect(),
            heartbeat: trace.heartbeat.clone(),
            ..self
        }
    }
}
