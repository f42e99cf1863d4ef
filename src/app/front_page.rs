//! The front page: a header, one lab whose experiment the URL describes, and the costs of this machine.

use lab::experiment::{Experiment, Problem, View};
use leptos::prelude::*;
use predict::Question;
use words::en;

use super::lab_view::LabView;
use super::look::ThemeButton;
use super::places::emptied;
use crate::questions::front;
use crate::results::Costs;
use crate::state::{self, Lab, LabQuestion, PageState, expect_page};

/// Shows it with this experiment, and what of the URL was not legal.
pub fn show(page: PageState, experiment: Experiment, problems: &[Problem]) {
    if page.language_file().is_some() {
        document().set_title(&en::TITLE.text());
    }
    let fresh = page.settings.with_untracked(|settings| settings.fresh);
    let asked = question_over(page, &experiment).map(|question| LabQuestion::of(question, fresh));
    let lab = page.add(experiment, problems, asked, true);
    lab.opened.set(true); // the race is there beside its question
    match emptied("#page") {
        Some(place) => mount_to(place, move || view! { <FrontPage page lab /> }).forget(),
        None => mount_to_body(move || view! { <FrontPage page lab /> }),
    }
    state::bind(page, lab);
}

/// The question over the opening race, if a run can mark it. None over any other experiment.
fn question_over(page: PageState, experiment: &Experiment) -> Option<Question> {
    let opening =
        *experiment == Experiment::opening(page.cores) && page.settings.with_untracked(|own| own.view == View::Full);
    let several = experiment.workers > 1 && page.isolation.shared_memory();
    (opening && several).then(|| front(experiment.workers))
}

#[component]
fn FrontPage(page: PageState, lab: Lab) -> impl IntoView {
    provide_context(page);
    view! {
        <Header />
        <main>
            <LabView lab />
            <Costs />
        </main>
        <footer class="credits"><p>{en::CREDITS.text()} " " <a href="licences/">{en::LICENCES.text()}</a></p></footer>
    }
}

#[component]
fn Header() -> impl IntoView {
    let page = expect_page();
    view! {
        <header class="top">
            <h1>"Lanes"</h1>
            <p>{en::TAGLINE.text()}</p>
            <a href="#chapters-heading">{en::TO_QUESTIONS.text()}</a>
            <a href="chapters/decide/">{en::TO_DECIDE.text()}</a>
            <ThemeButton page />
        </header>
    }
}
