//! What is said of a guess, before a run and after it.

use predict::{Axis, Guess, HeldUp, Mark, Marked, Measure, Question, Reason, Truth, Unit, Why};

use super::number::factor;
use super::{decimal, duration, en, listed, plugin};

/// A number of this unit: "1.9 times", "152 ms", "2.0 cores".
pub fn guessed(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Times => en::GUESS_TIMES.with(&[("n", factor(value).into())]),
        Unit::Milliseconds => duration(value),
        Unit::Cores => en::GUESS_CORES.with(&[("n", factor(value).into())]),
        Unit::Tasks => en::GUESS_TASKS.with(&[("n", factor(value).into())]),
        Unit::Workers => en::GUESS_WORKERS.with(&[("n", (value.round() as usize).into())]),
    }
}

/// Between which numbers a guess may be typed.
pub fn typed(unit: Unit, axis: &Axis) -> String {
    let pattern = match unit {
        Unit::Times => en::TYPE_TIMES,
        Unit::Milliseconds => en::TYPE_MILLISECONDS,
        Unit::Cores => en::TYPE_CORES,
        Unit::Tasks => en::TYPE_TASKS,
        Unit::Workers => en::TYPE_WORKERS,
    };
    let end = |value: f64| decimal(value, u32::from(value.fract() > 0.0)).into();
    pattern.with(&[("from", end(axis.from)), ("to", end(axis.to))])
}

/// A mark on an axis of this unit: the number alone, except for durations, whose unit depends on their length.
pub fn axis_mark(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Milliseconds => duration(value),
        Unit::Times | Unit::Cores | Unit::Tasks | Unit::Workers => decimal(value, u32::from(value.fract() > 0.0)),
    }
}

/// Guess and measurement beside each other, in a sentence.
pub fn revealed(question: &Question, said: &Guess, marked: &Marked) -> String {
    let guess = || shown_guess(question, said);
    match (&marked.mark, &marked.truth) {
        (Mark::Right | Mark::Wrong, Some(truth @ Truth::Each(calls))) => {
            let as_was =
                |call: &&HeldUp| matches!(said, Guess::Yes(words) if call.long == Some(words.contains(&call.word)));
            let right = calls.iter().filter(as_was).count();
            en::SORTED.with(&[
                ("right", right.into()),
                ("n", calls.len().into()),
                ("truth", shown_truth(question, truth).into()),
            ])
        }
        (Mark::Not(why), None) => en::NOT_MARKED.with(&[("why", why_not(why).into())]),
        (Mark::Not(why), Some(truth)) => {
            en::NOT_MARKED_BUT.with(&[("why", why_not(why).into()), ("truth", shown_truth(question, truth).into())])
        }
        (right @ (Mark::Right | Mark::Wrong), Some(truth)) => {
            let pattern = match (&question.of, right) {
                (Measure::Cell(_), Mark::Right) => en::TOLD_RIGHT, // about what each strategy is, not this machine
                (Measure::Cell(_), _) => en::TOLD_WRONG,
                (_, Mark::Right) => en::GUESSED_RIGHT,
                _ => en::GUESSED_WRONG,
            };
            pattern.with(&[("guess", guess().into()), ("truth", shown_truth(question, truth).into())])
        }
        (Mark::Right | Mark::Wrong, None) => String::new(), // there is no mark without a truth
    }
}

/// What is said of the reason that was given for a guess.
pub fn reasoned(reason: &Reason) -> String {
    let pattern = if reason.mistaken { en::REASON_MISTAKEN } else { en::REASON };
    pattern.with(&[("reason", reason.label.as_str().into()), ("reply", reason.reply.as_str().into())])
}

fn shown_guess(question: &Question, guess: &Guess) -> String {
    match guess {
        Guess::Number(number) => guessed(question.unit(), *number),
        Guess::Word(word) => label(question, word),
        Guess::Order(words) => in_order(question, words),
        Guess::Curve(points) => points.last().map_or_else(String::new, |(most, value)| at_most(*most, *value)),
        Guess::Yes(words) => these(question, words),
    }
}

