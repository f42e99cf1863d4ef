//! A scale of times, from a cycle of the CPU to a restart: what takes how long, guessed row by row on one axis.
//!
//! A scale is written as pairs, so that a part of a text, an attribute of a page and a test all write it in the same
//! way. Each `what` begins a row, and the keys after it describe that row:
//!
//! ```text
//! what    what takes so long
//! takes   how long it usually takes, as it is to be read: `120 ns`, `50 to 150 µs`
//! source  who says so
//! of      how it is measured here: names of costs, of which the first that could be measured counts
//! how     what is measured here, in words
//! not     why it cannot be measured here, where there is no `of`
//! ```

use serde::Deserialize;
use strategies::costs::CostId;

use crate::axis::{Axis, AxisScale};
use crate::number::read_number;

/// The axis of guesses, in nanoseconds: from a third of a cycle to a quarter of an hour.
pub const AXIS: Axis = Axis { from: 0.1, to: 1e12, scale: AxisScale::Logarithmic };

/// A guess is right within this factor.
pub const FACTOR: f64 = 10.0;

/// One row of a scale: something that takes time, and how long it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleRow {
    /// What takes this time.
    pub what: String,
    /// How long it usually takes, as text: `120 ns`, `50 to 150 µs`.
    pub takes: String,
    /// The same in nanoseconds: from, to.
    pub ns: [f64; 2],
    /// The source of that time.
    pub source: String,
    /// The costs that measure it here, of which the first that could be measured counts; empty if a page cannot measure
    /// it.
    pub of: Vec<CostId>,
    /// What is measured here, or why nothing is.
    pub how: String,
}

/// Why pairs do not make a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScaleError {
    /// A key that is unknown, or that stands before the first `what`.
    Key(String),
    /// A value of `takes` that is not a time.
    Time(String),
    /// The name of an unknown cost.
    Cost(String),
    /// A row that lacks a key: the row's `what`, and the key.
    Lacks(String, &'static str),
    /// The `what` of a row that usually takes less time than the row before it.
    Order(String),
}

/// The units of times, each with its nanoseconds. The micro sign is written in two ways.
const UNITS: [(&str, f64); 7] =
    [("ns", 1.0), ("µs", 1e3), ("μs", 1e3), ("us", 1e3), ("ms", 1e6), ("s", 1e9), ("min", 6e10)];

/// Reads a time such as `120 ns`, in nanoseconds; `None` if the text is not a time.
pub fn read_time(text: &str) -> Option<f64> {
    let (number, unit) = parted(text)?;
    Some(read_number(number)? * UNITS.into_iter().find(|(known, _)| *known == unit)?.1)
}

/// A number and what follows it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let at = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    Some((&text[..at], text[at..].trim()))
}

/// Reads the shortest and the longest time, in nanoseconds, from a text such as `3 ms` or `50 to 150 µs`.
fn read_times(text: &str) -> Option<[f64; 2]> {
    let Some((from, to)) = text.split_once(" to ") else { return read_time(text).map(|time| [time; 2]) };
    let (to_ns, unit) = (read_time(to)?, parted(to)?.1);
    let from_ns = read_time(from).or_else(|| read_time(&[from, unit].join(" ")))?;
    (from_ns <= to_ns).then_some([from_ns, to_ns])
}

/// The cost that has this name in reports.
fn cost(name: &str) -> Option<CostId> {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};
    let name: StrDeserializer<Error> = name.into_deserializer();
    CostId::deserialize(name).ok()
}

impl ScaleRow {
    /// Reads the rows from their pairs.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn read_all<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<Self>, ScaleError> {
        let mut rows: Vec<Self> = Vec::new();
        for (key, value) in pairs {
            if key == "what" {
                rows.push(Self::named(value));
                continue;
            }
            let row = rows.last_mut().ok_or_else(|| ScaleError::Key(key.into()))?;
            match key {
                "takes" => {
                    row.ns = read_times(value).ok_or_else(|| ScaleError::Time(value.into()))?;
                    row.takes = value.into();
                }
                "source" => row.source = value.into(),
                "of" => {
                    let costs =
                        value.split_whitespace().map(|name| cost(name).ok_or_else(|| ScaleError::Cost(name.into())));
                    row.of = costs.collect::<Result<_, _>>()?;
                }
                "how" | "not" => row.how = value.into(),
                _ => return Err(ScaleError::Key(key.into())),
            }
        }
        for row in &rows {
            let lacks = |key| Err(ScaleError::Lacks(row.what.clone(), key));
            if row.takes.is_empty() {
                return lacks("takes");
            }
            if row.source.is_empty() {
                return lacks("source");
            }
            if row.how.is_empty() {
                return lacks(if row.of.is_empty() { "not" } else { "how" });
            }
        }
        let shorter = |pair: &&[Self]| pair[1].usually() < pair[0].usually();
        match rows.windows(2).find(shorter) {
            Some(pair) => Err(ScaleError::Order(pair[1].what.clone())),
            None => Ok(rows),
        }
    }

    fn named(what: &str) -> Self {
        let (takes, source, how) = Default::default();
        Self { what: what.into(), takes, ns: [0.0; 2], source, of: Vec::new(), how }
    }

    /// How long it usually takes, in nanoseconds, as one number: where it is a range, the middle on a logarithmic axis.
    pub fn usually(&self) -> f64 {
        let [from, to] = self.ns;
        (from * to).sqrt()
    }
}

