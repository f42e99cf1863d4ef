//! The chart and the tables of a sweep.

use lab::run::Series;
use pictures::{Chart, Shape, Shown};

use super::made::{series, shown, sweep};
use super::tables::rows;

pub fn with_blocking(sweeps: impl IntoIterator<Item = Vec<Series>>) -> Vec<Series> {
    [series("blocking", 1, &[200_000, 200_300, 199_800, 200_100, 199_900])]
        .into_iter()
        .chain(sweeps.into_iter().flatten())
        .collect()
}

/// The makespan in microseconds by Amdahl's law on a machine of four cores.
pub fn four_cores(workers: f64) -> f64 {
    200_000.0 * (0.1 + 0.9 / workers.min(4.0))
}

fn chart(shown: &Shown) -> &Chart {
    let [chart] = &shown.charts[..] else { panic!("one chart: {:?}", shown.charts) };
    assert_eq!(chart.figures.len(), 1);
    chart
}

fn shapes(shown: &Shown) -> &[Shape] {
    &chart(shown).figures[0].scene.shapes
}

/// The paths of this class.
fn paths<'a>(shown: &'a Shown, wanted: &str) -> Vec<&'a str> {
    let path = |shape: &'a Shape| match shape {
        Shape::Path { class, path, .. } if class == wanted => Some(path.as_str()),
        _ => None,
    };
    shapes(shown).iter().filter_map(path).collect()
}

/// The words in the chart.
fn texts<'a>(shown: &'a Shown) -> Vec<&'a str> {
    let text = |shape: &'a Shape| match shape {
        Shape::Text { text, .. } => Some(text.as_str()),
        _ => None,
    };
    shapes(shown).iter().filter_map(text).collect()
}

/// The rows of the table of laws.
fn laws(shown: &Shown) -> Vec<Vec<&str>> {
    let [laws] = &chart(shown).tables[..] else { panic!("one table: {:?}", chart(shown).tables) };
    rows(laws)
}

#[test]
fn the_fits_their_intervals_and_the_knee_are_on_the_page() {
    let shown = shown("sweep=1&workers=8", with_blocking([sweep("threads", 8, four_cores)]));
    let texts = texts(&shown);
    assert!(texts.contains(&"threads, knee 4") && texts.contains(&"threads by Gunther’s law"), "{texts:?}");
    assert_eq!(paths(&shown, "fitted").len(), 1);
    let knees = shapes(&shown).iter().filter(|shape| matches!(shape, Shape::Circle { class, .. } if class == "knee"));
    assert_eq!(knees.count(), 1);
    let laws = &laws(&shown)[0];
    assert_eq!(laws[..3], ["threads", "4 (4 to 4)", "consistent with 4"]);
    assert!(laws[3].starts_with("10 % (9."), "{laws:?}");
    assert!(laws[4].starts_with("σ ") && laws[4].contains(", κ "), "{laws:?}");
}

#[test]
fn the_chart_is_a_table_too() {
    let shown = shown("sweep=1&workers=4", with_blocking([sweep("threads", 4, four_cores)]));
    let rows = rows(chart(&shown).hidden.as_ref().expect("a curve has one"));
    assert_eq!(rows.iter().map(|row| row[1]).collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    assert_eq!((rows[0][0], rows[0][5]), ("threads", "–"), "one worker has no serial part");
    assert!(rows[3][2].starts_with("3.0") && rows[3][4] == "77 %", "{:?}", rows[3]);
    assert!(rows[3][5].starts_with("10 % ("), "{:?}", rows[3]);
}

#[test]
fn of_a_strategy_with_several_numbers_of_workers_the_greatest_is_shown() {
    let shown = shown("sweep=1&workers=4", with_blocking([sweep("threads", 4, four_cores)]));
    assert_eq!(shown.rows.iter().map(|row| row.strategy.as_str()).collect::<Vec<_>>(), ["blocking", "threads"]);
    assert_eq!(shown.rows[1].trace.as_ref().map(|trace| trace.lanes.len()), Some(4));
    assert_eq!((rows(&shown.results).len(), rows(&shown.lanes).len()), (5, 5));
}

#[test]
fn why_a_law_cannot_be_told_is_said_once() {
    let run = with_blocking([sweep("threads", 2, four_cores), sweep("processes", 2, four_cores)]);
    let said = shown("sweep=1&workers=2", run);
    assert_eq!(paths(&said, "fitted"), Vec::<&str>::new(), "nothing is drawn that was not fitted");
    let laws = &laws(&said)[0];
    assert_eq!(laws[3..], ["not clear", "not clear"]);
    let caveats = &said.caveats;
    let why: Vec<_> = caveats.iter().filter(|said| said.contains("it takes 3 different numbers of workers")).collect();
    assert!(why.len() == 1 && why[0].contains("threads and processes"), "{caveats:?}");
    assert_eq!(laws[1], "2 (2 to 2), the most measured");
}

#[test]
fn the_ideal_rises_to_the_claimed_cores_or_to_the_frame_and_is_flat_only_beyond_the_cores() {
    let threads = shown("sweep=1&workers=8", with_blocking([sweep("threads", 8, four_cores)]));
    // to (4, 4), which is within the frame, then to the right edge
    let ideal = paths(&threads, "ideal")[0];
    assert!(ideal.starts_with("M76.0") && ideal.contains("H780.0"), "{ideal}");
    // a strategy that gains nothing: the frame ends at 2, and the ideal line ends there with it
    let gil = shown("sweep=1&workers=8", with_blocking([sweep("gil", 8, |_| 201_000.0)]));
    let ideal = paths(&gil, "ideal")[0];
    assert!(!ideal.contains('H'), "{ideal}");
    assert!(ideal.ends_with("L176.6 22.0"), "two workers, at the top: {ideal}");
}

#[test]
fn several_strategies_are_told_apart_without_the_lanes_colours() {
    let sweeps = [sweep("threads", 8, four_cores), sweep("processes", 8, four_cores), sweep("gil", 8, |_| 201_000.0)];
    let shown = shown("sweep=1&workers=8", with_blocking(sweeps));
    let dashes: Vec<_> = shapes(&shown)
        .iter()
        .filter_map(|shape| match shape {
            Shape::Path { class, dashes, .. } if class == "measured" => Some(dashes.as_str()),
            Shape::Path { class, .. } | Shape::Circle { class, .. } | Shape::Text { class, .. } => {
                assert!(!class.contains("lane-"), "a strategy is no lane");
                None
            }
        })
        .collect();
    assert_eq!(dashes, ["none", "9 4", "3 3"]);
    assert_eq!(laws(&shown).len(), 3);
}

/// Waiting takes no core: no law is fitted, and the ideal line does not become flat.
#[test]
fn a_sweep_of_waits_says_nothing_of_cores() {
    let shown = shown("workload=proxy&sweep=1&workers=8", with_blocking([sweep("threads", 8, |n| 200_000.0 / n)]));
    let [knees] = &chart(&shown).tables[..] else { panic!("one table") };
    assert_eq!(knees.columns, ["Strategy", "Knee, in workers"]);
    assert!(!paths(&shown, "ideal")[0].contains('H'));
    assert!(!chart(&shown).figures[0].caption.contains("law"), "{}", chart(&shown).figures[0].caption);
}
