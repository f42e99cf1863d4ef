//! What a scaling sweep came to: the chart of speed-up against workers, the fitted laws, and the numbers of each point.

mod chart;
mod labels;
mod laws;

use super::html::table;
use super::results::name;
use super::words::{dash, factor, percent};
use crate::experiment::Experiment;
use crate::measure::decimal;
use crate::measure::scaling::{Curve, Point, WORTHWHILE};

const COLUMNS: [&str; 6] =
    ["Strategy", "Workers", "Speed-up", "95 % interval", "Efficiency", "Serial part (Karp-Flatt), 95 % interval"];

/// What is to be seen of laws, which are about cores and not about waits.
const FITTED: &str = " Where a law could be fitted, within the claimed cores, it is a thin line.";

/// The chart, its words and its tables, as HTML; empty without a sweep.
pub fn charts(curves: &[Curve], experiment: &Experiment) -> String {
    if curves.is_empty() {
        return String::new();
    }
    format!(
        "<section class=\"charts\" aria-label=\"Scaling\"><h2>What more workers brought</h2><figure class=\"scaling\">{}\
         <figcaption>Speed-up over blocking: marks are medians with their 95 % intervals. A ring is the knee: all workers \
         beyond it together bring less than {}\u{a0}%.{}</figcaption></figure>{}<details><summary>The chart as a table</summary>{}</details></section>",
        chart::chart(curves, experiment),
        decimal((WORTHWHILE - 1.0) * 100.0, 0),
        if experiment.computes() { FITTED } else { "" },
        laws::laws(curves, experiment),
        numbers(curves, experiment)
    )
}

fn numbers(curves: &[Curve], experiment: &Experiment) -> String {
    let row = |curve: &Curve, point: &Point| {
        let ci = point.speedup.ci95.map(|[low, high]| format!("{} to {}", decimal(low, 2), decimal(high, 2)));
        let serial = point.karp_flatt.as_ref().map(|serial| match serial.ci95 {
            Some(ci) => format!("{} ({} to {})", percent(serial.fraction), percent(ci[0]), percent(ci[1])),
            None => percent(serial.fraction),
        });
        vec![
            name(&curve.strategy, experiment),
            point.workers.to_string(),
            factor(point.speedup.value),
            dash(ci),
            percent(point.efficiency),
            dash(serial),
        ]
    };
    let rows: Vec<_> =
        curves.iter().flat_map(|curve| curve.points.iter().map(move |point| row(curve, point))).collect();
    table("scaling-table", "Scaling", &COLUMNS, &rows)
}
