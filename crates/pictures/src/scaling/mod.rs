//! The results of a scaling sweep: the chart of speed-up against workers, the fitted laws, and the numbers of each
//! point.

mod chart;
mod labels;
mod laws;

pub use chart::DASHES;
pub use labels::spread;

use lab::measure::scaling::{Curve, Point, WORTHWHILE};
use lab::report::Report;
use words::{Message, dash, decimal, en, exact_factor, percent};

use crate::results::name;
use crate::scene::Figure;
use crate::shown::Chart;
use crate::table::Table;

/// The chart, its words and its tables; `None` without a sweep.
pub(crate) fn chart(report: &Report) -> Option<Chart> {
    let (curves, experiment) = (&report.scaling, report.what_ran());
    if curves.is_empty() {
        return None;
    }
    // laws are about cores and not about waits
    let laws = if experiment.computes() { en::FITTED_LINES.text() } else { String::new() };
    let percent = decimal((WORTHWHILE - 1.0) * 100.0, 0);
    let caption = en::SCALING_MEANS.with(&[("percent", percent.into()), ("laws", laws.into())]);
    let scene = chart::chart(curves, &experiment);
    Some(Chart {
        label: en::SCALING.text(),
        heading: en::SCALING_HEADING.text(),
        text: String::new(),
        figures: vec![Figure { class: "scaling".into(), caption, scene, times: Vec::new(), note: String::new() }],
        tables: vec![laws::laws(curves, &experiment)],
        details: en::CHART_AS_TABLE.text(),
        hidden: Some(numbers(curves)),
    })
}

fn numbers(curves: &[Curve]) -> Table {
    let row = |curve: &Curve, point: &Point| {
        let ci = point.speedup.ci95.map(|[low, high]| words::times(decimal(low, 2), decimal(high, 2)));
        let serial = point.karp_flatt.as_ref().map(|serial| match serial.ci95 {
            Some([low, high]) => {
                format!("{} ({})", percent(serial.fraction), words::times(percent(low), percent(high)))
            }
            None => percent(serial.fraction),
        });
        vec![
            name(&curve.strategy),
            point.workers.to_string(),
            exact_factor(point.speedup.value),
            dash(ci),
            percent(point.efficiency),
            dash(serial),
        ]
    };
    let rows = curves.iter().flat_map(|curve| curve.points.iter().map(move |point| row(curve, point)));
    let columns = [en::STRATEGY, en::WORKERS, en::SPEED_UP, en::INTERVAL_95, en::EFFICIENCY, en::KARP_FLATT];
    let columns = columns.into_iter().map(Message::text).collect();
    Table::new("scaling-table", en::SCALING.text(), columns, rows.collect())
}
