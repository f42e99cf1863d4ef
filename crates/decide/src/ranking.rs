//! The approaches of a language, the one that fits best first.

use super::approach::{Approach, Language};
use super::costs::Sources;
use super::model::{Estimate, Model, Unfit};
use super::project::Project;
use super::search::{best, score};

/// Approaches whose score is at most this many times the best score are close: of close ones the simplest fits best.
pub const CLOSE: f64 = 1.1;

/// How an approach does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// The approach.
    pub approach: &'static Approach,
    /// What it takes, or why it cannot do the project.
    pub outcome: Result<Estimate, Unfit>,
    /// What it is ranked by, in milliseconds: see [`score`]. None if it cannot do the project.
    pub score: Option<f64>,
    /// Whether it is about as good as the best.
    pub close: bool,
}

/// All approaches of a language: first the simplest of those close to the best, then the others by their scores, last
/// those that cannot do the project. At most `most` units are simulated for each.
pub fn rank(project: &Project, language: Language, sources: &Sources, most: usize) -> Vec<Ranked> {
    ordered(Approach::of(language).map(|approach| judge(project, approach, sources, most)).collect())
}

/// Moves the approach that fits best to the front and sorts the others by score. They are given with the simplest
/// first.
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
