//! Numbers as the page writes them: with all the digits that were measured.

use crate::measure::{Interval, decimal};

/// Milliseconds with three significant figures, or seconds from ten of them on.
pub fn duration(milliseconds: f64) -> String {
    match milliseconds {
        ms if ms >= 10_000.0 => format!("{} s", decimal(ms / 1000.0, 1)),
        ms if ms >= 100.0 => format!("{} ms", decimal(ms, 0)),
        ms if ms >= 10.0 => format!("{} ms", decimal(ms, 1)),
        ms => format!("{} ms", decimal(ms, 2)),
    }
}

/// An interval of milliseconds.
pub fn interval([low, high]: Interval) -> String {
    format!("{} to {}", duration(low), duration(high))
}

/// A speed-up.
pub fn factor(value: f64) -> String {
    format!("{}×", decimal(value, if value >= 10.0 { 0 } else { 2 }))
}

/// A share of one, as a percentage.
pub fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 0))
}

/// What a table says, or that there is nothing to say.
pub fn dash(cell: Option<String>) -> String {
    cell.unwrap_or_else(|| "–".into())
}
