//! The chart of a sweep: speed-up against workers, the ideal line, the fitted laws and the knees, each named beside it.
//!
//! Colours belong to lanes, and a strategy is none: marks and dashes tell strategies apart.

use super::labels::spread;
use crate::analysis::html::escaped;
use crate::analysis::results::name;
use crate::experiment::Experiment;
use crate::measure::decimal;
use crate::measure::scaling::{Curve, Point};

/// The picture's own scale.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 36.0;
const TOP: f64 = 22.0;
/// Room between the axis and the marks at one worker, so that none lies on the axis or its numbers.
const PAD: f64 = 32.0;
/// Room for the strategies' names.
const RIGHT: f64 = 220.0;
/// Where they begin, from the last mark on.
const BESIDE: f64 = 22.0;
/// Radius of a mark, and of the ring around the knee.
const MARK: f64 = 4.0;
const RING: f64 = 9.0;
/// Strategies' marks of one number of workers stand so far apart, so that none hides another's interval.
const ASIDE: f64 = 6.0;
/// Lengths of dashes and gaps, a pattern for each strategy.
const DASHES: [&str; 5] = ["none", "9 4", "3 3", "12 3 3 3", "6 2 2 2 2 2"];

/// The chart, as HTML, in a box that scrolls sideways where the page is narrow.
pub fn chart(curves: &[Curve], experiment: &Experiment) -> String {
    let scale = Scale::of(curves);
    // waiting takes no core: there every worker may bring as much as the first
    let cores = if experiment.computes() { curves[0].claimed_cores } else { usize::MAX };
    let aside = |at: usize| ASIDE * (at as f64 - (curves.len() - 1) as f64 / 2.0);
    let line = |(at, curve)| format!("<g transform=\"translate({} 0)\">{}</g>", aside(at), line(at, curve, &scale));
    let lines: String = curves.iter().enumerate().map(line).collect();
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Chart of the speed-up\"><svg \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Speed-up against the number of workers; the tables \
         below have the numbers\">{}{}{lines}{}{}</svg></div>",
        axes(&scale, cores),
        ideal(&scale, cores),
        names(curves, &scale, experiment),
        laws(curves, &scale, experiment)
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
        LEFT + PAD + (WIDTH - LEFT - PAD - RIGHT) * (workers - 1.0) / (self.workers - 1.0)
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

fn text(x: f64, y: f64, class: &str, words: &str) -> String {
    format!("<text x=\"{}\" y=\"{}\" class=\"{class}\">{}</text>", decimal(x, 1), decimal(y, 1), escaped(words))
}

fn axes(scale: &Scale, claimed: usize) -> String {
    let mut marks = String::new();
    let step = (scale.speedup / 8.0).ceil();
    let mut at = 0.0;
    while at <= scale.speedup {
        let y = scale.y(at);
        marks += &format!("<path class=\"grid\" d=\"M{LEFT} {}H{}\"/>", decimal(y, 1), WIDTH - RIGHT);
        marks += &text(LEFT - 8.0, y, "left", &format!("{}×", decimal(at, 0)));
        at += step;
    }
    let every = (scale.workers / 12.0).ceil() as usize;
    for workers in (1..=scale.workers as usize).step_by(every) {
        marks += &text(scale.x(workers as f64), HEIGHT - BOTTOM + 18.0, "below", &workers.to_string());
    }
    if claimed as f64 <= scale.workers {
        let x = scale.x(claimed as f64);
        marks += &format!("<path class=\"grid\" d=\"M{} {TOP}V{}\"/>", decimal(x, 1), HEIGHT - BOTTOM);
        let class = if claimed == 1 { "beside" } else { "below" };
        marks += &text(x, TOP - 8.0, class, &format!("{claimed} claimed"));
    }
    marks + &text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 2.0, "below", "workers")
}

/// As many times as fast as there are workers, up to the claimed cores, and no faster beyond them; as far as the frame
/// shows it.
fn ideal(scale: &Scale, claimed: usize) -> String {
    let cores = claimed.max(1) as f64;
    let end = cores.min(scale.workers).min(scale.speedup);
    let flat = end == cores && cores < scale.workers;
    let rest = if flat { format!("H{}", decimal(scale.x(scale.workers), 1)) } else { String::new() };
    let (x, y) = if flat { (scale.workers, end) } else { (end, end) };
    format!(
        "<path class=\"ideal\" d=\"M{}L{}{rest}\"/>{}",
        scale.at(1.0, 1.0),
        scale.at(end, end),
        text(scale.x(x) - 6.0, scale.y(y) - 8.0, "left", "ideal")
    )
}

