//! Questions about a project: which approach fits it, what would change that, how a trial compares with its estimate.
//!
//! A project arrives as it was typed, as a JSON file, or as times that were measured: all are texts, and they are read
//! here, because code that parses numbers would make the page larger. A value that is not legal is named and keeps what
//! it was before; the rest applies.

use decide::{
    AMOUNT_MOST, Approach, CLOSER, Decision, FIRST_LOOK, Flips, KINDS, PARTS_MOST, PRESETS, Part, Project, Python,
    Sources, Trial, Untimed, check, measured, preset, read_json,
};
use lab::experiment::Problem;
use lab::report::{Report, Unreadable};
use pictures::Table;
use pictures::decision::{Change, Decided, checked};
use pictures::what_if;
use serde::{Deserialize, Serialize};
use strategies::costs::Cost;
use words::{Arg, decision as say, in_english, listed};

/// Names with texts.
pub type Pairs = Vec<(String, String)>;

/// A project, and what things cost.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProjectQuestion {
    /// The project.
    pub given: ProjectInput,
    /// What `costs.py` printed on the reader's Python; `None` if Lanes' own costs apply.
    pub python: Option<String>,
    /// The measured costs of this machine; those that were not measured are missing.
    pub machine: Vec<Cost>,
    /// The number of cores of this machine, for a trial.
    pub here: usize,
    /// Whether to look more closely, which takes longer.
    pub closer: bool,
}

/// The form in which a project arrives.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ProjectInput {
    /// Typed, or in a link: `parts` has all parts; `parts.0`, `parts.1` and so on have one each.
    Pairs {
        /// The last legal values, which apply where a value is not legal now.
        before: Pairs,
        /// The present values.
        pairs: Pairs,
    },
    /// As JSON.
    Json(String),
    /// The project so far, with its parts taken from measured times, as CSV.
    Measured {
        /// The project so far.
        before: Pairs,
        /// The times.
        times: String,
    },
}

/// A project, as far as it is legal, and the decision about it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DecidedProject {
    /// The project's pairs.
    pub pairs: Pairs,
    /// What was not legal, each as the name of its field and a sentence.
    pub problems: Pairs,
    /// What was read from measured times, as a sentence; empty if there is nothing to say.
    pub note: String,
    /// The scenario that equals the project, by its place among [`PRESETS`]; `None` if none does.
    pub preset: Option<usize>,
    /// The query of the project's link.
    pub query: String,
    /// The project as JSON.
    pub project: String,
    /// What is shown of the decision.
    pub shown: Decided,
    /// The decision as JSON.
    pub decision: String,
    /// Which costs were used, as sentences.
    pub costs: String,
    /// The value by which each approach is ranked, with the name of the approach: see [`Flips::new`].
    pub standings: Vec<(String, f64)>,
    /// The number of places at which a change of the ranking can be looked for.
    pub looks: usize,
    /// The experiment that tries a smaller copy of the project on this machine.
    pub trial: Pairs,
}

impl DecidedProject {
    /// The decision as JSON, with the changes that were found, each of them as JSON.
    pub fn with_changes(&self, changes: &[String]) -> String {
        match self.decision.strip_suffix(NO_CHANGES) {
            Some(rest) => format!("{rest}{WITH_CHANGES}{}]}}", changes.join(",")),
            None => self.decision.clone(),
        }
    }
}

/// How the JSON of a decision without changes ends, and how that end begins when changes are inserted.
const NO_CHANGES: &str = "\"changes\":[]}";
const WITH_CHANGES: &str = "\"changes\":[";

/// A question about a project, and the place at which to look for a change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Looked {
    /// The project.
    pub asked: ProjectQuestion,
    /// The value by which a closer look ranks each approach, with the name of the approach.
    pub standings: Vec<(String, f64)>,
    /// The place to look at, from 0.
    pub at: usize,
}

/// A question after reading.
struct Read {
    project: Project,
    problems: Pairs,
    note: String,
    sources: Sources,
}

