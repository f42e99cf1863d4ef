//! What a visitor commits to.

use serde::{Deserialize, Serialize};

use crate::number::{read_number, write_number};
use crate::question::AnswerKind;

/// A guess, of the kind that the question asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Guess {
    /// One of the options, by its word.
    Word(String),
    /// A number, in the measure's own unit.
    Number(f64),
    /// An order, by the options' words.
    Order(Vec<String>),
    /// A number for each of these numbers of workers.
    Curve(Vec<(usize, f64)>),
    /// The words of the options to which the answer is yes; to all others it is no.
    Yes(Vec<String>),
}

/// The beginning of a [`Guess::Yes`] as text, so that a guess without any option differs from no guess.
const YES: &str = "yes:";

impl Guess {
    /// The guess as text, to be stored; [`Guess::read`] reads it.
    pub fn text(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Number(value) => write_number(*value),
            Self::Order(words) => words.join(","),
            Self::Yes(words) => format!("{YES}{}", words.join(",")),
            Self::Curve(points) => {
                let points = points.iter().map(|(workers, value)| format!("{workers}:{}", write_number(*value)));
                points.collect::<Vec<_>>().join(",")
            }
        }
    }

    /// Reads a guess for a question of this kind; `None` if the text is not one.
    pub fn read(text: &str, kind: &AnswerKind) -> Option<Self> {
        match kind {
            AnswerKind::Pick(options) => options.iter().any(|(word, _)| word == text).then(|| Self::Word(text.into())),
            AnswerKind::Point(_) => read_number(text).map(Self::Number),
            AnswerKind::Rank(options) => {
                let words: Vec<_> = text.split(',').map(str::to_owned).collect();
                let each_once = options.iter().all(|(word, _)| words.iter().filter(|own| *own == word).count() == 1);
                (each_once && words.len() == options.len()).then_some(Self::Order(words))
            }
            AnswerKind::Sort(options) => {
                let words = text.strip_prefix(YES)?.split(',').filter(|word| !word.is_empty()).map(str::to_owned);
                let words: Vec<_> = words.collect();
                let known = |own: &String| options.iter().any(|(word, _)| word == own);
                words.iter().all(known).then_some(Self::Yes(words))
            }
            AnswerKind::Curve(_) => {
                let point = |text: &str| {
                    let (workers, value) = text.split_once(':')?;
                    Some((workers.parse().ok()?, read_number(value)?))
                };
                text.split(',').map(point).collect::<Option<Vec<_>>>().map(Self::Curve)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::{Axis, AxisScale};

    #[test]
    fn what_is_kept_is_read_again() {
        let options = || ["a", "b"].map(|word| (word.to_owned(), word.to_uppercase())).to_vec();
        let axis = || Axis { from: 0.0, to: 4.0, scale: AxisScale::Linear };
        let order = |words: [&str; 2]| Guess::Order(words.map(str::to_owned).to_vec());
        for (kind, guess) in [
            (AnswerKind::Pick(options()), Guess::Word("b".into())),
            (AnswerKind::Point(axis()), Guess::Number(1.25)),
            (AnswerKind::Rank(options()), order(["b", "a"])),
            (AnswerKind::Curve(axis()), Guess::Curve(vec![(1, 1.0), (2, 1.9), (4, 2.5)])),
            (AnswerKind::Sort(options()), Guess::Yes(vec!["b".into()])),
            (AnswerKind::Sort(options()), Guess::Yes(Vec::new())),
        ] {
            assert_eq!(Guess::read(&guess.text(), &kind), Some(guess));
        }
    }

    #[test]
    fn what_is_no_guess_for_a_question_is_none() {
        let options = || ["a", "b"].map(|word| (word.to_owned(), word.to_owned())).to_vec();
        let axis = Axis { from: 0.0, to: 4.0, scale: AxisScale::Linear };
        for (kind, text) in [
            (AnswerKind::Pick(options()), "c"),
            (AnswerKind::Rank(options()), "a"),
            (AnswerKind::Rank(options()), "a,a"),
            (AnswerKind::Point(axis), "many"),
            (AnswerKind::Curve(axis), "1:1,,2:2"),
            (AnswerKind::Sort(options()), "yes:c"),
            (AnswerKind::Sort(options()), ""),
        ] {
            assert_eq!(Guess::read(text, &kind), None, "{text}");
        }
    }
}
