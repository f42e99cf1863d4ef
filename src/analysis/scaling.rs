//! The chart of a scaling sweep: speed-up against workers, the ideal line, and the fitted laws.

use super::html::{escaped, table};
use super::results::name;
use super::words::{factor, percent};
use crate::experiment::Experiment;
use crate::measure::decimal;
use crate::measure::scaling::{Curve, Point};

/// The picture's own scale.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 36.0;
const TOP: f64 = 12.0;
const RIGHT: f64 = 16.0;

/// The chart, its words and its table, as HTML; empty without a sweep.
pub fn charts(curves: &[Curve], experiment: &Experiment) -> String {
    if curves.is_empty() {
        return String::new();
    }
    let scale = Scale::of(curves);
    let lines: String = curves.iter().enumerate().map(|(at, curve)| line(at, curve, &scale)).collect();
    let keys: String = curves.iter().enumerate().map(|(at, curve)| key(at, curve, experiment)).collect();
    format!(
        "<section class=\"charts\" aria-label=\"Scaling\"><h2>What more workers brought</h2>\
         <figure class=\"scaling\"><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"Speed-up against the number of workers; the table below has the numbers\">{}{}{lines}</svg>\
         <figcaption class=\"legend\"><span class=\"key key-ideal\">ideal</span>{keys}</figcaption></figure>\
         {}</section>",
        axes(&scale),
        ideal(&scale, curves[0].claimed_cores),
        numbers(curves, experiment)
    )
}

/// Where a number of workers and a speed-up lie.
struct Scale {
    workers: f64,
    speedup: f64,
}

impl Scale {
    fn of(curves: &[Curve]) -> Self {
        let points = || curves.iter().flat_map(|curve| &curve.points);
        let workers = points().map(|point| point.workers).max().unwrap_or(1).max(2) as f64;
        let best = points().map(high).fold(1.0, f64::max);
        Self { workers, speedup: (best * 1.1).max(2.0).ceil() }
    }

    fn x(&self, workers: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * (workers - 1.0) / (self.workers - 1.0)
    }

    fn y(&self, speedup: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (speedup / self.speedup).clamp(0.0, 1.0)
    }

    fn at(&self, workers: f64, speedup: f64) -> String {
        format!("{} {}", decimal(self.x(workers), 1), decimal(self.y(speedup), 1))
    }
}

fn high(point: &Point) -> f64 {
    point.speedup.ci95.map_or(point.speedup.value, |[_, high]| high)
}

fn axes(scale: &Scale) -> String {
    let mut marks = String::new();
    let step = (scale.speedup / 8.0).ceil();
    let mut at = 0.0;
    while at <= scale.speedup {
        let y = decimal(scale.y(at), 1);
        marks += &format!(
            "<path class=\"grid\" d=\"M{LEFT} {y}H{}\"/><text x=\"{}\" y=\"{y}\" class=\"left\">{}×</text>",
            WIDTH - RIGHT,
            LEFT - 8.0,
            decimal(at, 0)
        );
        at += step;
    }
    let every = (scale.workers / 12.0).ceil() as usize;
    for workers in (1..=scale.workers as usize).step_by(every) {
        let x = decimal(scale.x(workers as f64), 1);
        marks += &format!("<text x=\"{x}\" y=\"{}\" class=\"below\">{workers}</text>", HEIGHT - BOTTOM + 18.0);
    }
    marks + &format!("<text x=\"{}\" y=\"{}\" class=\"below\">workers</text>", WIDTH - RIGHT - 24.0, HEIGHT - 2.0)
}

/// As many times as fast as there are workers, up to the claimed cores.
fn ideal(scale: &Scale, claimed: usize) -> String {
    let end = (claimed as f64).clamp(1.0, scale.workers).min(scale.speedup);
    format!(
        "<path class=\"ideal\" d=\"M{} L{} H{}\"/>",
        scale.at(1.0, 1.0),
        scale.at(end, end),
        decimal(scale.x(scale.workers), 1)
    )
}

fn line(at: usize, curve: &Curve, scale: &Scale) -> String {
    let mut drawn = String::new();
    for point in &curve.points {
        let workers = point.workers as f64;
        if let Some([low, high]) = point.speedup.ci95 {
            drawn += &format!("<path d=\"M{}L{}\"/>", scale.at(workers, low), scale.at(workers, high));
        }
        let (x, y) = (decimal(scale.x(workers), 1), decimal(scale.y(point.speedup.value), 1));
        drawn += &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/>");
    }
    let measured: Vec<_> =
        curve.points.iter().map(|point| scale.at(point.workers as f64, point.speedup.value)).collect();
    drawn += &format!("<path class=\"measured\" d=\"M{}\"/>", measured.join("L"));
    if let Some(law) = curve.usl.known() {
        let steps: Vec<_> = (0..=40).map(|step| 1.0 + (scale.workers - 1.0) * f64::from(step) / 40.0).collect();
        let fitted: Vec<_> = steps.into_iter().map(|workers| scale.at(workers, law.predicted(workers))).collect();
        drawn += &format!("<path class=\"fitted\" d=\"M{}\"/>", fitted.join("L"));
    }
    format!("<g class=\"task-{}\">{drawn}</g>", at % 8)
}

fn key(at: usize, curve: &Curve, experiment: &Experiment) -> String {
    format!("<span class=\"key task-{}\">{}</span>", at % 8, escaped(&name(&curve.strategy, experiment)))
}

fn numbers(curves: &[Curve], experiment: &Experiment) -> String {
    let row = |curve: &Curve, point: &Point| {
        let ci = point.speedup.ci95.map(|[low, high]| format!("{} to {}", decimal(low, 2), decimal(high, 2)));
        let serial = point.karp_flatt.as_ref().map(|serial| percent(serial.fraction));
        let dash = |cell: Option<String>| cell.unwrap_or_else(|| "–".into());
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
    let columns = ["Strategy", "Workers", "Speed-up", "95 % interval", "Efficiency", "Serial part (Karp-Flatt)"];
    format!(
        "<details><summary>The chart as a table</summary>{}</details>",
        table("scaling-table", "Scaling", &columns, &rows)
    )
}