impl ProjectQuestion {
    /// The decision, without what would change it.
    pub(crate) fn decided(&self) -> DecidedProject {
        let Read { project, problems, note, sources } = self.read();
        let decision = Decision::of(&project, &sources, if self.closer { CLOSER } else { FIRST_LOOK });
        let standings = decision.standings();
        DecidedProject {
            pairs: owned(project.pairs()),
            problems,
            note,
            preset: PRESETS.iter().position(|name| preset(name).as_ref() == Some(&project)),
            query: query(&project),
            project: serde_json::to_string_pretty(&project).expect("a project is plain data"),
            shown: Decided::of(&decision),
            decision: in_english(|| serde_json::to_string(&decision)).expect("a decision is plain data"),
            costs: self.costs(&decision),
            looks: Flips::new(&project, &sources, &standings).len(),
            standings: standings.into_iter().map(|(approach, score)| (approach.id.to_owned(), score)).collect(),
            trial: owned(Trial::of(&project, self.here).experiment),
        }
    }

    fn read(&self) -> Read {
        let (project, mut problems, note) = self.given.read();
        let machine = what_if::measured(&self.machine);
        let mut sources = Sources { machine, ..Sources::default() };
        if let Some(text) = &self.python {
            match Python::from_json(text) {
                Ok(python) => sources = sources.with(python),
                Err(why) => problems.push(("python".into(), say::NO_PYTHON.with(&[("why", why.into())]))),
            }
        }
        Read { project, problems, note, sources }
    }

    /// Which costs were used, in words.
    fn costs(&self, decision: &Decision) -> String {
        let own = self.python.as_ref().is_some_and(|text| Python::from_json(text).is_ok());
        let python = if own { say::COSTS_OF_FILE } else { say::COSTS_OF_LANES };
        let machine = if self.machine.is_empty() { say::COSTS_USUAL } else { say::COSTS_MEASURED };
        let [with, without] = [&decision.costs.python, &decision.costs.free_threaded];
        let pythons = if with == without { say::ONE_PYTHON } else { say::BOTH_PYTHONS };
        let pythons = pythons.with(&[("python", with.as_str().into()), ("free", without.as_str().into())]);
        let python = python.with(&[("pythons", pythons.into())]);
        say::SIMULATED_MEANS.with(&[("python", python.into()), ("machine", machine.text().into())])
    }

    /// What was expected of a trial, beside what was measured.
    pub(crate) fn checked(&self, report: &str) -> Result<(Table, Vec<String>), Unreadable> {
        let report = Report::from_json(report)?;
        let Read { project, sources, .. } = self.read();
        Ok(checked(&check(&Trial::of(&project, self.here), &report, &sources)))
    }
}

impl Looked {
    /// What changes the ranking at that place, and the same as JSON; `None` if nothing does.
    pub(crate) fn change(&self) -> Option<(Change, String)> {
        let Read { project, sources, .. } = self.asked.read();
        let standings = self.standings.iter().filter_map(|(id, score)| Some((Approach::find(id)?, *score)));
        let flip = Flips::new(&project, &sources, &standings.collect::<Vec<_>>()).look(self.at)?;
        let json = serde_json::to_string(&flip).expect("a change is plain data");
        Some((Change::of(&flip, &project), json))
    }
}

impl ProjectInput {
    /// The project as far as it is legal, the problems by field, and a note.
    fn read(&self) -> (Project, Pairs, String) {
        match self {
            Self::Pairs { before, pairs } => {
                let (project, problems) = typed(before, pairs);
                (project, problems, String::new())
            }
            Self::Json(text) => {
                let (project, problems) = read_json(text);
                (project, problems.iter().map(named).collect(), String::new())
            }
            Self::Measured { before, times } => {
                let (project, _) = decide::read(before.iter().map(|(key, text)| (key, text)));
                match timed(&project, times) {
                    Ok((parts, note)) => (Project { parts, ..project }, Vec::new(), note),
                    Err(why) => (project, vec![("measured".into(), why)], String::new()),
                }
            }
        }
    }
}

