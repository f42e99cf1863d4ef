//! Findings in words.

use std::collections::BTreeMap;

use lab::experiment::BASELINE;
use lab::measure::scaling::{CannotTell, LawParameter};
use lab::verdict::{Fact, Finding, PHRASES, RULES, Verdict};

use super::catalogue::pattern;
use super::pattern::{Arg, fill};
use super::{decimal, en, failure, number, plugin};

/// A finding's sentence. A finding of a schema without facts keeps the text that it came with.
pub fn finding(finding: &Finding) -> String {
    let mut said = RULES.iter().flat_map(|rule| rule.says());
    match said.find(|(form, _)| *form == finding.form) {
        Some((form, english)) => sentence(&filled("rule", form, english, &finding.facts)),
        None => finding.text.clone(),
    }
}

/// The sentence to show if there is room for one, and the finding that it states.
pub fn headline(verdict: &Verdict) -> (String, Option<&Finding>) {
    let headline = verdict.headline();
    (headline.map_or_else(|| en::DONE.text(), finding), headline)
}

fn filled(kind: &str, form: &str, english: &str, facts: &BTreeMap<String, Fact>) -> String {
    // older findings compare with blocking and do not say so
    let base = |name: &str| (name == "base").then(|| plugin::crew(BASELINE, 1));
    let arg = |name: &str| facts.get(name).map(told).or_else(|| base(name));
    pattern(&format!("{kind}.{form}"), english, |pattern| fill(pattern, &arg))
}

/// A fact as it stands in a sentence.
fn told(fact: &Fact) -> Arg {
    match fact {
        Fact::Count(count) => Arg::Count(*count),
        Fact::Milliseconds(milliseconds) => number::duration(*milliseconds).into(),
        Fact::Factor(value) => number::factor(*value).into(),
        Fact::Ratio(value) => decimal(*value, 2).into(),
        Fact::Percent(share) => decimal(share * 100.0, 0).into(),
        Fact::SmallPercent(share) => number::small_percent(*share).into(),
        Fact::Number(value) => decimal(*value, 0).into(),
        Fact::Team { strategy, workers } => plugin::crew(strategy, *workers),
        Fact::Strategy(id) => plugin::plain(id),
        Fact::List(facts) => {
            let told: Vec<_> = facts.iter().map(|fact| fill("{it}", &|_| Some(told(fact)))).collect();
            number::listed(&told).into()
        }
        Fact::Failure(why) => failure::clause(why).into(),
        Fact::Text(text) => text.as_str().into(),
        Fact::CannotTell(why) => cannot_tell(*why).into(),
        Fact::Phrase { form, facts } => {
            let english = PHRASES.iter().find(|(known, _)| known == form).map(|(_, english)| *english);
            english.map_or_else(String::new, |english| filled("phrase", form, english, facts)).into()
        }
    }
}

/// Why a sweep does not determine a law, as a clause that can follow a colon.
pub fn cannot_tell(why: CannotTell) -> String {
    match why {
        CannotTell::TooFewCounts { have, need } => {
            en::TOO_FEW_COUNTS.with(&[("need", Arg::digits(need)), ("have", Arg::digits(have))])
        }
        CannotTell::OneSample => en::NO_SPREAD.text(),
        CannotTell::Flat => en::FLAT.text(),
        CannotTell::TooWide { part, ci95: [low, high] } => {
            let part = match part {
                LawParameter::Serial => en::SERIAL_PART,
                LawParameter::Contention => en::CONTENTION,
                LawParameter::Coherence => en::COHERENCE,
            };
            en::TOO_WIDE.with(&[
                ("part", part.text().into()),
                ("low", decimal(low * 100.0, 0).into()),
                ("high", decimal(high * 100.0, 0).into()),
            ])
        }
        CannotTell::PoorFit { residual, .. } => en::POOR_FIT.with(&[("residual", decimal(residual * 100.0, 0).into())]),
    }
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}.", capital.chain(letters).collect::<String>())
}
