//! Decimal numbers as text: the one place where a float becomes text.
//!
//! The standard library's formatter for floats is exact for every number and every number of places; it takes 5 kB of
//! what is loaded before Run. This one is exact enough for what people read.

/// `value` as people say it: below ten with one decimal place, "1.9", unless that is zero, "1"; else without, "15".
pub fn rounded(value: f64) -> String {
    let text = decimal(value, u32::from(value.abs() < 9.95));
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// `value` with `places` decimal places (at most 6), halves rounded away from zero; "–" if it is not a number.
/// Magnitudes beyond 10^12 are cut there.
pub fn decimal(value: f64, places: u32) -> String {
    if value.is_nan() {
        return "–".into();
    }
    let scale = 10u64.pow(places.min(6));
    let scaled = (value.abs().min(1e12) * scale as f64).round() as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, rest) = (scaled / scale, scaled % scale);
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = places as usize)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decimal;

    #[test]
    fn rounds_and_pads() {
        assert_eq!(decimal(1.005, 1), "1.0");
        assert_eq!(decimal(0.05, 2), "0.05");
        assert_eq!(decimal(1.96, 1), "2.0");
        assert_eq!(decimal(-0.001, 2), "0.00");
        assert_eq!(decimal(-1.5, 1), "-1.5");
        assert_eq!(decimal(151.5, 0), "152");
        assert_eq!(decimal(f64::NAN, 0), "–");
    }

    proptest! {
        #[test]
        fn is_what_the_standard_formatter_says_but_for_halves(value in -1e6..1e6f64, places in 0u32..4) {
            let ours: f64 = decimal(value, places).parse().unwrap();
            prop_assert!((ours - value).abs() <= 0.5 / 10f64.powi(places as i32) + 1e-9);
        }
    }
}
