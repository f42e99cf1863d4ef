//! A decision for a deck or a script: asked for by a message, on any page.

use analyst::{About, AnalystAnswer, Looked, ProjectInput};
use strategies::Failure;

use super::asking::{ask, asked};
use crate::browser::another_answer;
use crate::state::PageState;

/// The decision about a project, both as JSON, and what in the project was not legal. `python` is what `costs.py`
/// printed, if its costs are to count.
///
/// # Errors
/// When the analyst fails.
pub async fn decide(
    page: PageState,
    project: String,
    python: Option<String>,
) -> Result<(String, Vec<String>), Failure> {
    let asked = asked(page, ProjectInput::Json(project), python, true);
    let answer = ask(page, About::Decide(Box::new(asked.clone()))).await?;
    let AnalystAnswer::Decided(decided) = answer else { return Err(another_answer()) };
    let mut changes = Vec::new();
    for at in 0..decided.looks {
        let looked = Looked { asked: asked.clone(), standings: decided.standings.clone(), at };
        match ask(page, About::Change(Box::new(looked))).await? {
            AnalystAnswer::Change(change) => changes.extend(change.map(|(_, json)| json)),
            _ => return Err(another_answer()),
        }
    }
    let problems = decided.problems.iter().map(|(_, why)| why.clone()).collect();
    Ok((decided.with_changes(&changes), problems))
}
