//! How numbers and names read in a sentence: small counts as words, large ones grouped, units where they belong.

use super::{Finding, Kind};
use crate::measure::{Measurement, decimal};

/// The counts that are written as words.
const WORDS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A result: `text` becomes a sentence about `strategy`.
pub fn finding(id: &str, strategy: Option<&str>, text: String) -> Finding {
    Finding { id: id.into(), kind: Kind::Finding, strategy: strategy.map(str::to_owned), text: sentence(&text) }
}

/// A doubt: `text` becomes a sentence.
pub fn caveat(id: &str, text: String) -> Finding {
    Finding { id: id.into(), kind: Kind::Caveat, strategy: None, text: sentence(&text) }
}

/// Who did the work: "two threads", "the event loop".
pub fn who(measurement: &Measurement) -> String {
    team(&measurement.strategy, measurement.workers)
}

/// So many workers of a strategy: "two threads", "four threads with a GIL".
pub fn team(strategy: &str, workers: usize) -> String {
    match strategy {
        "threads" => counted(workers, "thread", "threads"),
        "processes" => counted(workers, "process", "processes"),
        "actors" => counted(workers, "actor", "actors"),
        "gil" => format!("{} with a GIL", counted(workers, "thread", "threads")),
        "offload" => format!("a loop with {}", counted(workers, "worker", "workers")),
        other if workers > 1 => format!("{} with {}", plain(other), counted(workers, "worker", "workers")),
        other => plain(other),
    }
}

/// A strategy without its workers: "threads", "the event loop".
pub fn plain(strategy: &str) -> String {
    match strategy {
        "event-loop" => "the event loop".into(),
        "gil" => "threads with a GIL".into(),
        "offload" => "the loop with its pool".into(),
        other => other.replace('-', " "),
    }
}

/// "is" or "are", after what [`plain`] says.
pub fn is_or_are(strategy: &str) -> &'static str {
    if strategy.ends_with('s') || strategy == "gil" { "are" } else { "is" }
}

/// "no workers", "one worker", "two workers", "1,204 workers".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let number = WORDS.get(count).map_or_else(|| grouped(count as f64), |word| (*word).to_owned());
    format!("{number} {}", if count == 1 { one } else { many })
}

/// A factor: "1.9", "18", "1,204".
pub fn factor(value: f64) -> String {
    if value < 9.95 { decimal(value, 1) } else { grouped(value) }
}

/// A factor and its interval: "1.9 times sooner (1.8 to 2.0)", for `what` "sooner".
pub fn times(value: f64, what: &str, [low, high]: [f64; 2]) -> String {
    format!("{} times {what} ({} to {})", factor(value), factor(low), factor(high))
}

/// A duration from milliseconds, to two or three digits: "0.02 ms", "4.2 ms", "152 ms", "8.0 s".
pub fn duration(milliseconds: f64) -> String {
    match milliseconds {
        long if long >= 100_000.0 => format!("{} s", grouped(long / 1000.0)),
        long if long >= 999.5 => format!("{} s", decimal(long / 1000.0, 1)),
        middle if middle >= 9.95 => format!("{} ms", decimal(middle, 0)),
        short if short >= 0.95 => format!("{} ms", decimal(short, 1)),
        tiny => format!("{} ms", decimal(tiny, 3).trim_end_matches('0').trim_end_matches('.')),
    }
}

/// "a", "a and b", "a, b and c".
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// A clause from elsewhere without its full stop, to follow a colon.
pub fn clause(reason: &str) -> &str {
    reason.trim().trim_end_matches('.')
}

/// Whole, with commas between thousands.
fn grouped(value: f64) -> String {
    let digits = decimal(value, 0);
    let leading = digits.len() % 3;
    let (head, rest) = digits.split_at(leading);
    let groups = rest.as_bytes().chunks(3).map(|group| std::str::from_utf8(group).expect("digits are ASCII"));
    std::iter::once(head).filter(|head| !head.is_empty()).chain(groups).collect::<Vec<_>>().join(",")
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}.", capital.chain(letters).collect::<String>())
}
