//! The chart of a sweep: speed-up against workers, the ideal line, the fitted laws and the knees, each named beside it.
//!
//! Colours belong to lanes, and a strategy is no lane: marks and dashes tell strategies apart.

use lab::experiment::Experiment;
use lab::measure::scaling::{Curve, Point};
use words::{Arg, Message, decimal, en};

use super::labels::spread;
use crate::results::name;
use crate::scene::{Scene, Shape};

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
/// The distance from the last mark to the names.
const BESIDE: f64 = 22.0;
/// Radius of a mark, and of the ring around the knee.
const MARK: f64 = 4.0;
const RING: f64 = 9.0;
/// The distance between the marks of two strategies at one number of workers, so that none hides another's interval.
const ASIDE: f64 = 6.0;
/// Lengths of dashes and gaps, a pattern for each strategy.
pub const DASHES: [&str; 5] = ["none", "9 4", "3 3", "12 3 3 3", "6 2 2 2 2 2"];

/// The chart.
pub(super) fn chart(curves: &[Curve], experiment: &Experiment) -> Scene {
    let scale = Projection::of(curves);
    // waiting takes no core: there each further worker may bring as much as the first
    let cores = if experiment.computes() { curves[0].claimed_cores } else { usize::MAX };
    let aside = |at: usize| ASIDE * (at as f64 - (curves.len() - 1) as f64 / 2.0);
    let mut shapes = axes(&scale, cores);
    shapes.extend(ideal(&scale, cores));
    shapes.extend(curves.iter().enumerate().flat_map(|(at, curve)| line(at, curve, &scale.moved(aside(at)))));
    shapes.extend(names(curves, &scale));
    shapes.extend(laws(curves, &scale));
    Scene { width: WIDTH, height: HEIGHT, stretched: false, label: en::CHART_LABEL.text(), shapes }
}

/// The position of a number of workers and a speed-up in the picture.
#[derive(Clone, Copy)]
struct Projection {
    workers: f64,
    speedup: f64,
    /// How far everything is moved to the right.
    aside: f64,
}

impl Projection {
    fn of(curves: &[Curve]) -> Self {
        let points = || curves.iter().flat_map(|curve| &curve.points);
        let workers = points().map(|point| point.workers).max().unwrap_or(1).max(2) as f64;
        let best = points().map(high).fold(1.0, f64::max);
        Self { workers, speedup: (best * 1.1).max(2.0).ceil(), aside: 0.0 }
    }

    /// The same with everything moved to the right by `aside`.
    fn moved(self, aside: f64) -> Self {
        Self { aside, ..self }
    }

    fn x(&self, workers: f64) -> f64 {
        LEFT + PAD + (WIDTH - LEFT - PAD - RIGHT) * (workers - 1.0) / (self.workers - 1.0) + self.aside
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

fn axes(scale: &Projection, claimed: usize) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let step = (scale.speedup / 8.0).ceil();
    let mut at = 0.0;
    while at <= scale.speedup {
        let y = scale.y(at);
        shapes.push(Shape::path("grid", format!("M{LEFT} {}H{}", decimal(y, 1), WIDTH - RIGHT)));
        shapes.push(Shape::text(LEFT - 8.0, y, "left", format!("{}×", decimal(at, 0))));
        at += step;
    }
    let every = (scale.workers / 12.0).ceil() as usize;
    for workers in (1..=scale.workers as usize).step_by(every) {
        shapes.push(Shape::text(scale.x(workers as f64), HEIGHT - BOTTOM + 18.0, "below", workers.to_string()));
    }
    if claimed as f64 <= scale.workers {
        let x = scale.x(claimed as f64);
        shapes.push(Shape::path("grid", format!("M{} {TOP}V{}", decimal(x, 1), HEIGHT - BOTTOM)));
        let class = if claimed == 1 { "beside" } else { "below" };
        shapes.push(Shape::text(x, TOP - 8.0, class, en::CLAIMED.with(&[("cores", Arg::digits(claimed))])));
    }
    shapes.push(Shape::text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 2.0, "below", en::WORKERS_AXIS.text()));
    shapes
}

/// The line on which the speed-up equals the number of workers, up to the claimed cores, and stays the same beyond
/// them; drawn as far as the frame goes.
fn ideal(scale: &Projection, claimed: usize) -> [Shape; 2] {
    let cores = claimed.max(1) as f64;
    let end = cores.min(scale.workers).min(scale.speedup);
    let flat = end == cores && cores < scale.workers;
    let rest = if flat { format!("H{}", decimal(scale.x(scale.workers), 1)) } else { String::new() };
    let (x, y) = if flat { (scale.workers, end) } else { (end, end) };
    [
        Shape::path("ideal", format!("M{}L{}{rest}", scale.at(1.0, 1.0), scale.at(end, end))),
        Shape::text(scale.x(x) - 6.0, scale.y(y) - 8.0, "left", en::IDEAL.text()),
    ]
}

