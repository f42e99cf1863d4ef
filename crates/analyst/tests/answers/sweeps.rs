//! The chart and the tables of a sweep.

use strategies::trace::Series;

use super::made::{findings, series, sweep};
use super::markup;
use super::tables::rows;

fn with_blocking(sweeps: impl IntoIterator<Item = Vec<Series>>) -> Vec<Series> {
    [series("blocking", 1, &[200_000, 200_300, 199_800, 200_100, 199_900])]
        .into_iter()
        .chain(sweeps.into_iter().flatten())
        .collect()
}

/// Steps of a path, from the first that fits on.
fn path(charts: &str, class: &str) -> String {
    let after = charts.split_once(&format!("class=\"{class}\" d=\"")).unwrap_or_else(|| panic!("no {class}")).1;
    after.split_once('"').unwrap().0.to_owned()
}

/// Amdahl's law on a machine of four cores.
fn four_cores(workers: f64) -> f64 {
    200_000.0 * (0.1 + 0.9 / workers.min(4.0))
}

#[test]
fn the_fits_their_intervals_and_the_knee_are_on_the_page() {
    let charts = findings("sweep=1&workers=8", with_blocking([sweep("threads", 8, four_cores)])).charts;
    markup::check(&charts);
    assert!(charts.contains(">threads, knee 4</text>"), "{charts}");
    assert!(charts.contains(">threads by Gunther’s law</text>"), "{charts}");
    assert!(charts.contains("class=\"fitted\"") && charts.contains("class=\"knee\""));
    let laws = &rows(charts.split_once("laws-table").unwrap().1)[0];
    assert_eq!(laws[..3], ["threads", "4 (4 to 4)", "consistent with 4"]);
    assert!(laws[3].starts_with("10 % (9."), "{laws:?}");
    assert!(laws[4].starts_with("σ ") && laws[4].contains(", κ "), "{laws:?}");
}

#[test]
fn why_a_law_cannot_be_told_is_said_once() {
    let run = with_blocking([sweep("threads", 2, four_cores), sweep("processes", 2, four_cores)]);
    let said = findings("sweep=1&workers=2", run);
    let (charts, caveats) = (said.charts, said.caveats);
    markup::check(&charts);
    assert!(!charts.contains("class=\"fitted\""), "nothing is drawn that was not fitted");
    let laws = &rows(charts.split_once("laws-table").unwrap().1)[0];
    assert_eq!(laws[3..], ["cannot be told", "cannot be told"]);
    let why: Vec<_> = caveats.iter().filter(|said| said.contains("it takes 3 different numbers of workers")).collect();
    assert!(why.len() == 1 && why[0].contains("threads and processes"), "{caveats:?}");
    assert_eq!(laws[1], "2 (2 to 2), the most measured");
}

#[test]
fn the_ideal_rises_to_the_claimed_cores_or_to_the_frame_and_is_flat_only_beyond_the_cores() {
    let threads = findings("sweep=1&workers=8", with_blocking([sweep("threads", 8, four_cores)])).charts;
    // to (4, 4), which is within the frame, then to the right edge
    let [from, to] = ["M76.0", "H780.0"].map(|step| path(&threads, "ideal").contains(step));
    assert!(from && to, "{}", path(&threads, "ideal"));
    // a strategy that gains nothing: the frame ends at 2, and the ideal leaves it there
    let gil = findings("sweep=1&workers=8", with_blocking([sweep("gil", 8, |_| 201_000.0)])).charts;
    let ideal = path(&gil, "ideal");
    assert!(!ideal.contains('H'), "{ideal}");
    assert!(ideal.ends_with("L176.6 22.0"), "two workers, at the top: {ideal}");
}

#[test]
fn several_strategies_are_told_apart_without_the_lanes_colours() {
    let sweeps = [sweep("threads", 8, four_cores), sweep("processes", 8, four_cores), sweep("gil", 8, |_| 201_000.0)];
    let charts = findings("sweep=1&workers=8", with_blocking(sweeps)).charts;
    markup::check(&charts);
    assert!(!charts.contains("lane-"), "a strategy is no lane");
    for dashes in ["none", "9 4", "3 3"] {
        assert!(charts.contains(&format!("stroke-dasharray=\"{dashes}\"")), "{dashes}");
    }
    assert_eq!(rows(charts.split_once("laws-table").unwrap().1).len(), 3);
}
