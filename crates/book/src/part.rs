//! What a text embeds: parts, each written as a fenced block of TOML:
//!
//! ````text
//! ```lab
//! run = "workload=primes&strategies=blocking,threads&workers=2"
//! caption = "Two threads, side by side."
//! ```
//! ````
//!
//! A `lab` is an experiment: `run` has the URL's keys. An `ask` is a question that stands before an experiment: besides
//! `run` it has the keys of [`predict::Question`]; a key that may occur several times has a list. A `law` is an
//! experiment behind Amdahl's law, whose serial part the reader sets. All three may have a `caption`. `costs` measures
//! what things cost on the reader's machine, and has only a `caption`. `decide` is the form for a project with its
//! answer, and has no keys.

use std::ops::Range;

use form_urlencoded::{Serializer, parse};
use lab::experiment::{self, ClaimedCores, Experiment, Settings};
use predict::{Flaw, Question};
use serde::Deserialize;
use toml::{Table, Value};

use crate::text::tied;
use crate::{escaped, law};

/// The fewest cores: what is legal with these is legal on every machine.
const FEWEST: ClaimedCores = ClaimedCores(1);

/// An error in a part: its place in the TOML, if that is known, and what is wrong.
pub(crate) type BlockError = (Option<Range<usize>>, String);

/// The names of the parts.
pub(crate) const PARTS: [&str; 3] = ["lab", "ask", "law"];

/// The part that measures costs when the reader asks for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CostsPart {
    /// The caption below it; empty for none.
    #[serde(default)]
    caption: String,
}

impl CostsPart {
    /// The part as HTML: the place for the page's script, and the text that is read without a script.
    pub(crate) fn html(&self) -> String {
        let still = "What things cost on your computer is measured here where JavaScript may.";
        let caption = caption(&self.caption);
        format!("<figure>\n<div data-place=\"costs\"><p class=\"still\">{still}</p></div>\n{caption}</figure>\n")
    }
}

/// The form for a project and its answer; its texts are not in the chapter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecidePart {}

impl DecidePart {
    /// The part as HTML: the place for the page's script, and the text that is read without a script.
    pub(crate) fn html(&self) -> String {
        let still =
            "A form for your project, and the ranking of approaches that it leads to, are here where JavaScript may.";
        format!(
            "<figure class=\"experiment deciding\">\n<div data-place=\"decide\"><p class=\"still\">{still}</p></div>\n</figure>\n"
        )
    }
}

/// An experiment in a text, possibly behind a question.
#[derive(Debug, Clone, PartialEq)]
pub struct LabBlock {
    /// What is run, as the URL's query.
    pub query: String,
    /// The question; `None` if there is none.
    pub question: Option<Question>,
    /// The serial part, in per cent, with which Amdahl's law is drawn before the experiment; `None` if no law is drawn.
    pub law: Option<u32>,
    /// The caption below it; empty for none.
    caption: String,
}

/// Reads the TOML of the part with this name.
///
/// # Errors
/// What is wrong with the TOML.
pub(crate) fn read(name: &str, toml: &str) -> Result<LabBlock, BlockError> {
    let mut table: Table = toml.parse().map_err(|error: toml::de::Error| (error.span(), error.message().to_owned()))?;
    let mut text = |key: &str| match table.remove(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err((None, format!("`{key}` is {other}; it has to be a text in quotes"))),
    };
    let query = text("run")?.ok_or((None, "`run` is missing: what is to be run, by the URL's keys".to_owned()))?;
    let caption = text("caption")?.unwrap_or_default();
    let experiment = check(&query).map_err(|what| (None, what))?;
    let law = (name == "law").then(|| law::serial(&experiment)).transpose().map_err(|what| (None, what))?;
    let question = match name {
        "ask" => {
            let question = question(&table)?;
            for (change, _) in &question.tries {
                check(&changed(&query, change)).map_err(|what| (None, format!("`try`: {what}")))?;
            }
            Some(question)
        }
        _ if table.is_empty() => None,
        _ => {
            return Err((
                None,
                format!("a {name} has `run` and `caption`, and no `{}`", table.keys().next().expect("one")),
            ));
        }
    };
    Ok(LabBlock { query, question, law, caption })
}

