//! The time from arrival to completion of tasks, as a histogram on a logarithmic axis: one row for each strategy, all
//! on the same axis. What matters in latency is the tail, which an average hides.

use lab::measure::TaskLatency;
use lab::report::{Report, Run};
use strategies::trace::TaskRecord;
use words::{Arg, duration, en, grouped};

use crate::results::name;
use crate::scene::{Figure, Scene, Shape};
use crate::shown::Chart;
use crate::table::Table;

/// The picture's own scale: its width and its height.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 60.0;
/// The edges of the bars within each factor of ten: round numbers, 1, 2 and 5.
const EDGES: [f64; 3] = [1.0, 2.0, 5.0];
/// The lower end of the axis: shorter latencies count in the first bar; in milliseconds.
const SHORTEST: f64 = 0.1;

/// A run whose tasks arrived.
struct Served<'a> {
    name: String,
    latency: TaskLatency,
    /// The latency of each task of the sample that is shown, in milliseconds.
    each: Vec<f64>,
    run: &'a Run,
}

/// The histograms, and the counts as a table; `None` where no tasks arrive.
pub(crate) fn chart(report: &Report) -> Option<Chart> {
    let shown = report.strategies().into_iter().filter_map(|id| report.shown(id));
    let served: Vec<_> = shown.filter_map(served).collect();
    let longest = served.iter().flat_map(|served| &served.each).copied().reduce(f64::max)?;
    let edges = edges(longest);
    let most = served.iter().flat_map(|served| counts(&served.each, &edges)).max()?;
    Some(Chart {
        label: en::LATENCY.text(),
        heading: en::LATENCY_HEADING.text(),
        text: en::LATENCY_MEANS.text(),
        figures: served.iter().map(|served| figure(served, &edges, most)).collect(),
        tables: Vec::new(),
        details: en::BARS_AS_TABLE.text(),
        hidden: Some(table(&served, &edges)),
    })
}

fn served(run: &Run) -> Option<Served<'_>> {
    let latency = run.numbers.as_ref()?.latency?;
    let each: Vec<_> =
        run.tasks.iter().filter_map(TaskRecord::latency).map(|micros| f64::from(micros) / 1000.0).collect();
    (!each.is_empty()).then(|| Served { name: name(&run.strategy), latency, each, run })
}

/// The bars' edges, in milliseconds: from [`SHORTEST`] to the first power of ten that no latency exceeds.
fn edges(longest: f64) -> Vec<f64> {
    let (mut edges, mut ten) = (Vec::new(), SHORTEST);
    while ten < longest.max(SHORTEST * 10.0) {
        edges.extend(EDGES.map(|edge| edge * ten));
        ten *= 10.0;
    }
    edges.push(ten);
    edges
}

/// The number of latencies between each edge and the next; shorter ones than the first edge count in the first bar.
fn counts(each: &[f64], edges: &[f64]) -> Vec<usize> {
    let mut counts = vec![0; edges.len() - 1];
    for ms in each {
        let at = edges[1..].iter().position(|edge| ms < edge).unwrap_or(counts.len() - 1);
        counts[at] += 1;
    }
    counts
}

fn figure(served: &Served, edges: &[f64], most: usize) -> Figure {
    let decades = (edges.len() - 1) / EDGES.len();
    let place = |ms: f64| (ms / SHORTEST).log10() / decades as f64 * WIDTH;
    let bars =
        counts(&served.each, edges).into_iter().enumerate().filter(|(_, count)| *count > 0).map(|(at, count)| {
            let (left, right) = (place(edges[at]), place(edges[at + 1]));
            // a single task among many is still visible
            let height = (HEIGHT * count as f64 / most.max(1) as f64).max(2.0);
            let (left, width) = (words::decimal(left, 1), words::decimal(right - left, 1));
            format!("M{left} {HEIGHT}v-{}h{width}v{HEIGHT}z", words::decimal(height, 1))
        });
    let path = bars.collect::<String>();
    let TaskLatency { p50, p95, p99 } = served.latency;
    let quantile = |ms: f64| Arg::from(duration(ms));
    let caption = en::LATENCY_OF.with(&[
        ("strategy", served.name.as_str().into()),
        ("half", quantile(p50.ms)),
        ("most", quantile(p95.ms)),
        ("nearly", quantile(p99.ms)),
    ]);
    let tens = (0..=decades).map(|ten| duration(SHORTEST * 10_f64.powi(ten as i32)));
    Figure {
        class: "latency".into(),
        scene: Scene {
            width: WIDTH,
            height: HEIGHT,
            stretched: true,
            label: caption.clone(),
            shapes: vec![
                Shape::path("bars", path),
                Shape::path("quantile", format!("M{} 0V{HEIGHT}", words::decimal(place(p95.ms.max(SHORTEST)), 1))),
            ],
        },
        caption,
        times: tens.collect(),
        note: String::new(),
    }
}

fn table(served: &[Served], edges: &[f64]) -> Table {
    let names = served.iter().map(|served| served.name.clone());
    let columns = [en::LATENCY_UP_TO.text()].into_iter().chain(names).collect();
    let all: Vec<_> = served.iter().map(|served| counts(&served.each, edges)).collect();
    let row = |at: usize| {
        let told = all.iter().map(|counts| grouped(counts[at] as u64));
        [duration(edges[at + 1])].into_iter().chain(told).collect()
    };
    let caption = en::LATENCY_TABLE
        .with(&[("n", Arg::digits(served.iter().map(|served| served.run.tasks.len()).max().unwrap_or(0)))]);
    Table::new("latency-table", caption, columns, (0..edges.len() - 1).map(row).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_latency_is_in_one_bar() {
        let edges = edges(73.0);
        assert_eq!((edges.first(), edges.len()), (Some(&0.1), 10));
        assert!((edges.last().expect("one") - 100.0).abs() < 1e-9);
        let each = [0.0, 0.15, 0.21, 1.5, 49.9, 73.0, 73.0];
        let counts = counts(&each, &edges);
        assert_eq!(counts, [2, 1, 0, 1, 0, 0, 0, 1, 2]);
    }

    #[test]
    fn the_longest_has_an_edge_beyond_it() {
        for longest in [0.0, 0.1, 0.99, 1.0, 999.0, 10_000.0, 3_600_000.0] {
            let edges = edges(longest);
            assert!(edges.last().expect("one") >= &longest && edges.is_sorted(), "{longest}: {edges:?}");
        }
    }
}
