//! A decision: the ranking with its reasons, and what would change it. What files, messages and the page show.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::approach::{Approach, Language};
use super::costs::{Python, Sources};
use super::finding::{RankingReason, findings, unfit};
use super::flips::{Flip, Standing};
use super::model::Model;
use super::project::Project;
use super::ranking::{Ranked, rank};

/// Which approaches fit a project, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// The project.
    pub project: Project,
    /// The Pythons whose costs the decision is based on.
    pub costs: CostsOf,
    /// What fits best in each language.
    pub answers: BestByLanguage,
    /// All approaches, language by language, the one that fits best first.
    pub approaches: Vec<ApproachResult>,
    /// What would change the answers, as far as that was looked for.
    pub changes: Vec<Flip>,
}

/// The approach that fits best in each language; None if none can do the project.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BestByLanguage {
    /// In Python.
    pub python: Option<&'static Approach>,
    /// In Rust.
    pub rust: Option<&'static Approach>,
}

/// The Pythons whose costs were taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CostsOf {
    /// The version of the CPython with the GIL.
    pub python: String,
    /// The version of the free-threaded CPython.
    pub free_threaded: String,
}

/// An approach, and how it does.
#[derive(Debug, Clone, PartialEq)]
pub struct ApproachResult {
    /// Its place in the ranking.
    pub ranked: Ranked,
    /// Why it performs as it does, the weightiest reason first.
    pub findings: Vec<RankingReason>,
    /// Units done per second, counted from the start of its workers; None if it cannot do the project.
    pub throughput: Option<f64>,
}

impl Decision {
    /// Decides, without looking for what would change it. At most `most` units are simulated for each approach.
    pub fn of(project: &Project, sources: &Sources, most: usize) -> Self {
        let languages = [Language::Python, Language::Rust];
        let [python, rust] = languages.map(|language| rank(project, language, sources, most));
        let first =
            |ranked: &[Ranked]| ranked.first().filter(|first| first.score.is_some()).map(|first| first.approach);
        let of = |python: &Python| python.python.clone();
        Self {
            project: project.clone(),
            costs: CostsOf { python: of(&sources.python), free_threaded: of(&sources.free_threaded) },
            answers: BestByLanguage { python: first(&python), rust: first(&rust) },
            approaches: python
                .into_iter()
                .chain(rust)
                .map(|ranked| ApproachResult::of(project, ranked, sources, most))
                .collect(),
            changes: Vec::new(),
        }
    }

    /// The score of each approach that can do the project, the best of each language first.
    pub fn standings(&self) -> Vec<Standing> {
        let ranked = self.approaches.iter().map(|row| &row.ranked);
        ranked.filter_map(|ranked| Some((ranked.approach, ranked.score?))).collect()
    }
}

impl ApproachResult {
    fn of(project: &Project, ranked: Ranked, sources: &Sources, most: usize) -> Self {
        let approach = ranked.approach;
        let costs = sources.costs(approach).or_else(|| sources.costs(Approach::find("python-sequential")?));
        let model = Model { project, approach, costs: costs.expect("the simplest needs no costs"), most };
        let findings = match &ranked.outcome {
            Ok(estimate) => findings(&model, estimate),
            Err(why) => vec![unfit(&model, *why)],
        };
        let throughput =
            ranked.outcome.ok().map(|done| f64::from(project.units) / (done.start_ms + done.makespan_ms) * 1000.0);
        Self { ranked, findings, throughput }
    }
}

/// Flat, as readers of a file expect it.
impl Serialize for ApproachResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Ranked { approach, outcome, close, .. } = &self.ranked;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("approach", approach.id)?;
        map.serialize_entry("language", &approach.language)?;
        map.serialize_entry("name", approach.name.english)?; // programs read English
        map.serialize_entry("strategy", approach.strategy().meta().id)?;
        map.serialize_entry("possible", &outcome.is_ok())?;
        if let Ok(estimate) = outcome {
            let mut number = |key, value: f64| map.serialize_entry(key, &rounded(value));
            number("workers", estimate.workers as f64)?;
            number("start_ms", estimate.start_ms)?;
            number("makespan_ms", estimate.makespan_ms)?;
            number("p95_ms", estimate.p95_ms)?;
            number("throughput_per_s", self.throughput.unwrap_or_default())?;
            number("memory_mb", estimate.memory_mb)?;
            number("cpu_ms", estimate.cpu_ms)?;
            map.serialize_entry("close", close)?;
        }
        map.serialize_entry("findings", &self.findings)?;
        map.end()
    }
}

/// Rounded to four digits: the model is no more precise.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 10.0_f64.powi(3 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}