/// The guess divided by the nearest end of the range, all in nanoseconds: below 1 if the guess is too short, above 1 if
/// it is too long, 1 within the range.
pub fn off(guess: f64, [from, to]: [f64; 2]) -> f64 {
    match guess {
        short if short < from => short / from,
        long if long > to => long / to,
        _ => 1.0,
    }
}

/// Whether a guess that is off by the factor `off` is right: within [`FACTOR`] either way.
pub fn is_right(off: f64) -> bool {
    (1.0 / FACTOR..=FACTOR).contains(&off)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, ns) in [
            ("0.3 ns", [0.3, 0.3]),
            ("120ns", [120.0, 120.0]),
            ("50 to 150 µs", [50e3, 150e3]),
            ("50 to 150 μs", [50e3, 150e3]),
            ("1 ms to 2 s", [1e6, 2e9]),
            ("5 min", [3e11, 3e11]),
        ] {
            let read = read_times(text).unwrap_or_else(|| panic!("{text}"));
            assert!(read.iter().zip(ns).all(|(own, wanted)| (own / wanted - 1.0).abs() < 1e-9), "{text}: {read:?}");
        }
        for text in ["", "ns", "5", "5 days", "-5 ns", "5 to 3 ns", "to 3 ns", "1e3 ns"] {
            assert_eq!(read_times(text), None, "{text}");
        }
    }

    const ROWS: [(&str, &str); 10] = [
        ("what", "Main memory"),
        ("takes", "120 ns"),
        ("source", "Gregg"),
        ("of", "chase-256-mib chase-64-mib"),
        ("how", "One line after the other."),
        ("what", "A disk"),
        ("takes", "1 to 10 ms"),
        ("source", "Gregg"),
        ("not", "A page reads no disk."),
        ("what", "A restart"),
    ];

    #[test]
    fn rows_are_read() {
        let rows = ScaleRow::read_all(ROWS.into_iter().take(9)).expect("rows");
        assert_eq!((rows.len(), rows[0].of.as_slice()), (2, &[CostId::Chase256MiB, CostId::Chase64MiB][..]));
        assert_eq!((rows[1].takes.as_str(), rows[1].of.len()), ("1 to 10 ms", 0));
        assert!((rows[1].usually() / 10_f64.powf(6.5) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let changed = |key: &'static str, value: &'static str| {
            let pairs = ROWS.into_iter().take(9).map(move |(own, said)| (own, if own == key { value } else { said }));
            ScaleRow::read_all(pairs)
        };
        assert_eq!(ScaleRow::read_all(ROWS), Err(ScaleError::Lacks("A restart".into(), "takes")));
        assert_eq!(ScaleRow::read_all(ROWS.into_iter().skip(1)), Err(ScaleError::Key("takes".into())));
        assert_eq!(changed("takes", "long"), Err(ScaleError::Time("long".into())));
        assert_eq!(changed("of", "luck"), Err(ScaleError::Cost("luck".into())));
        let disk_first = ROWS[5..9].iter().chain(&ROWS[..5]).copied();
        assert_eq!(ScaleRow::read_all(disk_first), Err(ScaleError::Order("Main memory".into())));
    }

    #[test]
    fn costs_have_the_names_of_reports() {
        for (name, id) in [
            ("operation", CostId::Operation),
            ("chase-4-kib", CostId::Chase4KiB),
            ("yield-message", CostId::YieldMessage),
            ("fetch-cache", CostId::FetchCache),
        ] {
            assert_eq!(cost(name), Some(id));
        }
    }

    #[test]
    fn within_a_factor_of_ten_is_right() {
        for (guess, right) in
            [(49.0, false), (51.0, true), (500.0, true), (1400.0, true), (1600.0, true), (9900.0, false)]
        {
            assert_eq!(is_right(off(guess, [510.0, 900.0])), right, "{guess}");
        }
        assert_eq!(off(600.0, [510.0, 900.0]), 1.0);
    }
}
