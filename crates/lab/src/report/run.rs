//! A run in a report: what one strategy did with a number of workers.

use serde::{Deserialize, Serialize};
use strategies::trace::{Span, TaskRecord, Trace};
use strategies::{Failure, Place};
use workloads::Summary;

use super::LaneRecord;
use crate::experiment::{BASELINE, Experiment};
use crate::measure::{Numbers, lost_spans, typical};
use crate::run::Series;

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
    /// The sitting in which it ran, from 0, if the browser had no room for the workers of all strategies at once.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sitting: usize,
    /// Why its numbers must not be used, as text; `None` if they may be used. If it is there, samples and lanes are
    /// evidence only, and no number was drawn from them.
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
    /// How often each timed sample did the work, if more than once, because the clock is coarse. All times are those of
    /// one repetition; `lanes` and `heartbeat` show all repetitions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
    /// What the samples say; `None` without samples, or if the run is void.
    #[serde(flatten)]
    pub numbers: Option<Numbers>,
    /// How long starting the execution contexts took; part of `cold_ms`, and of no other time.
    #[serde(default)]
    pub startup_ms: Option<f64>,
    /// The whole answer, as text.
    #[serde(default)]
    pub answer: Option<String>,
    /// The whole answer; none before schema 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// How much was done in a second, if the work can be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The bytes of each task's input and answer, by its number: what a process would receive and send. Empty if they
    /// are not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<[u32; 2]>,
    /// The most that the clocks of the page and of its workers differed after a timed sample; `None` if they did not
    /// differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clocks_apart_ms: Option<f64>,
    /// The number of spans of timed samples that did not fit into their buffers.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_spans: u32,
    /// What each task of the sample that is shown got done in each millisecond, one row for each task; empty if the
    /// workload does not count that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity: Vec<Vec<u32>>,
    /// Which sample `lanes` and `heartbeat` show: the one nearest the median.
    #[serde(default)]
    pub typical: Option<usize>,
    /// From the beginning of that sample to its last answer, in microseconds; `None` before schema 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub makespan: Option<u32>,
    /// The execution contexts of that sample.
    #[serde(default)]
    pub lanes: Vec<LaneRecord>,
    /// What became of each task of that sample, by its number, in microseconds; empty where nothing was recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<TaskRecord>,
    /// The page's heartbeat during that sample.
    #[serde(default)]
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

impl Run {
    pub(super) fn of(series: &Series, baseline: Option<&Series>, experiment: &Experiment, hidden: bool) -> Self {
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

    /// Whether it is the run of blocking, with which others are compared wherever it ran.
    pub fn is_blocking(&self) -> bool {
        self.strategy == BASELINE
    }

    /// Whether none of its tasks ran on the page's own thread: if the page froze all the same, they did not hold it up.
    pub fn left_the_page_alone(&self) -> bool {
        strategies::find(&self.strategy).is_some_and(|strategy| strategy.meta().place != Place::Page)
    }

    /// Whether it could not run.
    pub fn could_not_run(&self) -> bool {
        self.refusal.is_some() || self.unavailable.is_some()
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

impl Rate {
    /// The rate of a run; `None` if its workload gives no amount.
    fn of(experiment: &Experiment, numbers: &Numbers) -> Option<Self> {
        let volume = || experiment.workload.volume(&experiment.params).map(|volume| volume.amount);
        let amount = numbers.done.as_ref().map(|done| done.median).or_else(volume)?;
        if numbers.median_ms <= 0.0 {
            return None; // a coarse clock may not move at all meanwhile
        }
        Some(Self { value: amount / numbers.median_ms * 1000.0, unit: experiment.workload.info().unit?.into() })
    }
}

fn is_zero<T: Default + PartialEq>(count: &T) -> bool {
    *count == T::default()
}

fn clocks_apart_ms(samples: &[Trace]) -> Option<f64> {
    let farthest = samples.iter().map(|trace| trace.clocks_apart).max();
    farthest.filter(|apart| *apart > 0).map(|apart| f64::from(apart) / 1000.0)
}
