//! Problems with a request, in words.
//!
//! Keys and values come from anywhere, so they are shortened and escaped before they are shown.

use lab::experiment::{Legal, Problem};
use workloads::Param;

use super::message::{Message, messages};
use super::pattern::Arg;
use super::{en, plugin};

messages! {
    NOT_EXACT = "“{number} (not exact; say it as text)”";
}

/// The most characters of a text from outside that are shown.
const SHOWN: usize = 40;

/// A problem as a whole sentence, which names what is legal.
pub fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Unknown { key, legal } => {
            en::UNKNOWN_KEY.with(&[("key", quoted(key).into()), ("legal", legal.join(", ").into())])
        }
        Problem::Illegal { key, value, legal } => en::ILLEGAL_VALUE.with(&[
            ("key", (*key).into()),
            ("value", given(value).into()),
            ("legal", self::legal(legal).into()),
        ]),
        Problem::Repeated { key } => en::REPEATED_KEY.with(&[("key", quoted(key).into())]),
        Problem::Shapeless { value } => en::SHAPELESS.with(&[("value", quoted(value).into())]),
    }
}

/// A value as it was given; if it was rounded on its way here, that it is not exact.
fn given(value: &str) -> String {
    match value.strip_prefix(Problem::ROUNDED) {
        Some(number) => NOT_EXACT.with(&[("number", shortened(number).into())]),
        None => quoted(value),
    }
}

fn legal(legal: &Legal) -> String {
    match legal {
        Legal::Whole { least, greatest, unit } => range([en::WHOLE_NUMBER, en::WHOLE_NUMBER_OF], least, greatest, unit),
        Legal::Number { least, greatest, unit } => range([en::A_NUMBER, en::A_NUMBER_OF], least, greatest, unit),
        Legal::Parts(kinds) => {
            let kinds = kinds.iter().map(|(kind, unit)| format!("{kind} ({unit})")).collect::<Vec<_>>().join(", ");
            en::PARTS_LIST.with(&[("kinds", kinds.into())])
        }
        Legal::OneOf(words) => words.join(", "),
        Legal::List(words) => en::COMMA_LIST.with(&[("words", words.join(", ").into())]),
        Legal::Chapter(length) => en::CHAPTER_NAME.with(&[("length", Arg::digits(*length))]),
        Legal::Language => en::LANGUAGE_TAG.text(),
    }
}

/// A range in words: without a unit, or with one.
fn range([plain, of]: [Message; 2], least: &str, greatest: &str, unit: &str) -> String {
    let ends = [("least", Arg::from(least)), ("greatest", greatest.into()), ("unit", unit.into())];
    if unit.is_empty() { plain.with(&ends) } else { of.with(&ends) }
}

/// The value of a parameter, as people write it.
pub fn amount(param: &Param, value: u32) -> String {
    if param.words.is_empty() { plugin::amount(param, value) } else { plugin::choice(param, value) }
}

/// A text from outside in quotes, shortened and without invisible characters.
pub(crate) fn quoted(text: &str) -> String {
    format!("“{}”", shortened(text))
}

fn shortened(text: &str) -> String {
    let shown: String = text.chars().take(SHOWN).collect();
    let rest = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("{}{rest}", shown.escape_debug())
}
