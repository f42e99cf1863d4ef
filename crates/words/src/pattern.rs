//! Patterns: texts with names in braces that are filled in.
//!
//! ```text
//! {name}             the argument of that name
//! {name?one:many}    the first word if the argument is one, the second if it is many
//! ```

use super::number;

/// An argument: what is filled in for a name.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A text that counts as singular.
    Text(String),
    /// A text that counts as plural.
    Many(String),
    /// A number of things: small ones are written as words.
    Count(u64),
    /// A number of things, in digits.
    Digits(u64),
}

impl Arg {
    /// A number of things, in digits.
    pub fn digits(number: usize) -> Self {
        Self::Digits(number as u64)
    }

    /// A number that is written already: "1" is singular, all others are plural, "0.5" and "4.2" among them.
    pub fn written(number: String) -> Self {
        if number == "1" { Self::Text(number) } else { Self::Many(number) }
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Many(text) => text.clone(),
            Self::Count(count) => number::counted(*count),
            Self::Digits(number) => number.to_string(),
        }
    }

    fn is_one(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Count(1) | Self::Digits(1))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A number of things.
impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

/// The pattern with its names filled in. A name that has no argument stays as it is, so that it is seen.
pub(crate) fn fill(pattern: &str, arg: &dyn Fn(&str) -> Option<Arg>) -> String {
    let mut text = String::new();
    for piece in pieces(pattern) {
        match piece {
            PatternPiece::Plain(plain) => text += plain,
            PatternPiece::Name(name) => match arg(name) {
                Some(arg) => text += &arg.text(),
                None => text += &format!("{{{name}}}"),
            },
            PatternPiece::Choice { name, one, many } => {
                text += if arg(name).is_some_and(|arg| arg.is_one()) { one } else { many };
            }
        }
    }
    text
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatternPiece<'a> {
    /// Text that stays.
    Plain(&'a str),
    /// An argument.
    Name(&'a str),
    /// One of two words.
    Choice { name: &'a str, one: &'a str, many: &'a str },
}

/// The parts of a pattern. A brace that is never closed is plain text.
pub(crate) fn pieces(pattern: &str) -> Vec<PatternPiece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        if open > 0 {
            pieces.push(PatternPiece::Plain(&rest[..open]));
        }
        let inside = &rest[open + 1..open + length];
        let choice = inside.split_once('?').and_then(|(name, words)| Some((name, words.split_once(':')?)));
        pieces.push(match choice {
            Some((name, (one, many))) => PatternPiece::Choice { name, one, many },
            None => PatternPiece::Name(inside),
        });
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        pieces.push(PatternPiece::Plain(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str, count: u64) -> String {
        fill(pattern, &|name| (name == "n").then_some(Arg::Count(count)))
    }

    #[test]
    fn names_and_plurals_are_filled_in() {
        assert_eq!(filled("{n} {n?worker:workers}.", 1), "one worker.");
        assert_eq!(filled("{n} {n?worker:workers}.", 12), "twelve workers.");
        assert_eq!(filled("{n} {n?worker:workers}.", 1_204), "1,204 workers.");
        assert_eq!(filled("nothing", 1), "nothing");
    }

    #[test]
    fn what_cannot_be_filled_in_is_seen() {
        assert_eq!(filled("{who} and {n", 2), "{who} and {n");
        assert_eq!(filled("{}", 2), "{}");
    }

    #[test]
    fn a_text_may_stand_for_many() {
        let arg = |arg: Arg| fill("{who} {who?is:are}", &move |_| Some(arg.clone()));
        assert_eq!(arg("the loop".into()), "the loop is");
        assert_eq!(arg(Arg::Many("threads".into())), "threads are");
    }

    #[test]
    fn a_number_that_is_written_already_is_one_or_many() {
        let days = |number: &str| fill("{n} {n?day:days}", &|_| Some(Arg::written(number.into())));
        assert_eq!(["1", "1.9", "0.5", "32,000"].map(days), ["1 day", "1.9 days", "0.5 days", "32,000 days"]);
    }
}
