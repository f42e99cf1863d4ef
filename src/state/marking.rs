//! How a run marks what was guessed before it.

use analyst::{About, AnalystAnswer, GuessToMark};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Kept, Lab, LabQuestion, PageState};
use crate::browser::ask;

/// Marks the guess by the run that the lab shows, each time a run ends; a file from elsewhere marks nothing.
pub fn mark_runs(page: PageState, lab: Lab, asked: LabQuestion) {
    Effect::new(move || {
        let (Some(reported), Some((guess, reason))) = (lab.outcome.get(), asked.guess.get()) else { return };
        if lab.is_from_elsewhere() {
            return;
        }
        let question = asked.question.get_value();
        let report = reported.report.clone();
        let guessed = GuessToMark { question: (*question).clone(), guess: guess.clone(), reason, report };
        spawn_local(async move {
            let answer = ask(page.language_file(), About::Guess(Box::new(guessed))).await;
            let Ok(AnalystAnswer::Revealed(reveal)) = answer else { return };
            Kept::keep_of(&question, &guess, reveal.sentence.clone());
            asked.before.set(None);
            asked.reveal.set(Some(reveal));
        });
    });
}
