//! Questions about a project: which approach fits it, what would change that, how a trial compares.
//!
//! A project comes as it was typed, as a file has it, or as somebody measured it: texts, which are read here, because reading
//! numbers weighs more than the page should. What is not legal is named, keeps the value that it had, and the rest applies.

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
    /// What `costs.py` printed on somebody's Python, if it is to count.
    pub python: Option<String>,
    /// What things cost here, as far as that was measured.
    pub machine: Vec<Cost>,
    /// How many cores there are here, for a trial.
    pub here: usize,
    /// Whether a closer look is worth its time.
    pub closer: bool,
}

/// How a project comes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ProjectInput {
    /// Typed, or in a link: `parts` has all parts, `parts.0` and so on have one each.
    Pairs {
        /// What was legal before, and holds where something is not legal now.
        before: Pairs,
        /// What there is now.
        pairs: Pairs,
    },
    /// As JSON.
    Json(String),
    /// The project so far, its parts to be taken from times that somebody measured, as CSV.
    Measured {
        /// The project so far.
        before: Pairs,
        /// The times.
        times: String,
    },
}

/// A project, as far as it is legal, and its decision.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DecidedProject {
    /// The project's pairs.
    pub pairs: Pairs,
    /// What was not legal: by the name of its field, as a sentence.
    pub problems: Pairs,
    /// What was made of something; empty if there is nothing to say.
    pub note: String,
    /// Which scenario it is, if it is one, by its place among [`PRESETS`].
    pub preset: Option<usize>,
    /// Its link's query.
    pub query: String,
    /// It as JSON.
    pub project: String,
    /// What is shown of the decision.
    pub shown: Decided,
    /// The decision as JSON.
    pub decision: String,
    /// Whose costs were taken, as sentences.
    pub costs: String,
    /// What each approach is ranked by, by its name: see [`Flips::new`].
    pub standings: Vec<(String, f64)>,
    /// At how many places there is to look for what would change them.
    pub looks: usize,
    /// The experiment that tries a smaller copy here.
    pub trial: Pairs,
}

impl DecidedProject {
    /// The decision as JSON, with changes that were found, each as JSON.
    pub fn with_changes(&self, changes: &[String]) -> String {
        match self.decision.strip_suffix(NO_CHANGES) {
            Some(rest) => format!("{rest}{WITH_CHANGES}{}]}}", changes.join(",")),
            None => self.decision.clone(),
        }
    }
}

/// How the JSON of a decision ends for which nobody looked for changes, and how one begins to end that has some.
const NO_CHANGES: &str = "\"changes\":[]}";
const WITH_CHANGES: &str = "\"changes\":[";

/// A change to look for, and what is asked about a project.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Looked {
    /// The project.
    pub asked: ProjectQuestion,
    /// What a closer look ranks each approach by, by its name.
    pub standings: Vec<(String, f64)>,
    /// Where to look.
    pub at: usize,
}

/// What is read of a question.
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

    /// Whose costs were taken, in words.
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

    /// What of a trial was expected, beside what was measured.
    pub(crate) fn checked(&self, report: &str) -> Result<(Table, Vec<String>), Unreadable> {
        let report = Report::from_json(report)?;
        let Read { project, sources, .. } = self.read();
        Ok(checked(&check(&Trial::of(&project, self.here), &report, &sources)))
    }
}

impl Looked {
    /// What would change it there, and the same as JSON; nothing if nothing does.
    pub(crate) fn change(&self) -> Option<(Change, String)> {
        let Read { project, sources, .. } = self.asked.read();
        let standings = self.standings.iter().filter_map(|(id, score)| Some((Approach::find(id)?, *score)));
        let flip = Flips::new(&project, &sources, &standings.collect::<Vec<_>>()).look(self.at)?;
        let json = serde_json::to_string(&flip).expect("a change is plain data");
        Some((Change::of(&flip, &project), json))
    }
}

impl ProjectInput {
    /// The project as far as it is legal, what is not, and what there is to say.
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

/// Reads what was typed, or what a link has.
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
                // while it is typed it stays what it was; where it was nothing it is left out
                read.extend(project.parts.get(at).filter(|_| same));
            }
        }
    }
    if texts.len() > PARTS_MOST {
        let most = Arg::Digits(PARTS_MOST as u64);
        problems.push(("parts".into(), say::PARTS_TOO_MANY.with(&[("most", most)])));
    }
    project.parts = read;
    (project, problems)
}

/// One part, or what is wrong with it, once it is known which it is.
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

/// The parts of these times. A part that is called as a kind is of that kind; others are of the kind that stood in their place.
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
    Ok((parts, say::FILLED_FROM.with(&[("lines", Arg::Digits(lines as u64)), ("parts", listed(&names).into())])))
}

/// The kind of a part where nobody names one: interpreted code, as most of what is measured in Python.
const INTERPRETED: usize = 1;
/// A project for a sentence that says what one looks like.
pub const PROJECT: &str = "{\"units\": 100, \"parts\": [{\"waits\": 50}]}";

/// What was wrong, by the name of its field.
fn named(problem: &Problem) -> (String, String) {
    match problem {
        Problem::Illegal { key, .. } => ((*key).to_owned(), words::problem(problem)),
        Problem::Unknown { key, .. } | Problem::Repeated { key } => (key.clone(), words::problem(problem)),
        Problem::Shapeless { .. } => ("project".into(), say::NO_PROJECT.with(&[("example", PROJECT.into())])),
    }
}

/// The query of a project's link: a scenario's name, or what differs from the usual.
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
