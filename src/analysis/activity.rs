//! Activity bars, as the talk draws them: what each task got done in each millisecond, one row a task.
//!
//! One shape a row, as high as the count: a picture of hundreds of milliseconds stays light.

use super::html::escaped;
use super::results::name;
use crate::experiment::Experiment;
use crate::measure::decimal;
use crate::trace::Series;

/// Pixels of the picture's own scale: width, and a row's height with its gap.
const WIDTH: f64 = 1000.0;
const ROW: f64 = 22.0;
const GAP: f64 = 3.0;
/// More rows than these are not drawn.
const ROWS: usize = 32;

/// The bars of every series that counted, as HTML; empty if none did.
pub fn charts(series: &[Series], experiment: &Experiment) -> String {
    let counted = || series.iter().filter(|series| !series.activity.is_empty());
    let most = counted().flat_map(|series| series.activity.iter().flatten()).copied().max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let figures: String = counted().map(|series| figure(series, most, experiment)).collect();
    format!(
        "<section class=\"charts\" aria-label=\"Activity\"><h2>What each task got done, millisecond by millisecond</h2>\
         {figures}</section>"
    )
}

fn figure(series: &Series, most: u32, experiment: &Experiment) -> String {
    let rows = &series.activity[..series.activity.len().min(ROWS)];
    let millions = series.activity.iter().flatten().map(|count| f64::from(*count)).sum::<f64>() / 1e6;
    let shapes: String = rows.iter().enumerate().map(|(at, row)| shape(at, row, most)).collect();
    let words = format!("{}: {} million rounds in all", name(&series.strategy, experiment), decimal(millions, 1));
    format!(
        "<figure class=\"activity\"><figcaption>{words}</figcaption><svg viewBox=\"0 0 {WIDTH} {}\" \
         preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words}\">{shapes}</svg></figure>",
        ROW * rows.len() as f64,
        words = escaped(&words)
    )
}

fn shape(at: usize, counts: &[u32], most: u32) -> String {
    let (floor, step) = (ROW * (at + 1) as f64 - GAP, WIDTH / counts.len().max(1) as f64);
    let mut path = format!("M0 {floor}");
    for count in counts {
        let height = (ROW - GAP) * f64::from(*count) / f64::from(most);
        path += &format!("V{}h{}", decimal(floor - height, 1), decimal(step, 2));
    }
    format!("<path class=\"task-{}\" d=\"{path}V{floor}z\"/>", at % 8)
}