fn shown_truth(question: &Question, truth: &Truth) -> String {
    match truth {
        Truth::Number(found) => {
            let unit = question.unit();
            let value = guessed(unit, found.value).into();
            match found.ci95 {
                None => guessed(unit, found.value),
                Some([low, high]) => {
                    let [low, high] = [low, high].map(|end| bare(unit, end));
                    let interval = en::INTERVAL.with(&[("low", low.into()), ("high", high.into())]);
                    en::GUESS_WITHIN.with(&[("value", value), ("interval", interval.into())])
                }
            }
        }
        Truth::Words(words) => listed(&words.iter().map(|word| label(question, word)).collect::<Vec<_>>()),
        Truth::Order(words) => in_order(question, words),
        Truth::Curve(points) => points.last().map_or_else(String::new, |(most, point)| at_most(*most, point.value)),
        Truth::Each(calls) => {
            let long = calls.iter().filter(|call| call.long == Some(true)).map(|call| call.word.clone());
            these(question, &long.collect::<Vec<_>>())
        }
    }
}

/// A number as it stands in a sentence, without its unit if the words before it make that clear.
fn bare(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Milliseconds => duration(value),
        Unit::Workers => decimal(value, 0),
        Unit::Times | Unit::Cores | Unit::Tasks => factor(value),
    }
}

/// The labels of the options with these words, or that it is none of them.
fn these(question: &Question, words: &[String]) -> String {
    match words {
        [] => en::NONE_OF_THEM.text(),
        some => some.iter().map(|word| label(question, word)).collect::<Vec<_>>().join("; "),
    }
}

/// How long others had to wait for a call.
pub fn held_up(call: &HeldUp) -> String {
    en::HELD_UP_FOR.with(&[("time", duration(call.ms).into())])
}

fn at_most(workers: usize, value: f64) -> String {
    en::GUESS_WITH_WORKERS.with(&[("n", workers.into()), ("value", guessed(Unit::Times, value).into())])
}

fn in_order(question: &Question, words: &[String]) -> String {
    let labels = words.iter().map(|word| label(question, word));
    if let Measure::Printed(_) = question.of {
        return labels.collect::<Vec<_>>().join(" ");
    }
    let then = |first: String, next: String| en::GUESS_THEN.with(&[("first", first.into()), ("next", next.into())]);
    labels.reduce(then).unwrap_or_default()
}

/// An option's label; if the question has no such option, plain words or the word itself.
fn label(question: &Question, word: &str) -> String {
    let label = question.options().iter().find(|(known, _)| known == word).map(|(_, label)| label.clone());
    label.unwrap_or_else(|| match word {
        predict::SAME => en::NO_DIFFERENCE_SEEN.text(),
        _ => word.into(),
    })
}

/// Why a guess cannot be marked, as a clause.
fn why_not(why: &Why) -> String {
    match why {
        Why::Unavailable(id) => en::NOT_MARKED_UNAVAILABLE.with(&[("strategy", plugin::plain(id))]),
        Why::Deprived(id) => en::NOT_MARKED_DEPRIVED.with(&[("strategy", plugin::plain(id))]),
        Why::Void => en::NOT_MARKED_VOID.text(),
        Why::NotMeasured => en::NOT_MARKED_UNMEASURED.text(),
        Why::TooWide => en::NOT_MARKED_TOO_WIDE.text(),
        Why::Undecided => en::NOT_MARKED_UNDECIDED.text(),
        Why::NoGuess => en::NOT_MARKED_NO_GUESS.text(),
    }
}

/// What the axis or the options measure, for people who do not see them.
pub fn measured_by(of: &Measure) -> String {
    match of {
        Measure::Speedup(..) | Measure::Scaling(_) => en::AXIS_TIMES.text(),
        Measure::Parallelism(_) => en::AXIS_CORES.text(),
        Measure::Workers(_) => en::WORKERS_AXIS.text(),
        _ => en::AXIS_TIME.text(),
    }
}