fn line(at: usize, curve: &Curve, scale: &Scale) -> String {
    let measured: Vec<_> =
        curve.points.iter().map(|point| scale.at(point.workers as f64, point.speedup.value)).collect();
    let mut drawn = format!(
        "<path class=\"measured\" stroke-dasharray=\"{}\" d=\"M{}\"/>",
        DASHES[at % DASHES.len()],
        measured.join("L")
    );
    for point in &curve.points {
        let workers = point.workers as f64;
        if let Some([low, high]) = point.speedup.ci95 {
            drawn += &format!("<path d=\"M{}L{}\"/>", scale.at(workers, low), scale.at(workers, high));
        }
        let (x, y) = (scale.x(workers), scale.y(point.speedup.value));
        drawn += &mark(at, x, y);
        if point.workers == curve.knee.workers {
            let (x, y) = (decimal(x, 1), decimal(y, 1));
            drawn += &format!("<circle class=\"knee\" cx=\"{x}\" cy=\"{y}\" r=\"{RING}\"/>");
        }
    }
    drawn
}

/// Circles, squares and diamonds; every other strategy's are hollow.
fn mark(at: usize, x: f64, y: f64) -> String {
    let class = if at.is_multiple_of(2) { "mark" } else { "mark hollow" };
    let (left, top) = (decimal(x - MARK, 1), decimal(y - MARK, 1));
    let side = 2.0 * MARK;
    let shape = match at / 2 % 3 {
        0 => format!("M{left} {}a{MARK} {MARK} 0 1 0 {side} 0a{MARK} {MARK} 0 1 0 -{side} 0z", decimal(y, 1)),
        1 => format!("M{left} {top}h{side}v{side}h-{side}z"),
        _ => format!("M{left} {}l{MARK} -{MARK}l{MARK} {MARK}l-{MARK} {MARK}z", decimal(y, 1)),
    };
    format!("<path class=\"{class}\" d=\"{shape}\"/>")
}

/// Each strategy's name, and its knee, beside its last mark.
fn names(curves: &[Curve], scale: &Scale, experiment: &Experiment) -> String {
    let ends: Vec<_> = curves.iter().filter_map(|curve| Some((curve, curve.points.last()?))).collect();
    let wanted: Vec<_> = ends.iter().map(|(_, last)| scale.y(last.speedup.value)).collect();
    let heights = spread(&wanted, [TOP, HEIGHT - BOTTOM]);
    let beside = |((curve, last), y): (&(&Curve, &Point), &f64)| {
        let words = format!("{}, knee {}", name(&curve.strategy, experiment), curve.knee.workers);
        text(scale.x(last.workers as f64) + BESIDE, *y, "beside", &words)
    };
    ends.iter().zip(&heights).map(beside).collect()
}

/// The fitted laws as thin lines, each named where it ends.
fn laws(curves: &[Curve], scale: &Scale, experiment: &Experiment) -> String {
    let fits: Vec<_> = curves.iter().filter_map(|curve| Some((curve, fitted(curve)?))).collect();
    let wanted: Vec<_> = fits.iter().map(|(_, fit)| scale.y((fit.law)(fit.to)) - 14.0).collect();
    let heights = spread(&wanted, [TOP + 8.0, HEIGHT - BOTTOM]);
    let beside = |((curve, fit), y): (&(&Curve, Fitted<'_>), &f64)| {
        text(scale.x(fit.to) - 8.0, *y, "left", &format!("{} by {}", name(&curve.strategy, experiment), fit.name))
    };
    let line = |(_, fit): &(&Curve, Fitted<'_>)| format!("<path class=\"fitted\" d=\"M{}\"/>", fit.path(scale));
    fits.iter().map(line).chain(fits.iter().zip(&heights).map(beside)).collect()
}

/// A law and where it was fitted.
struct Fitted<'a> {
    name: &'static str,
    law: Box<dyn Fn(f64) -> f64 + 'a>,
    from: f64,
    to: f64,
}

/// The law with more parameters, if both are known: where it adds nothing, it is the other one.
fn fitted(curve: &Curve) -> Option<Fitted<'_>> {
    let mut within = curve.points.iter().map(|point| point.workers).filter(|workers| *workers <= curve.claimed_cores);
    let (from, to) = (within.next()? as f64, within.next_back()? as f64);
    let (name, law): (_, Box<dyn Fn(f64) -> f64>) = match (curve.usl.known(), curve.amdahl.known()) {
        (Some(law), _) => ("Gunther’s law", Box::new(|workers| law.predicted(workers))),
        (None, Some(law)) => ("Amdahl’s law", Box::new(|workers| law.predicted(workers))),
        (None, None) => return None,
    };
    Some(Fitted { name, law, from, to })
}

impl Fitted<'_> {
    fn path(&self, scale: &Scale) -> String {
        let workers = (0..=40).map(|step| self.from + (self.to - self.from) * f64::from(step) / 40.0);
        workers.map(|workers| scale.at(workers, (self.law)(workers))).collect::<Vec<_>>().join("L")
    }
}
