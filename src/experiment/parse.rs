//! Pairs of keys and values, from wherever, become an experiment.
//!
//! Invariant: total. Whatever the pairs, the result is legal and every pair either applied or is named in a problem.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use workloads::Params;

use super::{Catalogue, Experiment, KEYS, Problem, SAMPLES, Theme, View};

/// Characters that the name of a chapter may have.
const CHAPTER_LENGTH: usize = 64;

impl Experiment {
    /// The experiment that `pairs` describe, and what of them was not legal.
    ///
    /// The workload counts first, wherever it stands; of a repeated key the last counts. What no pair sets, or sets
    /// wrongly, is as in [`Experiment::default_for`].
    pub fn parse(pairs: impl IntoIterator<Item = (String, String)>, catalogue: &Catalogue) -> (Self, Vec<Problem>) {
        let (pairs, mut problems) = last_of_each(pairs);
        let mut experiment = Self::default_for(catalogue);
        let (first, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| key == "workload");
        for (key, value) in first.into_iter().chain(rest) {
            problems.extend(experiment.set(&key, &value, catalogue).err());
        }
        (experiment, problems)
    }

    /// Sets one setting, or says why not. Setting the workload sets its parameters back to their defaults.
    pub fn set(&mut self, key: &str, value: &str, catalogue: &Catalogue) -> Result<(), Problem> {
        match key {
            "workload" => *self = self.clone().with_workload(workload(value)?),
            "strategies" => return self.set_strategies(value, catalogue),
            "workers" => self.workers = number("workers", value, catalogue.workers())?,
            "samples" => self.samples = number("samples", value, SAMPLES)?,
            "sweep" => self.sweep = choice("sweep", value, &SWITCH)?,
            "seed" => self.seed = number("seed", value, 0..=u64::MAX)?,
            "autorun" => self.autorun = choice("autorun", value, &SWITCH)?,
            "theme" => self.theme = choice("theme", value, &THEMES)?,
            "view" => self.view = choice("view", value, &VIEWS)?,
            "chapter" => self.chapter = Some(chapter(value)?),
            "trace" => self.trace = choice("trace", value, &RECORDING)?,
            _ => return self.set_param(key, value),
        }
        Ok(())
    }

    /// Takes the strategies that exist, in their order, and names the others.
    fn set_strategies(&mut self, value: &str, catalogue: &Catalogue) -> Result<(), Problem> {
        let (mut taken, mut refused) = (Vec::new(), Vec::new());
        for asked in value.split(',').map(str::trim) {
            match catalogue.strategies.iter().find(|id| **id == asked) {
                Some(id) if taken.contains(id) => {}
                Some(id) => taken.push(*id),
                None => refused.push(asked),
            }
        }
        if !taken.is_empty() {
            self.strategies = taken;
        }
        let legal = || format!("a comma list of {}", catalogue.strategies.join(", "));
        if refused.is_empty() { Ok(()) } else { Err(illegal("strategies", &refused.join(","), legal())) }
    }

    fn set_param(&mut self, key: &str, value: &str) -> Result<(), Problem> {
        let of = |params: &Params| params.iter().find(|(param, _)| param.key == key).map(|(param, _)| param);
        let Some(param) = of(&self.params).or_else(|| of(&self.settings)) else {
            let own = self.params.iter().chain(self.settings.iter()).map(|(param, _)| param.key);
            return Err(Problem::Unknown { key: key.into(), legal: KEYS.into_iter().chain(own).collect() });
        };
        let legal = param.value(value).ok_or_else(|| illegal(param.key, value, param.legal()))?;
        let owner = if of(&self.params).is_some() { &mut self.params } else { &mut self.settings };
        owner.set(key, legal).expect("its key and its range were just looked up");
        Ok(())
    }
}

/// What the words of a setting stand for; the first word of a meaning is the one that is written.
type Words<T> = [(&'static str, T)];
/// `autorun` and `sweep`.
pub(super) const SWITCH: [(&str, bool); 4] = [("1", true), ("0", false), ("true", true), ("false", false)];
/// `trace`.
pub(super) const RECORDING: [(&str, bool); 2] = [("on", true), ("off", false)];
/// `theme`.
pub(super) const THEMES: [(&str, Theme); 3] = [("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark)];
/// `view`.
pub(super) const VIEWS: [(&str, View); 2] = [("full", View::Full), ("embed", View::Embed)];

/// The word that is written for `value`.
pub(super) fn word<T: PartialEq>(words: &Words<T>, value: T) -> &'static str {
    words.iter().find(|(_, meaning)| *meaning == value).expect("every value has a word").0
}

fn choice<T: Copy>(key: &'static str, value: &str, words: &Words<T>) -> Result<T, Problem> {
    let legal = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    words
        .iter()
        .find(|(word, _)| *word == value)
        .map(|(_, meaning)| *meaning)
        .ok_or_else(|| illegal(key, value, legal()))
}

fn number<T>(key: &'static str, value: &str, range: RangeInclusive<T>) -> Result<T, Problem>
where
    T: FromStr + PartialOrd + Display,
{
    let legal = format!("a whole number from {} to {}", range.start(), range.end());
    value.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| illegal(key, value, legal))
}

fn workload(value: &str) -> Result<&'static dyn workloads::Workload, Problem> {
    let legal = || workloads::ALL.iter().map(|workload| workload.info().id).collect::<Vec<_>>().join(", ");
    workloads::find(value).ok_or_else(|| illegal("workload", value, legal()))
}

fn chapter(value: &str) -> Result<String, Problem> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let legal = (1..=CHAPTER_LENGTH).contains(&value.len()) && value.bytes().all(plain);
    let words = || format!("up to {CHAPTER_LENGTH} lower case letters, digits and hyphens");
    if legal { Ok(value.into()) } else { Err(illegal("chapter", value, words())) }
}

fn illegal(key: &'static str, value: &str, legal: String) -> Problem {
    Problem::Illegal { key, value: value.into(), legal }
}

/// The last pair of each key, in their order, and a problem for each key that came more than once.
fn last_of_each(pairs: impl IntoIterator<Item = (String, String)>) -> (Vec<(String, String)>, Vec<Problem>) {
    let pairs: Vec<_> = pairs.into_iter().collect();
    let (mut kept, mut repeated): (Vec<(String, String)>, Vec<String>) = Default::default();
    for (key, value) in pairs.into_iter().rev() {
        if kept.iter().all(|(known, _)| *known != key) {
            kept.push((key, value));
        } else if !repeated.contains(&key) {
            repeated.push(key);
        }
    }
    kept.reverse();
    (kept, repeated.into_iter().rev().map(|key| Problem::Repeated { key }).collect())
}
