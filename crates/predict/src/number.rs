//! Numbers as texts: at least 0, and no finer than anybody can guess. The standard library's code for all numbers would
//! be a large part of what the page loads.

/// Decimal places.
const PLACES: usize = 4;
/// How many of the smallest written parts make 1.
const WHOLE: u64 = 10_u64.pow(PLACES as u32);

/// A number to [`PLACES`] places, without needless zeros: "12", "0.25".
pub fn write_number(number: f64) -> String {
    let parts = (number * WHOLE as f64).round().max(0.0) as u64;
    let text = format!("{}.{:0PLACES$}", parts / WHOLE, parts % WHOLE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads a number that is at least 0; `None` if the text is not one, or has more than nine digits.
pub fn read_number(text: &str) -> Option<f64> {
    let (whole, parts) = text.split_once('.').unwrap_or((text, ""));
    let digits = || [whole, parts].concat();
    let plain = !whole.is_empty() && digits().len() <= 9 && digits().bytes().all(|byte| byte.is_ascii_digit());
    let digits: u32 = plain.then(digits)?.parse().ok()?;
    Some(f64::from(digits) / 10_f64.powi(parts.len() as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        for (number, text) in [(0.0, "0"), (12.0, "12"), (0.25, "0.25"), (10_000.0, "10000"), (1.23456, "1.2346")] {
            assert_eq!(write_number(number), text);
            assert!((read_number(text).expect("a number") - number).abs() < 1e-4);
        }
        for text in ["", ".5", "-1", "1e3", "1.2.3", "+1", "1234567890", "NaN", "one"] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }
}
