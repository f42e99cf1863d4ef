//! Something that can be said, as data: which form of which rule, about which strategy, with which facts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strategies::Failure;

use crate::measure::scaling::CannotTell;
use crate::report::{Measured, Run};

/// Whether a finding is a result or a doubt about the results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// What was found.
    #[default]
    Finding,
    /// Why to be careful with what was found.
    Caveat,
}

/// One thing that is said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The id of the rule that says so: lower case and hyphens; it never changes.
    #[serde(rename = "id")]
    pub rule: String,
    /// The form of that rule: the rule's id, or the id, a slash and a name. Empty before schema 2.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub form: String,
    /// Result or doubt.
    pub kind: FindingKind,
    /// The strategy that it is about, by id, if it is about one.
    #[serde(rename = "strategy", default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The facts that its sentence is made with, by their names in the form's pattern.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Fact>,
    /// The sentence in English; empty until `words` fills it in.
    #[serde(default)]
    pub text: String,
}

/// A fact that stands in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A number of things.
    Count(u64),
    /// A duration in milliseconds.
    Milliseconds(f64),
    /// How many times something is something else, to two figures or so.
    Factor(f64),
    /// The same, with two decimal places.
    Ratio(f64),
    /// A share of one, in whole per cent.
    Percent(f64),
    /// A small share of one, in per cent, with one decimal place below ten.
    SmallPercent(f64),
    /// A whole number that stays in digits.
    Number(f64),
    /// A strategy with its workers.
    Team {
        /// Its id.
        strategy: String,
        /// The number of workers.
        workers: usize,
    },
    /// A strategy without its workers, by id.
    Strategy(String),
    /// Several facts.
    List(Vec<Fact>),
    /// Why something could not run.
    Failure(Failure),
    /// Why something could not run, where only the text is known.
    Text(String),
    /// Why a law cannot be determined.
    CannotTell(CannotTell),
    /// A clause that several rules use, by its name, with facts of its own; no clause if the name is empty.
    Phrase {
        /// Its name.
        form: String,
        /// The facts that it is made with.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        facts: BTreeMap<String, Fact>,
    },
}

/// A result in this form.
pub(super) fn finding(form: &str) -> Finding {
    let rule = form.split('/').next().unwrap_or(form);
    Finding { rule: rule.into(), form: form.into(), ..Finding::default() }
}

/// A doubt in this form.
pub(super) fn caveat(form: &str) -> Finding {
    Finding { kind: FindingKind::Caveat, ..finding(form) }
}

/// A clause in this form.
pub(super) fn phrase(form: &str) -> Fact {
    Fact::Phrase { form: form.into(), facts: BTreeMap::new() }
}

impl Finding {
    /// The same finding about this run's strategy, which, with its workers, is the fact `who`.
    pub(super) fn about(self, run: &Run) -> Self {
        Self { about: Some(run.strategy.clone()), ..self }.with("who", Fact::team(run))
    }

    /// The same finding about this strategy, which is the fact `who`.
    pub(super) fn about_strategy(self, id: &str) -> Self {
        Self { about: Some(id.into()), ..self }.with("who", Fact::Strategy(id.into()))
    }

    /// The same with one more fact.
    pub(super) fn with(mut self, name: &str, fact: Fact) -> Self {
        self.facts.insert(name.into(), fact);
        self
    }

    /// The same with an interval, as the facts `low` and `high`.
    pub(super) fn with_interval(self, [low, high]: [f64; 2], fact: fn(f64) -> Fact) -> Self {
        self.with("low", fact(low)).with("high", fact(high))
    }
}

impl Fact {
    /// The strategy of a run, with its workers.
    pub(super) fn team(run: &Run) -> Self {
        Self::Team { strategy: run.strategy.clone(), workers: run.workers }
    }

    /// The same phrase with one more fact.
    pub(super) fn with(mut self, name: &str, fact: Fact) -> Self {
        if let Self::Phrase { facts, .. } = &mut self {
            facts.insert(name.into(), fact);
        }
        self
    }

    /// A number of things.
    pub(super) fn count(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<Measured<'_>> for Fact {
    fn from(measured: Measured<'_>) -> Self {
        Self::team(measured.run)
    }
}
