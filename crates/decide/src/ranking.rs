//! The approaches of a language, the one that fits best first.

use super::approach::{Approach, Language};
use super::costs::Sources;
use super::model::{Estimate, Model, Unfit};
use super::project::Project;
use super::search::{best, score};

/// What is no more than so many times as much is close: of close ones the simplest fits best.
pub const CLOSE: f64 = 1.1;

/// How an approach does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Which.
    pub approach: &'static Approach,
    /// What it takes, or why it cannot do it.
    pub outcome: Result<Estimate, Unfit>,
    /// What it is ranked by, in milliseconds: see [`score`]. None if it cannot do it.
    pub score: Option<f64>,
    /// Whether it is about as good as the best.
    pub close: bool,
}

/// All approaches of a language: the simplest of those that are about as good as the best, then by their scores, then those
/// that cannot do it. At most `most` units are simulated.
pub fn rank(project: &Project, language: Language, sources: &Sources, most: usize) -> Vec<Ranked> {
    ordered(Approach::of(language).map(|approach| judge(project, approach, sources, most)).collect())
}

/// The one that fits best first, of approaches in the order of their simplicity.
pub fn ordered(mut ranked: Vec<Ranked>) -> Vec<Ranked> {
    let least = ranked.iter().filter_map(|ranked| ranked.score).fold(f64::INFINITY, f64::min);
    for ranked in &mut ranked {
        ranked.close = ranked.score.is_some_and(|score| score <= CLOSE * least);
    }
    let simplest = ranked.iter().position(|ranked| ranked.close);
    let first = simplest.map(|at| ranked.remove(at));
    ranked.sort_by(|a, b| a.score.unwrap_or(f64::INFINITY).total_cmp(&b.score.unwrap_or(f64::INFINITY)));
    first.into_iter().chain(ranked).collect()
}

/// How one approach does.
pub fn judge(project: &Project, approach: &'static Approach, sources: &Sources, most: usize) -> Ranked {
    let unfit = |why| Ranked { approach, outcome: Err(why), score: None, close: false };
    let Some(costs) = sources.costs(approach) else { return unfit(Unfit::NoCosts) };
    let model = Model { project, approach, costs, most };
    if let Some(why) = model.unfit() {
        return unfit(why);
    }
    let estimate = best(&model);
    Ranked { approach, outcome: Ok(estimate), score: Some(score(&model, &estimate)), close: false }
}
