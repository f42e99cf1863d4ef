//! Questions about projects: asked while nothing is measured, because a measurement has the machine to itself.

use std::pin::pin;

use analyst::{About, AnalystAnswer, ProjectInput, ProjectQuestion};
use futures_util::future::{Either, select};
use leptos::prelude::*;
use strategies::Failure;

use crate::browser;
use crate::state::PageState;

/// A question about a project on this page.
pub fn asked(page: PageState, given: ProjectInput, python: Option<String>, closer: bool) -> ProjectQuestion {
    ProjectQuestion { given, python, machine: page.costs.get_untracked(), here: page.cores.0, closer }
}

/// The answer. A measurement that begins meanwhile drops the question, which is asked again afterwards.
///
/// # Errors
/// When the analyst fails.
pub async fn ask(page: PageState, about: About) -> Result<AnalystAnswer, Failure> {
    loop {
        page.exclusive.free().await;
        let answer = pin!(browser::ask(page.language_file(), about.clone()));
        if let Either::Left((answer, _)) = select(answer, pin!(page.exclusive.busy())).await {
            return answer;
        }
    }
}
