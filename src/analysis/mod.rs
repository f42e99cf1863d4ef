//! What comes after a run: numbers, words, tables and charts, made from what was measured.
//!
//! The page asks the analyst, a second binary beside it, which knows this layer and no browser: what is loaded before
//! anything can run stays small, and the page stays alive while intervals are computed. Invariant: an answer depends on
//! its question alone.

mod activity;
pub mod costs;
mod html;
mod lanes;
mod results;
mod scaling;
mod times;
pub mod what_if;
pub mod words;

pub use html::escaped;
pub use lanes::COLOURS as LANE_COLOURS;

use serde::{Deserialize, Serialize};

use crate::experiment::{Catalogue, Experiment};
use crate::measure::Results;
use crate::report::{Isolation, Report};
use crate::strategy;
use crate::trace::Series;
use crate::verdict::{Conditions, Finding};

/// What the page asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Question {
    /// What does this run mean?
    Run(Run),
    /// What if there were N cores?
    WhatIf(what_if::WhatIf),
    /// What do things cost?
    Costs(costs::Measured),
}

/// A run that is over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// The experiment's pairs.
    pub experiment: Vec<(String, String)>,
    /// The circumstances.
    pub conditions: Conditions,
    /// Whether memory could be shared, and why or why not.
    pub shared_memory: (bool, String),
    /// The browser's engine.
    pub engine: String,
    /// What was measured.
    pub series: Vec<Series>,
}

/// What the analyst answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// What a run means.
    Run(Findings),
    /// What there would be, as HTML.
    WhatIf(String),
    /// What things cost.
    Costs(costs::Costs),
    /// The question made no sense: page and analyst are of different versions.
    Garbled,
}

/// What a run means.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// The report, as JSON.
    pub report: String,
    /// The numbers.
    pub results: Results,
    /// The one sentence.
    pub headline: String,
    /// What else was found.
    pub findings: Vec<String>,
    /// Why to be careful with it.
    pub caveats: Vec<String>,
    /// Charts of what no lane shows, as HTML; empty if there are none.
    pub charts: String,
    /// The tables, as HTML: the results, and what each lane did.
    pub tables: [String; 2],
}

/// Answers a question; both are what postcard makes of them.
pub fn answer(question: &[u8]) -> Vec<u8> {
    let answer = match postcard::from_bytes(question) {
        Ok(Question::Run(run)) => Answer::Run(run.findings()),
        Ok(Question::WhatIf(what_if)) => Answer::WhatIf(what_if.html()),
        Ok(Question::Costs(measured)) => Answer::Costs(measured.report()),
        Err(_) => Answer::Garbled,
    };
    postcard::to_allocvec(&answer).expect("answers are plain data")
}

/// Everything that is legal on a machine with so many claimed cores.
pub fn catalogue(claimed_cores: usize) -> Catalogue {
    let all = || strategy::ALL.iter().map(|strategy| strategy.meta());
    Catalogue {
        strategies: all().map(|meta| meta.id).collect(),
        opening: all().filter(|meta| meta.opening).map(|meta| meta.id).collect(),
        settings: strategy::params(),
        claimed_cores,
    }
}

impl Run {
    fn findings(self) -> Findings {
        let Self { experiment, conditions, shared_memory: (shared_memory, how), engine, series } = self;
        let (experiment, _) = Experiment::parse(experiment, &catalogue(conditions.claimed_cores));
        let isolation = Isolation { shared_memory, how };
        let results = Results::of(&series);
        let report = Report::assemble(&experiment, &conditions, isolation, engine, &series, &results);
        let results = if conditions.hidden { Results::default() } else { results };
        let headline = report.verdict.headline().map(|said| said.text.clone()).unwrap_or_else(|| "Done.".into());
        let others = |said: &[Finding]| {
            said.iter().map(|said| said.text.clone()).filter(|text| *text != headline).collect::<Vec<_>>()
        };
        Findings {
            findings: others(&report.verdict.findings),
            caveats: others(&report.verdict.caveats),
            charts: format!(
                "{}{}",
                scaling::charts(&report.scaling, &experiment),
                activity::charts(&results, &series, &experiment)
            ),
            tables: [results::results(&results, &series, &experiment), lanes::lanes(&results, &series, &experiment)],
            report: report.to_json(),
            headline,
            results,
        }
    }
}
