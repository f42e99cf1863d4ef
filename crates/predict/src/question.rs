//! A question: what is asked, the kind of its answer, and the reasons that a visitor may give.
//!
//! A question is written as pairs of a key and a value, so that a part of a text, an attribute of a page and a test all
//! write it in the same way. Some keys may be repeated.
//!
//! ```text
//! ask       the sentence
//! of        the measure (`speedup threads blocking`, ...)
//! option    `word: label`, once for each option; a word is what the measure comes to
//! axis      `from to`, or `from to log`
//! because   `label | reply`, once for each reason; the reply is said after the run
//! mistaken  the same, for the reason that is a known misconception; one at most
//! try       `query | label`, once for each change after which a wrong guess might be right; the query is the change
//! lasts     about how many seconds the run takes, where that is more than one expects to wait
//! ```

use serde::{Deserialize, Serialize};

use crate::axis::{Axis, AxisScale};
use crate::measure::{LEGAL, Measure, MeasureShape, SAME, Unit, YES_NO};
use crate::number::{read_number, write_number};

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The sentence.
    pub ask: String,
    /// The measure that it asks about.
    pub of: Measure,
    /// The kind of its answer.
    pub kind: AnswerKind,
    /// The reasons that may be given.
    pub reasons: Vec<Reason>,
    /// Changes of the experiment after which a wrong guess might be right: each a query, and its label.
    pub tries: Vec<(String, String)>,
    /// About how many seconds the run takes; `None` if the question does not say.
    pub lasts: Option<u32>,
}

/// The kinds of answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AnswerKind {
    /// One of these words, each with its label.
    Pick(Vec<(String, String)>),
    /// A point on an axis.
    Point(Axis),
    /// These words, each with its label, put in order.
    Rank(Vec<(String, String)>),
    /// Yes or no for each of these words, each with its label.
    Sort(Vec<(String, String)>),
    /// A point for each number of workers.
    Curve(Axis),
}

/// A reason that may be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The reason.
    pub label: String,
    /// The reply to it, given after the run.
    pub reply: String,
    /// Whether it is a known misconception.
    pub mistaken: bool,
}

/// Why pairs do not make a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// An unknown key.
    Unknown(String),
    /// A key that is missing.
    Missing(&'static str),
    /// A key, a value that it cannot have, and the legal values, in words.
    Illegal(&'static str, String, String),
}

/// Legal axes, in words.
const AXES: &str = "two numbers, the lesser first, and perhaps `log`, for which both are above 0";
/// Legal reasons, in words.
const REASONS: &str = "a reason, ` | `, and what is said of it after the run";

/// Legal lengths of a run, in words.
const SECONDS: &str = "whole seconds";

/// Legal changes, in words.
const TRIES: &str = "keys of the experiment with their new values, ` | `, and what that changes";

impl Question {
    /// Reads a question from its pairs.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Flaw> {
        let (mut ask, mut of, mut axis, mut lasts) = (None, None, None, None);
        let (mut options, mut reasons, mut tries) = (Vec::new(), Vec::new(), Vec::new());
        for (key, value) in pairs {
            match key {
                "ask" => ask = Some(value.to_owned()),
                "of" => of = Some(Measure::read(value).ok_or_else(|| illegal("of", value, LEGAL))?),
                "axis" => axis = Some(read_axis(value).ok_or_else(|| illegal("axis", value, AXES))?),
                "lasts" => lasts = Some(value.parse().map_err(|_| illegal("lasts", value, SECONDS))?),
                "option" => {
                    let option = value.split_once(": ").ok_or_else(|| illegal("option", value, "`word: label`"))?;
                    options.push((option.0.trim().to_owned(), option.1.trim().to_owned()));
                }
                "because" => reasons.push(read_reason("because", value)?),
                "mistaken" => reasons.push(Reason { mistaken: true, ..read_reason("mistaken", value)? }),
                "try" => {
                    let (query, label) = value.split_once(" | ").ok_or_else(|| illegal("try", value, TRIES))?;
                    tries.push((query.trim().to_owned(), label.trim().to_owned()));
                }
                _ => return Err(Flaw::Unknown(key.into())),
            }
        }
        let of = of.ok_or(Flaw::Missing("of"))?;
        let axis = || axis.ok_or(Flaw::Missing("axis"));
        let kind = match of.shape() {
            MeasureShape::Number(_) => AnswerKind::Point(axis()?),
            MeasureShape::Curve => AnswerKind::Curve(axis()?),
            MeasureShape::Word => AnswerKind::Pick(options),
            MeasureShape::Order => AnswerKind::Rank(options),
            MeasureShape::Each => AnswerKind::Sort(options),
        };
        if let AnswerKind::Pick(options) | AnswerKind::Rank(options) | AnswerKind::Sort(options) = &kind {
            if options.len() < 2 {
                return Err(Flaw::Missing("option"));
            }
            let legal = words(&of);
            let illegal_word = |(word, _): &&(String, String)| !legal.contains(&word.as_str());
            if let Some((word, _)) = options.iter().find(illegal_word).filter(|_| !legal.is_empty()) {
                return Err(illegal("option", word, &legal.join(", ")));
            }
        }
        Ok(Self { ask: ask.ok_or(Flaw::Missing("ask"))?, of, kind, reasons, tries, lasts })
    }

    /// The options, each a word with its label; empty where numbers are asked for.
    pub fn options(&self) -> &[(String, String)] {
        match &self.kind {
            AnswerKind::Pick(options) | AnswerKind::Rank(options) | AnswerKind::Sort(options) => options,
            AnswerKind::Point(_) | AnswerKind::Curve(_) => &[],
        }
    }

    /// The same question as pairs.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("ask", self.ask.clone()), ("of", self.of.words())];
        match &self.kind {
            AnswerKind::Point(axis) | AnswerKind::Curve(axis) => {
                let scale = if axis.scale == AxisScale::Logarithmic { " log" } else { "" };
                pairs.push(("axis", format!("{} {}{scale}", write_number(axis.from), write_number(axis.to))));
            }
            AnswerKind::Pick(options) | AnswerKind::Rank(options) | AnswerKind::Sort(options) => {
                pairs.extend(options.iter().map(|(word, label)| ("option", format!("{word}: {label}"))));
            }
        }
        pairs.extend(self.reasons.iter().map(|reason| {
            (if reason.mistaken { "mistaken" } else { "because" }, format!("{} | {}", reason.label, reason.reply))
        }));
        pairs.extend(self.tries.iter().map(|(query, label)| ("try", format!("{query} | {label}"))));
        pairs.extend(self.lasts.map(|seconds| ("lasts", seconds.to_string())));
        pairs
    }

    /// The unit of its numbers; [`Unit::Times`] if its answer is not a single number.
    pub fn unit(&self) -> Unit {
        match self.of.shape() {
            MeasureShape::Number(unit) => unit,
            MeasureShape::Word | MeasureShape::Order | MeasureShape::Each | MeasureShape::Curve => Unit::Times,
        }
    }

    /// The ids of the strategies that it is about. Without them it cannot be marked.
    pub fn strategies(&self) -> Vec<&str> {
        let words = self.options().iter().map(|(word, _)| word.as_str());
        match &self.of {
            Measure::First | Measure::Order => words.filter(|word| *word != SAME).collect(),
            Measure::Cell(cell) => words.filter(|word| cell.has(word)).collect(),
            of => of.strategies(),
        }
    }
}

