//! Amounts as people write them: a number in the field's own unit, or a number followed by a unit: `8 MB`, `1.5 s`.

/// Units of one kind, each with its size in the first of them.
type Family = &'static [(&'static str, f64)];

const TIMES: Family = &[("ms", 1.0), ("µs", 1e-3), ("us", 1e-3), ("min", 6e4), ("s", 1e3)];
/// A thousand of each is one of the next, as disks and networks count.
const BYTES: Family = &[("kB", 1.0), ("MB", 1e3), ("GB", 1e6), ("TB", 1e9), ("B", 1e-3)];

/// The value of a text, in `unit`. The case of its letters does not matter. None if it is not a number, or its unit is
/// of another kind.
pub fn amount(text: &str, unit: &str) -> Option<f64> {
    let text = text.trim();
    let family = [TIMES, BYTES].into_iter().find(|family| factor(family, unit).is_some()).unwrap_or(&[]);
    let with_unit = family.iter().find_map(|(name, times)| {
        let at = text.len().checked_sub(name.len())?;
        let (number, own) = text.split_at_checked(at)?;
        own.eq_ignore_ascii_case(name).then_some((number.trim_end(), times / factor(family, unit)?))
    });
    let (number, times) = with_unit.unwrap_or((text, 1.0));
    // whole numbers of bytes stay exact: 0.3 MB are 300 kB, not nearly 300
    let value = number.parse::<f64>().ok()?;
    Some(if times < 1.0 { value / (1.0 / times).round() } else { value * times })
}

fn factor(family: Family, unit: &str) -> Option<f64> {
    family.iter().find(|(name, _)| *name == unit).map(|(_, times)| *times)
}
