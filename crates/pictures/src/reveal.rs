//! The reveal: a guess beside what was measured, on the axis on which it was guessed.

use lab::measure::Ratio;
use lab::report::Report;
use predict::{AnswerKind, Axis, Guess, Mark, Marked, Measure, Question, Truth, mark};
use serde::{Deserialize, Serialize};
use words::en;

/// What is shown of a guess after the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reveal {
    /// How it was marked.
    pub mark: Mark,
    /// Guess and measurement, in a sentence.
    pub sentence: String,
    /// The text about the reason; `None` if no reason was given.
    pub reason: Option<String>,
    /// Texts to stand beside options, each with the word of its option: that this one was measured, or what was.
    pub notes: Vec<(String, String)>,
    /// Guess and measurement on the axis, for a curve one pair per number of workers; empty where nothing was measured,
    /// or where there is no axis.
    pub on_axis: Vec<OnAxis>,
}

/// Positions on an axis, from 0 at its left end to 1 at its right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OnAxis {
    /// The guess.
    pub guess: f64,
    /// What was measured.
    pub measured: f64,
    /// The ends of the interval of the measurement; both equal the measurement if there is none.
    pub interval: [f64; 2],
}

impl Reveal {
    /// Marks a guess; `reason` is the place of the reason that was given, if one was.
    pub fn of(question: &Question, guess: &Guess, reason: Option<usize>, report: &Report) -> Self {
        let marked = mark(question, guess, report);
        let reason = reason.and_then(|reason| question.reasons.get(reason)).map(words::reasoned);
        Self {
            sentence: words::revealed(question, guess, &marked),
            reason,
            notes: notes(question, &marked),
            on_axis: on_axis(question, guess, &marked),
            mark: marked.mark,
        }
    }
}

fn notes(question: &Question, marked: &Marked) -> Vec<(String, String)> {
    let mark = if let Measure::Cell(_) = question.of { en::SO_IT_IS } else { en::MEASURED_MARK };
    match &marked.truth {
        Some(Truth::Words(words)) => words.iter().map(|word| (word.clone(), mark.text())).collect(),
        Some(Truth::Each(calls)) => calls.iter().map(|call| (call.word.clone(), words::held_up(call))).collect(),
        _ => Vec::new(),
    }
}

fn on_axis(question: &Question, guess: &Guess, marked: &Marked) -> Vec<OnAxis> {
    match (&question.kind, guess, &marked.truth) {
        (AnswerKind::Point(axis), Guess::Number(guess), Some(Truth::Number(found))) => {
            vec![OnAxis::of(axis, *guess, *found)]
        }
        (AnswerKind::Curve(axis), Guess::Curve(guess), Some(Truth::Curve(points))) => {
            let both = guess.iter().filter_map(|(workers, guess)| {
                let (_, found) = points.iter().find(|(own, _)| own == workers)?;
                Some(OnAxis::of(axis, *guess, *found))
            });
            both.collect()
        }
        _ => Vec::new(),
    }
}

impl OnAxis {
    fn of(axis: &Axis, guess: f64, found: Ratio) -> Self {
        let interval = found.ci95.unwrap_or([found.value; 2]).map(|end| axis.place(end));
        Self { guess: axis.place(guess), measured: axis.place(found.value), interval }
    }
}