/// The legal results of a measure, as words; empty if the workload defines them.
fn words(of: &Measure) -> Vec<&'static str> {
    let strategies = strategies::ALL.iter().map(|strategy| strategy.meta().id);
    match of {
        Measure::First => strategies.chain([SAME]).collect(),
        Measure::Order | Measure::Cell(_) => strategies.collect(),
        Measure::Printed(_) | Measure::HeldUp(_) => Vec::new(),
        Measure::Froze(_) => YES_NO.to_vec(),
        _ => YES_NO.into_iter().chain([SAME]).collect(),
    }
}

fn illegal(key: &'static str, value: &str, legal: &str) -> Flaw {
    Flaw::Illegal(key, value.into(), legal.into())
}

fn read_axis(value: &str) -> Option<Axis> {
    let mut words = value.split_whitespace();
    let (from, to) = (read_number(words.next()?)?, read_number(words.next()?)?);
    let scale = match words.next() {
        None => AxisScale::Linear,
        Some("log") if from > 0.0 => AxisScale::Logarithmic,
        Some(_) => return None,
    };
    (from < to && words.next().is_none()).then_some(Axis { from, to, scale })
}

fn read_reason(key: &'static str, value: &str) -> Result<Reason, Flaw> {
    let (label, reply) = value.split_once(" | ").ok_or_else(|| illegal(key, value, REASONS))?;
    Ok(Reason { label: label.trim().into(), reply: reply.trim().into(), mistaken: false })
}

impl Measure {
    /// The words that name this measure, as [`Measure::read`] reads them.
    pub fn words(&self) -> String {
        let name = match self {
            Self::Speedup(..) => "speedup",
            Self::Time(_) => "time",
            Self::Freeze(_) => "freeze",
            Self::Parallelism(_) => "parallelism",
            Self::UnderWay(_) => "under-way",
            Self::Latency95(_) => "latency95",
            Self::First => "first",
            Self::Sooner(..) => "sooner",
            Self::Froze(_) => "froze",
            Self::Order => "order",
            Self::Printed(_) => "printed",
            Self::Scaling(_) => "scaling",
            Self::Workers(_) => "workers",
            Self::HeldUp(_) => "held-up",
            Self::Cell(cell) => return format!("cell {}", cell.words()),
        };
        [&[name], &*self.strategies()].concat().join(" ")
    }
}