impl LabBlock {
    /// The part as HTML: the element that the page's script brings to life, and the text that is read without a script.
    pub(crate) fn html(&self) -> String {
        let caption = caption(&self.caption);
        let (asked, in_words) =
            self.question.as_ref().map(|question| (attribute(question), in_words(question))).unwrap_or_default();
        let query = escaped(&self.query);
        let (drawn, by_law) = self.law.map(|serial| (law::html(serial), " data-law=\"\"")).unwrap_or_default();
        let still = check(&self.query).map(|experiment| escaped(&description(&experiment))).unwrap_or_default();
        format!(
            "<figure class=\"experiment\">\n<div data-lab=\"{query}\"{asked}{by_law}>\n{in_words}{drawn}<p class=\"still\">{still}</p>\n\
             </div>\n{caption}</figure>\n"
        )
    }
}

fn caption(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>\n", escaped(text)) }
}

/// A query with the keys of `change` replaced.
fn changed(query: &str, change: &str) -> String {
    let keys: Vec<_> = parse(change.as_bytes()).map(|(key, _)| key.into_owned()).collect();
    let kept = parse(query.as_bytes()).filter(|(key, _)| !keys.iter().any(|changed| *changed == *key));
    let pairs = kept.chain(parse(change.as_bytes()));
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The experiment that a query describes, which has to be legal on every machine.
fn check(query: &str) -> Result<Experiment, String> {
    let pairs = parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned()));
    let (experiment, settings, problems) = experiment::parse(pairs, FEWEST);
    if let Some(problem) = problems.first() {
        return Err(words::problem(problem));
    }
    if settings != Settings::default() {
        return Err("how the page looks is no part of what is run: leave out what is no key of the experiment".into());
    }
    Ok(experiment)
}

/// The keys of a question whose values are, or end with, text for the reader.
const SENTENCES: [&str; 5] = ["ask", "option", "because", "mistaken", "try"];

fn question(table: &Table) -> Result<Question, BlockError> {
    let mut pairs = Vec::new();
    for (key, value) in table {
        let values = match value {
            Value::Array(several) => several.iter().collect(),
            one => vec![one],
        };
        for value in values {
            match value {
                Value::String(text) if SENTENCES.contains(&key.as_str()) => pairs.push((key.as_str(), tied(text))),
                Value::String(text) => pairs.push((key.as_str(), text.clone())),
                other => return Err((None, format!("`{key}` has {other}; it has to be a text in quotes"))),
            }
        }
    }
    let pairs = pairs.iter().map(|(key, value)| (*key, value.as_str()));
    Question::from_pairs(pairs).map_err(|flaw| (None, flawed(flaw)))
}

fn flawed(flaw: Flaw) -> String {
    match flaw {
        Flaw::Unknown(key) => {
            format!("a question has no `{key}`; it has ask, of, option, axis, because, mistaken, try, lasts")
        }
        Flaw::Missing(key) => format!("the question lacks `{key}`"),
        Flaw::Illegal(key, value, legal) => format!("`{key}` cannot be {value:?}; legal: {legal}"),
    }
}

/// The question as an attribute that the page's script reads.
fn attribute(question: &Question) -> String {
    let pairs = question.pairs();
    let query = Serializer::new(String::new()).extend_pairs(pairs.iter().map(|(key, value)| (*key, value))).finish();
    format!(" data-ask=\"{}\"", escaped(&query))
}

/// The question as it is read without a script, or printed.
fn in_words(question: &Question) -> String {
    let items = question.options().iter().map(|(_, label)| format!("<li>{}</li>", escaped(label)));
    let items = items.collect::<String>();
    let options = if items.is_empty() { items } else { format!("<ul>{items}</ul>\n") };
    format!("<p class=\"asked\">{}</p>\n{options}", escaped(&question.ask))
}

/// A description of an experiment for readers who cannot run it.
fn description(experiment: &Experiment) -> String {
    let names: Vec<_> = experiment.strategies.iter().map(|strategy| words::strategy_name(strategy.meta())).collect();
    let title = words::workload_title(experiment.workload.info());
    format!("Experiment: {title}, under {}. It runs here where JavaScript may.", names.join(", "))
}
