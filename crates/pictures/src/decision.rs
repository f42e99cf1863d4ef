//! A decision as it is shown: the answers, the approaches in the order of their ranking with their bars, what would
//! change the answer, and a trial's expectations beside its measurements. All is words and whole thousandths, so that
//! drawing it needs no arithmetic.

use decide::{Approach, ApproachResult, Checked, DOUBTED, Decision, Flip, KINDS, Language, Project, ProjectNumber};
use serde::{Deserialize, Serialize};
use words::decision::{self, input_amount, long, memory};
use words::{Arg, Message, dash, decimal, exact_duration, grouped, interval, percent};

use crate::table::Table;

/// The rankings, language by language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// One for each language.
    pub languages: Vec<InLanguage>,
    /// The heading of the times: the time for all units, or the time that 95 of 100 units keep to.
    pub time_heading: String,
}

/// A ranking.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct InLanguage {
    /// The language's name in lower case, for ids.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What fits best, as a sentence.
    pub answer: String,
    /// The table's caption.
    pub caption: String,
    /// The approaches, best first.
    pub ways: Vec<ApproachRow>,
}

/// An approach and its results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ApproachRow {
    /// Its place in the ranking, from 1; empty if it is impossible.
    pub rank: String,
    /// What it is called.
    pub name: String,
    /// How long it takes, or that it is impossible.
    pub time: String,
    /// The lengths of the start and of what follows it, in thousandths of the longest bar; `None` if the approach is
    /// impossible.
    pub bar: Option<[u32; 2]>,
    /// The number of workers.
    pub workers: String,
    /// Units per second.
    pub throughput: String,
    /// The memory it needs.
    pub memory: String,
    /// The reasons for its results, as sentences.
    pub why: Vec<String>,
}

/// A value of one input at which another approach wins.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The input's key.
    pub input: String,
    /// The input in words, with its present value.
    pub heading: String,
    /// Which approach wins at the other value, as a sentence.
    pub sentence: String,
    /// The two values in words: the present one and the one at which another approach wins. `None` if the input is no
    /// amount.
    pub values: Option<[String; 2]>,
    /// The places of the two values on the input's scale, in thousandths of its length.
    pub places: [u32; 2],
}

impl Decided {
    /// What is shown of a decision.
    pub fn of(decision: &Decision) -> Self {
        let arrives = decision.project.every_ms > 0.0;
        let heading = if arrives { decision::TIME_OF_95 } else { decision::TIME_IN_ALL };
        let languages = [Language::Python, Language::Rust].map(|language| InLanguage::of(decision, language, arrives));
        Self { languages: languages.into(), time_heading: heading.text() }
    }
}

/// A language's name.
fn language_name(language: Language) -> String {
    match language {
        Language::Python => decision::IN_PYTHON.text(),
        Language::Rust => decision::IN_RUST.text(),
    }
}

impl InLanguage {
    fn of(decision: &Decision, language: Language, arrives: bool) -> Self {
        let rows: Vec<_> = decision.approaches.iter().filter(|row| row.ranked.approach.language == language).collect();
        let longest = rows.iter().filter_map(|row| lengths(row, arrives)).map(|[a, b]| a + b).fold(0.0, f64::max);
        let name = language_name(language);
        Self {
            id: format!("{language:?}").to_lowercase(),
            answer: answer(&rows),
            caption: decision::RANKED_IN.with(&[("language", name.as_str().into())]),
            ways: rows.iter().enumerate().map(|(at, row)| ApproachRow::of(row, at, longest, arrives)).collect(),
            name,
        }
    }
}

/// How long the start takes, and how long the work after it, in milliseconds; `None` if the approach is impossible.
fn lengths(row: &ApproachResult, arrives: bool) -> Option<[f64; 2]> {
    let estimate = row.ranked.outcome.as_ref().ok()?;
    // work that arrives finds the workers started
    Some(if arrives { [0.0, estimate.p95_ms] } else { [estimate.start_ms, estimate.makespan_ms] })
}

