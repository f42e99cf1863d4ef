//! Measured times, part by part, read from CSV: each part's median and 95th percentile.
//!
//! ```text
//! part,ms          a line for each time     or     fetch,parse      a line for each unit,
//! fetch,212                                        212,48           a column for each part
//! parse,48                                         190,51
//! ```
//! A first line without a time is a heading. Commas, semicolons and tabs separate.

use super::project::Amount;

/// The times of one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Timed {
    /// Its name; without a heading the number of its column, from 1.
    pub name: String,
    /// Its median and its 95th percentile, in milliseconds.
    pub amount: Amount,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untimed {
    /// There are no times in it.
    Nothing,
    /// The line, from 1, and the text in it that is not a time.
    NoTime(usize, String),
}

/// The least median, in milliseconds, of a part that takes time in some units: in half of them it may take next to
/// none.
const LEAST_MS: f64 = 0.001;

/// Reads a CSV text: the parts in the order in which they first appear, and the number of lines with times.
///
/// # Errors
/// What is wrong with it.
pub fn measured(text: &str) -> Result<(Vec<Timed>, usize), Untimed> {
    let split = |line: &str| -> Vec<String> {
        line.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"').trim().to_owned()).collect()
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut lines: Vec<_> = lines.map(|(at, line)| (at + 1, split(line))).collect();
    let heading = lines
        .first()
        .filter(|(_, cells)| cells.iter().all(|cell| time(cell).is_none()))
        .map(|(_, cells)| cells.clone());
    if heading.is_some() {
        lines.remove(0);
    }
    let (_, first) = lines.first().ok_or(Untimed::Nothing)?;
    let named = first.len() == 2 && time(&first[0]).is_none();
    let mut parts: Vec<(String, Vec<f64>)> = Vec::new();
    for (line, cells) in &lines {
        let pairs: Vec<(String, &str)> = if named {
            let [name, cell] = cells.as_slice() else { return Err(Untimed::NoTime(*line, cells.join(","))) };
            vec![(name.clone(), cell.as_str())]
        } else {
            let name = |at: usize| heading.as_ref().and_then(|names| names.get(at)).cloned();
            cells
                .iter()
                .enumerate()
                .map(|(at, cell)| (name(at).unwrap_or_else(|| (at + 1).to_string()), cell.as_str()))
                .collect()
        };
        for (name, cell) in pairs {
            let ms = time(cell).ok_or_else(|| Untimed::NoTime(*line, cell.to_owned()))?;
            match parts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, times)) => times.push(ms),
                None => parts.push((name, vec![ms])),
            }
        }
    }
    let timed = parts.into_iter().map(|(name, times)| Timed { name, amount: spread(times) });
    Ok((timed.collect(), lines.len()))
}

/// A time in milliseconds.
fn time(cell: &str) -> Option<f64> {
    cell.parse::<f64>().ok().filter(|ms| ms.is_finite() && *ms >= 0.0)
}

/// The median and the 95th percentile, in three digits.
fn spread(mut times: Vec<f64>) -> Amount {
    times.sort_by(f64::total_cmp);
    let middle = times.len() / 2;
    let median =
        if times.len().is_multiple_of(2) { f64::midpoint(times[middle - 1], times[middle]) } else { times[middle] };
    let most = times[(times.len() * 95).div_ceil(100) - 1];
    let p50 = three_digits(if most > 0.0 { median.max(LEAST_MS) } else { median });
    Amount { p50, p95: three_digits(most).max(p50) }
}

fn three_digits(ms: f64) -> f64 {
    let places = if ms >= 100.0 {
        1.0
    } else if ms >= 1.0 {
        100.0
    } else {
        1000.0
    };
    (ms * places).round() / places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, f64, f64)> {
        let (timed, _) = measured(text).unwrap();
        timed.into_iter().map(|Timed { name, amount }| (name, amount.p50, amount.p95)).collect()
    }

    #[test]
    fn a_line_for_each_time() {
        let text = "part,ms\nfetch,200\nparse,50\n\nfetch,300\r\nparse, 51.5\nfetch,220\n";
        assert_eq!(read(text), [("fetch".into(), 220.0, 300.0), ("parse".into(), 50.75, 51.5)]);
        assert_eq!(read(&text[8..]), read(text), "without a heading");
        assert_eq!(measured(text).unwrap().1, 5);
    }

    #[test]
    fn a_column_for_each_part() {
        let hundred: String = (1..=100).map(|ms| format!("{ms};{}\n", 0)).collect();
        assert_eq!(read(&format!("wait;work\n{hundred}")), [("wait".into(), 50.5, 95.0), ("work".into(), 0.0, 0.0)]);
        assert_eq!(read(&hundred)[0], ("1".into(), 50.5, 95.0));
        assert_eq!(read("ms\n7\n"), [("ms".into(), 7.0, 7.0)]);
    }

    #[test]
    fn what_is_no_time_is_named() {
        assert_eq!(measured(""), Err(Untimed::Nothing));
        assert_eq!(measured("part,ms\n"), Err(Untimed::Nothing));
        assert_eq!(measured("a,1\nb,soon"), Err(Untimed::NoTime(2, "soon".into())));
        assert_eq!(measured("a,1\nb"), Err(Untimed::NoTime(2, "b".into())));
        assert_eq!(measured("1,2\n3,-4"), Err(Untimed::NoTime(2, "-4".into())));
    }

    #[test]
    fn what_is_mostly_nothing_can_still_be_drawn_from() {
        assert_eq!(read("0\n0\n0\n9"), [("1".into(), 0.001, 9.0)]);
    }
}