fn line(at: usize, curve: &Curve, scale: &Projection) -> Vec<Shape> {
    let measured: Vec<_> =
        curve.points.iter().map(|point| scale.at(point.workers as f64, point.speedup.value)).collect();
    let path = format!("M{}", measured.join("L"));
    let mut shapes = vec![Shape::Path { class: "measured".into(), path, dashes: DASHES[at % DASHES.len()].into() }];
    for point in &curve.points {
        let workers = point.workers as f64;
        if let Some([low, high]) = point.speedup.ci95 {
            shapes.push(Shape::path("", format!("M{}L{}", scale.at(workers, low), scale.at(workers, high))));
        }
        let middle @ [x, y] = [scale.x(workers), scale.y(point.speedup.value)];
        shapes.push(mark(at, x, y));
        if point.workers == curve.knee.workers {
            shapes.push(Shape::Circle { class: "knee".into(), middle, radius: RING });
        }
    }
    shapes
}

/// The mark of a strategy: circles, squares and diamonds, hollow for every other strategy.
fn mark(at: usize, x: f64, y: f64) -> Shape {
    let class = if at.is_multiple_of(2) { "mark" } else { "mark hollow" };
    let (left, top) = (decimal(x - MARK, 1), decimal(y - MARK, 1));
    let side = 2.0 * MARK;
    let shape = match at / 2 % 3 {
        0 => format!("M{left} {}a{MARK} {MARK} 0 1 0 {side} 0a{MARK} {MARK} 0 1 0 -{side} 0z", decimal(y, 1)),
        1 => format!("M{left} {top}h{side}v{side}h-{side}z"),
        _ => format!("M{left} {}l{MARK} -{MARK}l{MARK} {MARK}l-{MARK} {MARK}z", decimal(y, 1)),
    };
    Shape::path(class, shape)
}

/// Each strategy's name, and its knee, beside its last mark.
fn names(curves: &[Curve], scale: &Projection) -> Vec<Shape> {
    let ends: Vec<_> = curves.iter().filter_map(|curve| Some((curve, curve.points.last()?))).collect();
    let wanted: Vec<_> = ends.iter().map(|(_, last)| scale.y(last.speedup.value)).collect();
    let heights = spread(&wanted, [TOP, HEIGHT - BOTTOM]);
    let beside = |((curve, last), y): (&(&Curve, &Point), &f64)| {
        let knee = ("workers", Arg::digits(curve.knee.workers));
        let text = en::KNEE_OF.with(&[("strategy", name(&curve.strategy).into()), knee]);
        Shape::text(scale.x(last.workers as f64) + BESIDE, *y, "beside", text)
    };
    ends.iter().zip(&heights).map(beside).collect()
}

/// The fitted laws as thin lines, each named where it ends.
fn laws(curves: &[Curve], scale: &Projection) -> Vec<Shape> {
    let fits: Vec<_> = curves.iter().filter_map(|curve| Some((curve, fitted(curve)?))).collect();
    let wanted: Vec<_> = fits.iter().map(|(_, fit)| scale.y((fit.law)(fit.to)) - 14.0).collect();
    let heights = spread(&wanted, [TOP + 8.0, HEIGHT - BOTTOM]);
    let beside = |((curve, fit), y): (&(&Curve, FittedLaw<'_>), &f64)| {
        let law = ("law", fit.name.text().into());
        let text = en::LAW_OF.with(&[("strategy", name(&curve.strategy).into()), law]);
        Shape::text(scale.x(fit.to) - 8.0, *y, "left", text)
    };
    let line = |(_, fit): &(&Curve, FittedLaw<'_>)| Shape::path("fitted", format!("M{}", fit.path(scale)));
    fits.iter().map(line).chain(fits.iter().zip(&heights).map(beside)).collect()
}

/// A fitted law and the range of workers it was fitted to.
struct FittedLaw<'a> {
    name: Message,
    law: Box<dyn Fn(f64) -> f64 + 'a>,
    from: f64,
    to: f64,
}

/// The law with more parameters, if both are known: where its further parameter adds nothing, both are the same.
fn fitted(curve: &Curve) -> Option<FittedLaw<'_>> {
    let mut within = curve.points.iter().map(|point| point.workers).filter(|workers| *workers <= curve.claimed_cores);
    let (from, to) = (within.next()? as f64, within.next_back()? as f64);
    let (name, law): (_, Box<dyn Fn(f64) -> f64>) = match (curve.usl.known(), curve.amdahl.known()) {
        (Some(law), _) => (en::GUNTHERS_LAW, Box::new(|workers| law.predicted(workers))),
        (None, Some(law)) => (en::AMDAHLS_LAW, Box::new(|workers| law.predicted(workers))),
        (None, None) => return None,
    };
    Some(FittedLaw { name, law, from, to })
}

impl FittedLaw<'_> {
    fn path(&self, scale: &Projection) -> String {
        let workers = (0..=40).map(|step| self.from + (self.to - self.from) * f64::from(step) / 40.0);
        workers.map(|workers| scale.at(workers, (self.law)(workers))).collect::<Vec<_>>().join("L")
    }
}
