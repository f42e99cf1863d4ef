//! What follows a run: the report, its words, its tables and charts, made from what was measured.
//!
//! The page asks the analyst, a second program beside it, which depends on this crate and on no browser: what is loaded
//! before anything can run stays small, and the page keeps responding while intervals are computed. Invariant: an
//! answer depends on its question alone, and what is shown of a run on its report alone.

mod decide;
pub mod message;

use lab::experiment::{ClaimedCores, parse};
use lab::report::{Machine, Report, Unreadable};
use lab::run::Series;
use pictures::costs::{CostFigure, MeasuredCosts};
use pictures::decision::Change;
use pictures::what_if::WhatIf;
use pictures::{Reveal, Shown, Table};
use predict::{Guess, Question};
use serde::{Deserialize, Serialize};
use strategies::costs::Cost;
use words::Catalogue;

pub use self::decide::{DecidedProject, Looked, PROJECT, Pairs, ProjectInput, ProjectQuestion};

/// A question, and the language in which it is to be answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnalystQuestion {
    /// The text of the language's file; English if it is `None`.
    pub language: Option<String>,
    /// What is asked.
    pub about: About,
}

/// What the page asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum About {
    /// What does this run mean?
    Run(Box<FinishedRun>),
    /// What does this report, as JSON, show?
    Report(String),
    /// What if there were more cores?
    WhatIf {
        /// The report, as JSON.
        report: String,
        /// How many cores the simulated machine has, and how many workers each strategy gets.
        cores: usize,
        /// The measured costs of this machine; those that were not measured are missing.
        costs: Vec<Cost>,
    },
    /// What do things cost?
    Costs(MeasuredCosts),
    /// Was this guess right?
    Guess(Box<GuessToMark>),
    /// Which approach fits this project?
    Decide(Box<ProjectQuestion>),
    /// What would change that?
    Change(Box<Looked>),
    /// How does this run of a project's smaller copy compare with what was expected?
    Check {
        /// The project.
        asked: Box<ProjectQuestion>,
        /// The report, as JSON.
        report: String,
    },
}

impl About {
    /// Whether answering may take seconds, so that other questions should not have to wait for it.
    pub fn takes_long(&self) -> bool {
        match self {
            Self::Change(_) => true,
            Self::Decide(asked) => asked.closer,
            _ => false,
        }
    }
}

/// A guess, and the run that marks it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GuessToMark {
    /// What was asked.
    pub question: Question,
    /// What was guessed.
    pub guess: Guess,
    /// Which of the question's reasons was given, by its place; `None` if none was.
    pub reason: Option<usize>,
    /// The run's report, as JSON.
    pub report: String,
}

/// A run that is over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FinishedRun {
    /// The experiment's pairs.
    pub experiment: Vec<(String, String)>,
    /// The machine on which it ran.
    pub machine: Machine,
    /// When it was made, in ISO 8601.
    pub made: String,
    /// What was measured.
    pub series: Vec<Series>,
}

/// What the analyst answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum AnalystAnswer {
    /// What a run, or a report, shows.
    Shown(Box<Reported>),
    /// Why a file cannot be read as a report.
    Unreadable(Unreadable),
    /// What a machine with another number of cores would do.
    WhatIf(WhatIf),
    /// What things cost: the report, as JSON, and the table.
    Costs {
        /// The report.
        report: String,
        /// The table.
        table: Table,
        /// The numbers alone.
        figures: Vec<CostFigure>,
    },
    /// How the guess was marked.
    Revealed(Reveal),
    /// The decision for a project.
    Decided(Box<DecidedProject>),
    /// A change with which another approach wins, and the same as JSON; `None` if there is none at the place asked
    /// about.
    Change(Option<(Change, String)>),
    /// What was expected beside what was measured, and which of it is doubtful.
    Checked {
        /// The expected and the measured times, side by side.
        table: Table,
        /// What to conclude from them, as sentences.
        says: Vec<String>,
    },
}

/// A report, and all that is shown of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// The report, as JSON.
    pub report: String,
    /// What is shown of it.
    pub shown: Shown,
}

/// Answers a question; both are [messages](message). The answer to a question of another build is empty.
pub fn answer(question: &[u8]) -> Vec<u8> {
    let answer = message::read(question).map(AnalystQuestion::answer);
    words::speak(None);
    answer.map_or_else(Vec::new, |answer| message::write(&answer))
}

impl AnalystQuestion {
    /// The answer, in the question's language.
    pub fn answer(self) -> AnalystAnswer {
        words::speak(self.language.as_deref().map(Catalogue::read));
        match self.about {
            About::Run(run) => AnalystAnswer::Shown(Box::new(Reported::of(&run.report()))),
            About::Report(text) => match Report::from_json(&text) {
                Ok(report) => AnalystAnswer::Shown(Box::new(Reported { report: text, shown: Shown::of(&report) })),
                Err(why) => AnalystAnswer::Unreadable(why),
            },
            About::WhatIf { report, cores, costs } => match Report::from_json(&report) {
                Ok(report) => AnalystAnswer::WhatIf(WhatIf::of(&report, cores, &costs)),
                Err(why) => AnalystAnswer::Unreadable(why),
            },
            About::Guess(guessed) => match Report::from_json(&guessed.report) {
                Ok(report) => {
                    AnalystAnswer::Revealed(Reveal::of(&guessed.question, &guessed.guess, guessed.reason, &report))
                }
                Err(why) => AnalystAnswer::Unreadable(why),
            },
            About::Decide(asked) => AnalystAnswer::Decided(Box::new(asked.decided())),
            About::Change(looked) => AnalystAnswer::Change(looked.change()),
            About::Check { asked, report } => match asked.checked(&report) {
                Ok((table, says)) => AnalystAnswer::Checked { table, says },
                Err(why) => AnalystAnswer::Unreadable(why),
            },
            About::Costs(measured) => {
                let report = measured.report();
                let text = serde_json::to_string(&report).expect("a report is plain data with text keys");
                AnalystAnswer::Costs { report: text, table: report.table(), figures: report.figures() }
            }
        }
    }
}

impl FinishedRun {
    /// The report, with its English texts.
    fn report(self) -> Report {
        let (experiment, ..) = parse(self.experiment, ClaimedCores(self.machine.claimed_cores));
        let mut report = Report::of(&experiment, self.machine, Some(self.made), &self.series);
        words::tell(&mut report);
        report
    }
}

impl Reported {
    /// Shows what the JSON says, in which the last bit of a number may differ: so a report from a file looks the same.
    fn of(report: &Report) -> Self {
        let text = report.to_json();
        let shown = Report::from_json(&text).map_or_else(|_| Shown::of(report), |written| Shown::of(&written));
        Self { report: text, shown }
    }
}