/// A sentence with the best approach and those that are about as good.
fn answer(rows: &[&ApproachResult]) -> String {
    let Some(best) = rows.first().filter(|row| row.ranked.outcome.is_ok()) else {
        return decision::ANSWER_NONE.text();
    };
    let others: Vec<_> =
        rows[1..].iter().filter(|row| row.ranked.close).map(|row| row.ranked.approach.name.text()).collect();
    let plain = best.ranked.approach.strategy().meta().id == lab::experiment::BASELINE;
    // names may contain an "and"
    let args = [("best", best.ranked.approach.name.text().into()), ("others", others.join("; ").into())];
    match (plain, others.is_empty()) {
        (true, true) => decision::ANSWER_PLAIN,
        (true, false) => decision::ANSWER_PLAIN_CLOSE,
        (false, true) => decision::ANSWER_BEST,
        (false, false) => decision::ANSWER_CLOSE,
    }
    .with(&args)
}

impl ApproachRow {
    fn of(row: &ApproachResult, at: usize, longest: f64, arrives: bool) -> Self {
        let name = row.ranked.approach.name.text();
        let why = row.findings.iter().map(decide::RankingReason::text).collect();
        let (Ok(estimate), Some(lengths)) = (&row.ranked.outcome, lengths(row, arrives)) else {
            return Self { name, why, time: decision::IMPOSSIBLE.text(), ..Self::default() };
        };
        let [start, rest] = lengths;
        let thousandths = |ms: f64| (1000.0 * ms / longest.max(f64::MIN_POSITIVE)).round() as u32;
        Self {
            rank: (at + 1).to_string(),
            name,
            time: long(start + rest),
            bar: Some(lengths.map(thousandths)),
            workers: grouped(estimate.workers as u64),
            throughput: dash(row.throughput.map(rate)),
            memory: memory(estimate.memory_mb),
            why,
        }
    }
}

/// Units a second, to two or three digits.
fn rate(per_second: f64) -> String {
    match per_second {
        many if many >= 100.0 => grouped(many.round() as u64),
        some if some >= 0.95 => decimal(some, 1),
        few => decimal(few, 3),
    }
}

/// A scale reaches from about a thousandth of the present value to about a thousand times as much.
const REACH: f64 = 1024.0;
/// Where the present value is 0, the scale begins here and ends at [`REACH`] times as much.
const LEAST: f64 = 4.0;
/// On such a scale the value 0 stands at this place, and positive values begin at twice this place, in thousandths.
const NONE: u32 = 20;

impl Change {
    /// A change of this project, as it is shown.
    pub fn of(flip: &Flip, project: &Project) -> Self {
        let ProjectFact { name, amount } = ProjectFact::of(&flip.input, project);
        let up = flip.at > flip.now;
        let pattern = match (&amount, up) {
            (Some(_), true) => decision::CHANGE_UP,
            (Some(_), false) => decision::CHANGE_DOWN,
            (None, true) => decision::CHANGE_SHARED,
            (None, false) => decision::CHANGE_NOT_SHARED,
        };
        let at_once = |value: f64| flip.input == "every_ms" && value == 0.0;
        let told = |amount, value| {
            if at_once(value) { decision::ALL_AT_ONCE.text() } else { input_amount(amount, value) }
        };
        let values = amount.map(|amount| [flip.now, flip.at].map(|value| told(amount, value)));
        let value = values.as_ref().map_or(Arg::from(""), |[_, at]| at.as_str().into());
        Self {
            input: flip.input.clone(),
            heading: match &values {
                Some([now, _]) => decision::INPUT_NOW.with(&[("input", name.into()), ("value", now.as_str().into())]),
                None => name,
            },
            sentence: pattern.with(&[
                ("language", language_name(flip.language).into()),
                ("value", value),
                ("name", flip.approach.name.text().into()),
            ]),
            places: places(flip.now, flip.at),
            values,
        }
    }
}

/// An input in words, and the unit of its amounts; `None` if the input is a yes or no.
struct ProjectFact {
    name: String,
    amount: Option<&'static str>,
}

impl ProjectFact {
    fn of(key: &str, project: &Project) -> Self {
        let part = key.strip_prefix("parts.").and_then(|at| at.parse::<usize>().ok());
        if let Some((at, part)) = part.and_then(|at| Some((at, project.parts.get(at)?))) {
            return Self { name: decision::part(at + 1, part.kind()), amount: Some(KINDS[part.kind()].1) };
        }
        let name: Message = match key {
            "units" => decision::UNITS,
            "every_ms" => decision::INPUT_EVERY,
            "in_kb" => decision::INPUT_IN,
            "out_kb" => decision::INPUT_OUT,
            "cores" => decision::CORES_AT_HAND,
            "memory_mb" => decision::INPUT_MEMORY,
            _ => decision::SHARES_STATE,
        };
        Self { name: name.text(), amount: ProjectNumber::find(key).map(|number| number.unit) }
    }
}

