//! The texts of a scale of times: how long something takes, how long that would be if a cycle took a second, and how
//! far off a guess was.

use predict::scale::{is_right, off};
use strategies::chase::RUNGS;
use strategies::costs::CostId;

use super::message::messages;
use super::pattern::Arg;
use super::{decimal, grouped, rounded, times};

messages! {
    SCALE_LABEL = "What takes how long";
    SCALE_FIRST = "Guess each row before you look; within a factor of ten is right. On the axis your guess is hollow, what is \
        usual is a broad band, and what was measured here is solid. Below the last row a button measures all of them.";
    SCALE_MEASURE = "Measure all of it here";
    SCALE_MEASURES = "Caches and memory, giving way, a lock, messages, a worker, a file from this page’s host: a few seconds. \
        Rows that you have not guessed yet stay hidden.";
    SCALE_MEASURED = "Measured: each row that you have guessed says what it is here.";
    SCALE_SHOW_ALL = "Show all rows without guessing";
    SCALE_SHOW = "Just show";
    SCALE_COMMIT = "Guess";
    SCALE_TYPE = "or type it, such as 5 ns, 20 µs, 3 ms";
    SCALE_ILLEGAL = "A time from 0.1 ns to 1000 s, with its unit: ns, µs, ms, s or min.";
    SCALE_USUAL = "Usually it takes {takes} ({source}).";
    SCALE_SAID = "You said: {guess}.";
    SCALE_RIGHT = "Right, within a factor of ten.";
    SCALE_TOO_LONG = "That is {n} times too long.";
    SCALE_TOO_SHORT = "That is {n} times too short.";
    SCALE_HERE = "Here: {time}.";
    SCALE_HUMAN = "If a cycle took a second, it would take {human}.";
    SCALE_TILES = "As long as {n} of the row above; one square is one of those.";
    SCALE_UNIT = "One square: one cycle, the measure of all that follows.";
    SCALE_NOT_YET = "Not measured here yet.";
    SCALE_NOT_HERE = "It could not be measured here.";
    SCALE_NO_MEMORY = "It could not be measured: there is no room for so much memory here.";
    SCALE_NOT_SHARED = "It could not be measured: this page has no shared memory.";
    SCALE_NO_HOST = "It could not be measured: this page’s host did not answer.";
    SCALE_NO_CACHE = "It could not be measured: the host did not answer, or the browser does not tell that the file came out of its \
        cache.";
    SCALE_NUMBERS = "All numbers, the answers among them";
    SCALE_TAKES = "Usually";
    SCALE_AS_SECONDS = "If a cycle took a second";
    SCALE_SOURCE = "Source";
    SCALE_ON_THIS = "Here";
    SCALE_HOW = "How it is measured here, or why not";
    SCALE_ASKED = "How long does it take? {what}";
    SCALE_LADDER = "Where this machine’s caches end";
    SCALE_LADDER_MEANS = "One step to a random cache line, by how much memory is walked through. Each mark across is ten times the \
        one before. Where the bars get longer, a cache was too small.";
    SCALE_WALKED = "Walked through";
    SCALE_STEP = "A step takes";
    SCALE_NO_ROOM = "no room for so much memory here";
    IN_DAYS = "{n} {n?day:days}";
    IN_YEARS = "{n} {n?year:years}";
    SCALE_BY_SERVICE_WORKER = "This page’s requests go through its service worker, which is in the time of the file from the \
        host; of a file from there nobody can tell whether the cache had it.";
}

/// Nanoseconds to one significant figure: "4 ns", "300 µs", "20 ms", "2 s".
pub fn rough(ns: f64) -> String {
    in_unit(ns, 1)
}

/// Nanoseconds as people guess them, to two significant figures: "0.3 ns", "120 ns", "2.5 ms".
pub fn guessed(ns: f64) -> String {
    let text = in_unit(ns, 2);
    match text.split_once(' ') {
        Some((number, unit)) if number.contains('.') => {
            [number.trim_end_matches('0').trim_end_matches('.'), unit].join(" ")
        }
        _ => text,
    }
}

/// Nanoseconds with three significant figures.
pub fn exact(ns: f64) -> String {
    in_unit(ns, 3)
}

/// An interval of nanoseconds.
pub fn interval([low, high]: [f64; 2]) -> String {
    times(exact(low), exact(high))
}

/// Nanoseconds in the unit that suits them, with this many significant figures.
fn in_unit(ns: f64, figures: i32) -> String {
    // rounded before its unit is chosen: 999.6 ns with three figures are 1.00 µs
    let digit = 10_f64.powf(ns.max(1e-3).log10().floor() + 1.0 - f64::from(figures));
    let ns = (ns / digit).round() * digit;
    let (unit, name) =
        [(1e9, "s"), (1e6, "ms"), (1e3, "µs")].into_iter().find(|(unit, _)| ns >= *unit).unwrap_or((1.0, "ns"));
    let value = ns / unit;
    let places = figures - 1 - value.max(1e-3).log10().floor() as i32;
    format!("{} {name}", decimal(value, places.max(0) as u32))
}

