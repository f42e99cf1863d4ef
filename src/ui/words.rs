//! Numbers as the page writes them.

use crate::measure::Interval;

/// Milliseconds with three significant figures, or seconds from ten of them on.
pub fn duration(milliseconds: f64) -> String {
    match milliseconds {
        ms if ms >= 10_000.0 => format!("{:.1} s", ms / 1000.0),
        ms if ms >= 100.0 => format!("{ms:.0} ms"),
        ms if ms >= 10.0 => format!("{ms:.1} ms"),
        ms => format!("{ms:.2} ms"),
    }
}

/// An interval of milliseconds.
pub fn interval([low, high]: Interval) -> String {
    format!("{} to {}", duration(low), duration(high))
}

/// A speed-up.
pub fn factor(value: f64) -> String {
    if value >= 10.0 { format!("{value:.0}×") } else { format!("{value:.2}×") }
}

/// A share of one, as a percentage.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