/// The places of the present value and of the other one: the present value is in the middle of its scale, or at its
/// beginning if it is 0.
fn places(now: f64, at: f64) -> [u32; 2] {
    let along = |factor: f64| factor.max(f64::MIN_POSITIVE).ln() / REACH.ln();
    let thousandths = |place: f64| (1000.0 * place).round().clamp(0.0, 1000.0) as u32;
    match now > 0.0 {
        true => [500, thousandths(0.5 + along(at / now) / 2.0)],
        false => [NONE, thousandths(along(at / LEAST)).max(2 * NONE)],
    }
}

/// A trial's expectations beside its measurements, and sentences about what to doubt.
pub fn checked(checked: &[Checked]) -> (Table, Vec<String>) {
    let name = |one: &Checked| Approach::find(&one.approach).map_or_else(String::new, |known| known.name.text());
    let row = |one: &Checked| {
        let sign = if one.error > 0.0 { "+" } else { "" };
        vec![
            name(one),
            exact_duration(one.expected_ms),
            exact_duration(one.measured_ms),
            interval(one.interval_ms),
            format!("{sign}{}", percent(one.error)),
        ]
    };
    let doubt = |one: &Checked| {
        let args = [("approach", name(one).into()), ("percent", percent(one.error.abs()).into())];
        decision::DOUBT.with(&args)
    };
    let doubts: Vec<_> = checked.iter().filter(|one| one.error.abs() > DOUBTED).map(doubt).collect();
    let agrees = || vec![decision::CHECK_AGREES.with(&[("percent", percent(DOUBTED).into())])];
    let columns =
        [decision::APPROACH, decision::EXPECTED, decision::MEASURED, words::en::INTERVAL_95, decision::OFF_BY]
            .map(Message::text);
    let table =
        Table::new("check-table", decision::CHECK_TABLE.text(), columns.to_vec(), checked.iter().map(row).collect());
    (table, if doubts.is_empty() { agrees() } else { doubts })
}

#[cfg(test)]
mod tests {
    use decide::{APPROACHES, FIRST_LOOK, Flips, Sources, preset};
    use words::{Catalogue, every_text, pseudo, speak};

    use super::*;

    /// All texts of the crawler's decision and of the first change that it has.
    fn said() -> Vec<String> {
        let (project, sources) = (preset("crawler").expect("it is one"), Sources::default());
        let decision = Decision::of(&project, &sources, FIRST_LOOK);
        let standings = decision.standings();
        let flips = Flips::new(&project, &sources, &standings);
        let flip = (0..flips.len()).find_map(|at| flips.look(at)).expect("something changes it");
        let change = Change::of(&flip, &project);
        let shown = Decided::of(&decision);
        let languages = shown.languages.into_iter().flat_map(|own| {
            let ways = own.ways.into_iter().flat_map(|way| [vec![way.name], way.why].concat());
            [own.name, own.answer, own.caption].into_iter().chain(ways).collect::<Vec<_>>()
        });
        let doubted = Checked {
            approach: "rust-processes".into(),
            expected_ms: 50.0,
            measured_ms: 100.0,
            interval_ms: [90.0, 110.0],
            error: -0.5,
        };
        let (table, doubts) = checked(&[doubted]);
        let cells = [table.texts(0)[0].to_owned(), table.caption.clone()];
        languages.chain([shown.time_heading, change.heading, change.sentence]).chain(doubts).chain(cells).collect()
    }

    #[test]
    fn all_of_it_is_in_the_language_that_is_spoken() {
        let english = said();
        let file = Catalogue::write(every_text().into_iter().map(|(key, text)| (key, pseudo(&text))));
        speak(Some(Catalogue::read(&file)));
        let told = said();
        speak(None);
        assert_eq!(told.len(), english.len());
        for (english, told) in english.iter().zip(&told) {
            assert!(!english.contains('[') && told.starts_with('[') && told.ends_with(']'), "{english}: {told}");
            let raw = APPROACHES.iter().map(|approach| approach.name.english).find(|name| told.contains(name));
            assert_eq!(raw, None, "{told}");
        }
    }
}