/// How long this many cycles would be if each took a second: "43 s", "6.7 min", "4.2 years".
pub fn human(cycles: f64) -> String {
    const DAY: f64 = 86_400.0;
    const YEAR: f64 = 365.25 * DAY;
    match cycles {
        long if long >= YEAR => IN_YEARS.with(&[("n", Arg::written(figures(long / YEAR)))]),
        long if long >= DAY => IN_DAYS.with(&[("n", Arg::written(figures(long / DAY)))]),
        hours if hours >= 3_600.0 => format!("{} h", figures(hours / 3_600.0)),
        minutes if minutes >= 60.0 => format!("{} min", figures(minutes / 60.0)),
        seconds => format!("{} s", figures(seconds)),
    }
}

/// To two figures: nobody remembers more.
fn figures(value: f64) -> String {
    if value >= 10.0 { grouped(two_figures(value)) } else { rounded(value) }
}

/// A range of cycles, as [`human`] writes its ends; a single time if both read the same.
pub fn human_range(cycles: [f64; 2]) -> String {
    let [from, to] = cycles.map(human);
    if from == to { from } else { times(from, to) }
}

/// A number of bytes: "16 KiB", "4 MiB".
pub fn bytes(count: usize) -> String {
    if count < 1 << 20 { format!("{} KiB", count >> 10) } else { format!("{} MiB", count >> 20) }
}

/// Why a row that one of these costs measures has no number: it was not measured yet, or measuring was tried in vain.
pub fn here(tried: bool, of: &[CostId]) -> String {
    let in_vain = match of.first() {
        _ if !tried => SCALE_NOT_YET,
        Some(id) if RUNGS.iter().any(|(rung, bytes)| rung == id && *bytes > 0) => SCALE_NO_MEMORY,
        Some(CostId::Handover) => SCALE_NOT_SHARED,
        Some(CostId::FetchNetwork) => SCALE_NO_HOST,
        Some(CostId::FetchCache) => SCALE_NO_CACHE,
        _ => SCALE_NOT_HERE,
    };
    in_vain.text()
}

/// Whether a guess is right, or how far off it is: the guess and the range of the truth are in nanoseconds.
pub fn judged(guess: f64, truth: [f64; 2]) -> String {
    let off = off(guess, truth);
    let by = |factor: f64| -> Arg { grouped(two_figures(factor)).into() };
    match off {
        right if is_right(right) => SCALE_RIGHT.text(),
        long if long > 1.0 => SCALE_TOO_LONG.with(&[("n", by(long))]),
        short => SCALE_TOO_SHORT.with(&[("n", by(1.0 / short))]),
    }
}

/// How many times as long as the row above a row is.
pub fn tiles(count: f64) -> String {
    SCALE_TILES.with(&[("n", figures(count).into())])
}

fn two_figures(value: f64) -> u64 {
    let digit = 10_f64.powf((value.max(1.0).log10().floor() - 1.0).max(0.0));
    ((value / digit).round() * digit).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(
            [0.34, 0.96, 4.2, 96.0, 124.0, 280_000.0, 2.2e7, 9.7e8, 4e9].map(rough),
            ["0.3 ns", "1 ns", "4 ns", "100 ns", "100 ns", "300 µs", "20 ms", "1 s", "4 s"]
        );
        assert_eq!(
            [0.342, 4.21, 96.04, 124.4, 280_300.0, 2.214e7].map(exact),
            ["0.342 ns", "4.21 ns", "96.0 ns", "124 ns", "280 µs", "22.1 ms"]
        );
        assert_eq!([0.3, 9.96, 120.0, 1e4, 2.5e6].map(guessed), ["0.3 ns", "10 ns", "120 ns", "10 µs", "2.5 ms"]);
        assert_eq!([999.4, 999.6, 999_600.0].map(exact), ["999 ns", "1.00 µs", "1.00 ms"]);
        assert_eq!(interval([1.0, 1234.0]), "1.00 ns to 1.23 µs");
    }

    /// Gregg's column, from his times.
    #[test]
    fn a_cycle_is_a_second() {
        let scaled = [0.3, 0.9, 2.8, 12.9, 120.0, 50e3, 150e3, 1e6, 40e6, 81e6, 183e6, 4e9, 30e9, 300e9]
            .map(|ns| human(ns / 0.3));
        assert_eq!(
            scaled,
            [
                "1 s",
                "3 s",
                "9.3 s",
                "43 s",
                "6.7 min",
                "1.9 days",
                "5.8 days",
                "39 days",
                "4.2 years",
                "8.6 years",
                "19 years",
                "420 years",
                "3,200 years",
                "32,000 years"
            ]
        );
    }

    #[test]
    fn guesses_are_judged() {
        assert_eq!(judged(100.0, [120.0; 2]), "Right, within a factor of ten.");
        assert_eq!(judged(9e6, [120.0; 2]), "That is 75,000 times too long.");
        assert_eq!(judged(1.0, [50e3, 150e3]), "That is 50,000 times too short.");
        assert_eq!(tiles(9.3), "As long as 9.3 of the row above; one square is one of those.");
    }
}
