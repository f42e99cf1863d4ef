//! What workloads and strategies say of themselves. The English texts stand in their own files; other languages find
//! them by kind, id and field.

use strategies::{Equivalent, Meta};
use workloads::{Info, Param, Params, Summary};

use super::catalogue::pattern;
use super::decimal;
use super::number::grouped;
use super::pattern::{Arg, fill};

/// The text of a plugin's `field`.
fn said(kind: &str, id: &str, field: &str, english: &str) -> String {
    pattern(&format!("{kind}.{id}.{field}"), english, str::to_owned)
}

/// A workload's name on the page.
pub fn workload_title(info: &Info) -> String {
    said("workload", info.id, "title", info.title)
}

/// What a workload does, and what that shows.
pub fn workload_blurb(info: &Info) -> String {
    said("workload", info.id, "blurb", info.blurb)
}

/// What is modelled in a workload; None if nothing is.
pub fn modelled_workload(info: &Info) -> Option<String> {
    Some(said("workload", info.id, "modelled", info.modelled?))
}

/// Why a workload's tasks need one memory.
pub(crate) fn one_memory(info: &Info) -> String {
    said("workload", info.id, "one-memory", info.one_memory.unwrap_or_default())
}

/// What a workload's rate counts in a second; None if it has no such unit.
pub fn unit(info: &Info) -> Option<String> {
    Some(said("workload", info.id, "unit", info.unit?))
}

/// A workload's whole answer.
pub fn answer(info: &Info, summary: &Summary) -> String {
    let fact = |name: &str| {
        let fact = summary.facts.iter().find(|(known, _)| known == name);
        fact.map(|(_, value)| Arg::Digits(*value)).or_else(|| (name == "digest").then(|| summary.digest.clone().into()))
    };
    pattern(&format!("workload.{}.answer", info.id), info.answer, |pattern| fill(pattern, &fact))
}

/// A strategy's name on the page.
pub fn strategy_name(meta: &Meta) -> String {
    said("strategy", meta.id, "name", meta.name)
}

/// How a strategy runs the work.
pub fn strategy_line(meta: &Meta) -> String {
    said("strategy", meta.id, "line", meta.line)
}

/// What is modelled in a strategy; None if nothing is.
pub fn modelled_strategy(meta: &Meta) -> Option<String> {
    Some(said("strategy", meta.id, "modelled", meta.modelled?))
}

/// What a strategy is called in a programming language.
pub fn equivalent(meta: &Meta, equivalent: &Equivalent) -> String {
    said("strategy", meta.id, equivalent.language, equivalent.name)
}

/// A strategy in a sentence, without its workers.
pub(crate) fn plain(id: &str) -> Arg {
    match strategies::find(id).map(|strategy| strategy.meta()) {
        Some(meta) if meta.plural => Arg::Many(said("strategy", id, "plain", meta.plain)),
        Some(meta) => Arg::Text(said("strategy", id, "plain", meta.plain)),
        None => Arg::Text(id.into()), // a file may name what this version does not know
    }
}

/// A strategy in a sentence, with its workers.
pub fn team(id: &str, workers: usize) -> String {
    let Some(strategy) = strategies::find(id) else { return id.into() };
    let n = |name: &str| (name == "n").then_some(Arg::from(workers));
    pattern(&format!("strategy.{id}.team"), strategy.meta().team, |pattern| fill(pattern, &n))
}

/// The same as an argument, which is singular or plural.
pub(crate) fn crew(id: &str, workers: usize) -> Arg {
    let many = workers > 1 && strategies::find(id).is_some_and(|strategy| strategy.meta().plural);
    if many { Arg::Many(team(id, workers)) } else { Arg::Text(team(id, workers)) }
}

/// A workload's word for what happens in one of its slots.
pub fn slot(info: &Info, word: &str) -> String {
    said("workload", info.id, word, word)
}

/// The label of a parameter.
pub fn label(param: &Param) -> String {
    said("param", param.key, param.label, param.label)
}

/// One of the words of a parameter that is a choice.
pub fn option(param: &Param, word: &str) -> String {
    said("param", param.key, word, word)
}

/// The word for a value of a parameter that is a choice.
pub fn choice(param: &Param, value: u32) -> String {
    option(param, &param.text(value))
}

/// A number as people write it: thousands and millions are counted out, a thousand microseconds are a millisecond.
pub(crate) fn amount(param: &Param, number: u32) -> String {
    let (times, unit) = match param.unit {
        "µs" if number >= 1_000 => {
            return format!("{} ms", decimal(f64::from(number) / 1000.0, u32::from(!number.is_multiple_of(1_000))));
        }
        "thousand" => (1_000, ""),
        "million" => (1_000_000, ""),
        unit => (1, unit),
    };
    let unit = if unit.is_empty() { String::new() } else { said("param", param.key, unit, unit) };
    format!("{} {unit}", grouped(u64::from(number) * times)).trim_end().to_owned()
}

/// Everything that plugins say, by its key.
pub(crate) fn every_text() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for workload in workloads::ALL {
        let Info { id, title, blurb, params, modelled, answer, unit, one_memory, .. } = workload.info();
        let fields = [
            ("title", Some(*title)),
            ("blurb", Some(*blurb)),
            ("modelled", *modelled),
            ("answer", Some(*answer)),
            ("unit", *unit),
            ("one-memory", *one_memory),
        ];
        add("workload", id, &fields, &mut texts);
        let slots = workload.slots(&Params::defaults(workload.info())).map_or(&[][..], |slots| slots.words);
        add("workload", id, &slots.iter().map(|word| (*word, Some(*word))).collect::<Vec<_>>(), &mut texts);
        params.iter().for_each(|param| add_param(param, &mut texts));
    }
    for strategy in strategies::ALL {
        let Meta { id, name, plain, team, line, modelled, params, equivalents, .. } = strategy.meta();
        let fields = [
            ("name", Some(*name)),
            ("plain", Some(*plain)),
            ("team", Some(*team)),
            ("line", Some(*line)),
            ("modelled", *modelled),
        ];
        add("strategy", id, &fields, &mut texts);
        for equivalent in *equivalents {
            add("strategy", id, &[(equivalent.language, Some(equivalent.name))], &mut texts);
        }
        params.iter().for_each(|param| add_param(param, &mut texts));
    }
    texts
}

fn add_param(param: &Param, texts: &mut Vec<(String, String)>) {
    add("param", param.key, &[(param.label, Some(param.label))], texts);
    add("param", param.key, &param.words.iter().map(|word| (*word, Some(*word))).collect::<Vec<_>>(), texts);
    if !["", "thousand", "million"].contains(&param.unit) {
        add("param", param.key, &[(param.unit, Some(param.unit))], texts);
    }
}

fn add(kind: &str, id: &str, fields: &[(&str, Option<&str>)], texts: &mut Vec<(String, String)>) {
    let told = fields.iter().filter_map(|(field, text)| Some((format!("{kind}.{id}.{field}"), (*text)?.to_owned())));
    texts.extend(told);
}