/// Reads values that were typed, or came with a link.
fn typed(before: &[(String, String)], pairs: &[(String, String)]) -> (Project, Pairs) {
    let (parts, rest): (Vec<_>, Vec<_>) =
        pairs.iter().partition(|(key, _)| key == "parts" || key.starts_with("parts."));
    let (mut project, problems) = decide::read(before.iter().chain(rest).map(|(key, text)| (key, text)));
    let mut problems: Pairs = problems.iter().map(named).collect();
    if parts.is_empty() {
        return (project, problems);
    }
    let texts = parts.iter().flat_map(|(key, text)| match key.as_str() {
        "parts" if text.trim().is_empty() => Vec::new(),
        "parts" => text.split(',').collect(),
        _ => vec![text.as_str()],
    });
    let texts: Vec<_> = texts.collect();
    let same = project.parts.len() == texts.len();
    let mut read = Vec::new();
    for (at, text) in texts.iter().take(PARTS_MOST).enumerate() {
        match part(text) {
            Ok(part) => read.push(part),
            Err(why) => {
                problems.push((format!("parts.{at}"), why(at + 1)));
                // a part that is being typed stays what it was; a new one that is not legal is left out
                read.extend(project.parts.get(at).filter(|_| same));
            }
        }
    }
    if texts.len() > PARTS_MOST {
        let most = Arg::digits(PARTS_MOST);
        problems.push(("parts".into(), say::PARTS_TOO_MANY.with(&[("most", most)])));
    }
    project.parts = read;
    (project, problems)
}

/// One part, or what is wrong with it: a sentence, given the number of the part.
fn part(text: &str) -> Result<Part, impl Fn(usize) -> String> {
    let (read, problems) = decide::read([("parts", text)]);
    match read.parts.as_slice() {
        [part] if problems.is_empty() => Ok(*part),
        _ => {
            let (kind, value) = text.split_once(':').unwrap_or(("", text));
            let kind = KINDS.iter().position(|(name, _)| *name == kind.trim()).unwrap_or(0);
            let value = value.to_owned();
            Err(move |number| say::part_wrong(number, &value, AMOUNT_MOST[kind], KINDS[kind].1))
        }
    }
}

/// The parts of these times. A part named after a kind is of that kind; others keep the kind of the part in the same
/// place.
fn timed(project: &Project, times: &str) -> Result<(Vec<Part>, String), String> {
    let (timed, lines) = measured(times).map_err(|why| match why {
        Untimed::Nothing => say::NO_TIMES.text(),
        Untimed::NoTime(line, value) => say::no_time(line, &value),
    })?;
    let names: Vec<_> = timed.iter().take(PARTS_MOST).map(|part| part.name.clone()).collect();
    let part = |(at, timed): (usize, &decide::Timed)| {
        let named = KINDS.iter().position(|(kind, _)| timed.name.eq_ignore_ascii_case(kind));
        let before = project.parts.get(at).map(|part| part.kind()).filter(|kind| KINDS[*kind].1 == "ms");
        Part::of(named.or(before).unwrap_or(INTERPRETED), timed.amount).expect("a kind that there is")
    };
    let parts = timed.iter().take(PARTS_MOST).enumerate().map(part).collect();
    Ok((parts, say::FILLED_FROM.with(&[("lines", Arg::digits(lines)), ("parts", listed(&names).into())])))
}

/// The kind of a part where no kind is named: interpreted code, as most of what is measured in Python.
const INTERPRETED: usize = 1;
/// A minimal project, for the sentence that shows what one looks like.
pub const PROJECT: &str = "{\"units\": 100, \"parts\": [{\"waits\": 50}]}";

/// What is wrong, with the name of its field.
fn named(problem: &Problem) -> (String, String) {
    match problem {
        Problem::Illegal { key, .. } => ((*key).to_owned(), words::problem(problem)),
        Problem::Unknown { key, .. } | Problem::Repeated { key } => (key.clone(), words::problem(problem)),
        Problem::Shapeless { .. } => ("project".into(), say::NO_PROJECT.with(&[("example", PROJECT.into())])),
    }
}

/// The query of a project's link: a scenario's name, or the values that differ from the defaults.
fn query(project: &Project) -> String {
    if let Some(name) = PRESETS.iter().find(|name| preset(name).as_ref() == Some(project)) {
        return format!("preset={name}");
    }
    let usual = Project::default().pairs();
    let told = |pair: &(&'static str, String)| pair.0 == "units" || !usual.contains(pair);
    let pairs = project.pairs().into_iter().filter(told);
    pairs.map(|(key, text)| format!("{key}={text}")).collect::<Vec<_>>().join("&")
}

fn owned(pairs: Vec<(&'static str, String)>) -> Pairs {
    pairs.into_iter().map(|(key, text)| (key.to_owned(), text)).collect()
}
