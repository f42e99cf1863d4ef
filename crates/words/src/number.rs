//! How numbers read: small counts as words, large ones grouped, units where they belong.
//!
//! In sentences a number has two or three figures; in tables and beside lanes it has all that were measured ("exact").

use super::decimal::decimal;
use super::en;

/// "no", "one", "twelve", "1,204".
pub(crate) fn counted(count: u64) -> String {
    let word = usize::try_from(count).ok().and_then(|count| en::COUNTS.get(count));
    word.map_or_else(|| grouped(count), |word| word.text())
}

/// A number with its digits in groups of three.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A factor: "1.9", "18", "1,204".
pub(crate) fn factor(value: f64) -> String {
    if value < 9.95 { decimal(value, 1) } else { grouped(value.round() as u64) }
}

/// A duration from milliseconds, to two or three digits: "0.02 ms", "4.2 ms", "152 ms", "8.0 s".
pub fn duration(milliseconds: f64) -> String {
    match milliseconds {
        long if long >= 100_000.0 => format!("{} s", grouped((long / 1000.0).round() as u64)),
        long if long >= 999.5 => format!("{} s", decimal(long / 1000.0, 1)),
        middle if middle >= 9.95 => format!("{} ms", decimal(middle, 0)),
        short if short >= 0.95 => format!("{} ms", decimal(short, 1)),
        tiny => format!("{} ms", decimal(tiny, 3).trim_end_matches('0').trim_end_matches('.')),
    }
}

/// A share of one in per cent, without the sign; below ten per cent with one decimal place.
pub(crate) fn small_percent(share: f64) -> String {
    decimal(share * 100.0, if share < 0.0995 { 1 } else { 0 })
}

/// Milliseconds with three significant figures, or seconds from ten of them on.
pub fn exact_duration(milliseconds: f64) -> String {
    match milliseconds {
        ms if ms >= 10_000.0 => format!("{} s", decimal(ms / 1000.0, 1)),
        ms if ms >= 100.0 => format!("{} ms", decimal(ms, 0)),
        ms if ms >= 10.0 => format!("{} ms", decimal(ms, 1)),
        ms => format!("{} ms", decimal(ms, 2)),
    }
}

/// A moment, given in microseconds, with all its digits in milliseconds: "0.005 ms", "1,204.050 ms".
pub fn moment(micros: u32) -> String {
    format!("{}.{:03} ms", grouped(u64::from(micros / 1000)), micros % 1000)
}

/// An interval of milliseconds.
pub fn interval([low, high]: [f64; 2]) -> String {
    en::INTERVAL.with(&[("low", exact_duration(low).into()), ("high", exact_duration(high).into())])
}

/// An interval of texts.
pub fn times(low: String, high: String) -> String {
    en::INTERVAL.with(&[("low", low.into()), ("high", high.into())])
}

/// A speed-up: "1.87×".
pub fn exact_factor(value: f64) -> String {
    format!("{}×", decimal(value, if value >= 10.0 { 0 } else { 2 }))
}

/// A share of one, as a percentage.
pub fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 0))
}

/// The text of a table's cell, or a dash if it has none.
pub fn dash(cell: Option<String>) -> String {
    cell.unwrap_or_else(|| "–".into())
}

/// "a", "a and b", "a, b and c".
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => en::AND.with(&[("first", rest.join(", ").into()), ("last", last.as_str().into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        let durations = [0.02, 0.5, 4.2, 9.96, 152.3, 999.4, 999.6, 8_012.0, 1_234_567.0].map(duration);
        assert_eq!(
            durations,
            ["0.02 ms", "0.5 ms", "4.2 ms", "10 ms", "152 ms", "999 ms", "1.0 s", "8.0 s", "1,235 s"]
        );
        assert_eq!(
            [0, 1, 2, 12, 13, 1_000, 1_234_567].map(counted),
            ["no", "one", "two", "twelve", "13", "1,000", "1,234,567"]
        );
        assert_eq!([0, 5, 1_204_050].map(moment), ["0.000 ms", "0.005 ms", "1,204.050 ms"]);
        assert_eq!([9.94, 9.96, 18.4].map(factor), ["9.9", "10", "18"]);
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!([0, 999, 1_000, 12_345, 1_000_000].map(grouped), ["0", "999", "1,000", "12,345", "1,000,000"]);
    }
}
