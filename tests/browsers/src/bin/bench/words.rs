//! Numbers and tables as they are written in the document.

use lab::measure::{Interval, Ratio};

/// A ratio with its interval.
pub fn times(ratio: &Ratio) -> String {
    with_interval(ratio, |ratio| format!("{ratio:.2}"))
}

/// The difference of a ratio from 1, in per cent, with its interval.
pub fn percent(ratio: &Ratio) -> String {
    with_interval(ratio, |ratio| format!("{:+.1} %", (ratio - 1.0) * 100.0))
}

fn with_interval(ratio: &Ratio, words: impl Fn(f64) -> String) -> String {
    let value = words(ratio.value);
    ratio.ci95.map_or_else(|| value.clone(), |interval| format!("{value} ({})", between(interval, words)))
}

/// An interval.
pub fn between([low, high]: Interval, words: impl Fn(f64) -> String) -> String {
    format!("{} to {}", words(low), words(high))
}

/// A number with three significant digits.
pub fn three_digits(number: f64) -> String {
    let before_point = number.abs().max(0.1).log10().floor() as i32 + 1;
    format!("{number:.*}", (3 - before_point).max(0) as usize)
}

/// A table; all columns but the first hold numbers.
pub fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule: Vec<_> = head.iter().enumerate().map(|(at, _)| if at == 0 { "---" } else { "---:" }.into()).collect();
    [line(head), line(&rule)].into_iter().chain(rows.iter().map(|row| line(row))).collect()
}

/// The cells of a table's head.
pub fn cells(head: &[&str]) -> Vec<String> {
    head.iter().map(|cell| (*cell).into()).collect()
}
