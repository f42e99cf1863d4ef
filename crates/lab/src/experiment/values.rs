//! Values of keys, read and written: words that stand for something, and whole numbers.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::{Legal, Problem};

/// What the words of a key stand for; the first word of a meaning is the one that is written.
type Words<T> = [(&'static str, T)];
/// `autorun`, `fresh` and `sweep`.
pub(super) const SWITCH: [(&str, bool); 4] = [("1", true), ("0", false), ("true", true), ("false", false)];
/// `trace`.
pub(super) const RECORDING: [(&str, bool); 2] = [("on", true), ("off", false)];

/// The word that is written for `value`.
pub(super) fn word<T: PartialEq>(words: &Words<T>, value: T) -> &'static str {
    words.iter().find(|(_, meaning)| *meaning == value).expect("every value has a word").0
}

/// What the value of a key stands for.
pub(super) fn choice<T: Copy>(key: &'static str, value: &str, words: &Words<T>) -> Result<T, Problem> {
    let legal = || Legal::OneOf(words.iter().map(|(word, _)| *word).collect());
    words
        .iter()
        .find(|(word, _)| *word == value)
        .map(|(_, meaning)| *meaning)
        .ok_or_else(|| illegal(key, value, legal()))
}

/// A whole number within `range`.
pub(super) fn number<T>(key: &'static str, value: &str, range: RangeInclusive<T>) -> Result<T, Problem>
where
    T: FromStr + PartialOrd + Display,
{
    let legal = || Legal::Whole { least: range.start().to_string(), greatest: range.end().to_string(), unit: "" };
    value.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| illegal(key, value, legal()))
}

/// The problem of a value that is not legal.
pub(super) fn illegal(key: &'static str, value: &str, legal: Legal) -> Problem {
    Problem::Illegal { key, value: value.into(), legal }
}
