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
mod measured;
mod read;
mod recording;
mod run;

pub use lanes::LaneRecord;
pub use machine::{IsolationRecord, Machine};
pub use measured::Measured;
pub use read::Unreadable;
pub use recording::Recording;
pub use run::{Rate, Run};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use strategies::trace::Trace;

use crate::experiment::{ClaimedCores, Experiment};
use crate::measure::scaling::{Curve, curves};
use crate::measure::{Numbers, Ratio, baseline_of};
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
