//! Amdahl's law as a picture: the speed-up of any number of workers where a part of the work can be done by one worker
//! only; and what was measured on this machine with the same part.
//!
//! S(p) = 1 / (s + (1 - s) / p), with p workers and the serial part s (Amdahl, Validity of the Single Processor
//! Approach to Achieving Large Scale Computing Capabilities, AFIPS 1967). The part is in whole per cents, because it is
//! a parameter of work that can be run.

use lab::report::Report;
use serde::{Deserialize, Serialize};
use words::{Arg, en, exact_factor, rounded};

use crate::doubling::Frame;
use crate::scene::{Figure, Shape};
use crate::table::Table;

/// The most workers that are drawn.
const MOST: f64 = 64.0;
/// Radius of a mark.
const MARK: f64 = 5.0;

/// A measured speed-up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// The number of workers.
    pub workers: usize,
    /// The speed-up over blocking.
    pub speedup: f64,
    /// The ends of its interval; both equal the speed-up if there is no interval.
    pub interval: [f64; 2],
}

/// The points that a sweep measured of its first strategy; empty without a sweep.
pub(crate) fn dots(report: &Report) -> Vec<Dot> {
    let points = report.scaling.first().map(|curve| curve.points.iter()).into_iter().flatten();
    let dot = |point: &lab::measure::scaling::Point| {
        let speedup = point.speedup.value;
        Dot { workers: point.workers, speedup, interval: point.speedup.ci95.unwrap_or([speedup; 2]) }
    };
    points.map(dot).collect()
}

/// The speed-up of `workers` workers by the law, where `serial` per cent of the work are serial.
pub fn speedup(serial: u32, workers: f64) -> f64 {
    let serial = f64::from(serial.min(100)) / 100.0;
    1.0 / (serial + (1.0 - serial) / workers.max(1.0))
}

/// The law in a sentence.
pub fn said(serial: u32) -> String {
    match serial {
        0 => return en::LAW_OF_NOTHING.text(),
        100.. => return en::LAW_OF_ALL.text(),
        _ => {}
    }
    let times = |workers: f64| Arg::from(rounded(speedup(serial, workers)));
    en::LAW_SAYS.with(&[
        ("serial", Arg::Digits(serial.into())),
        ("few", times(2.0)),
        ("some", times(8.0)),
        ("many", times(MOST)),
        ("limit", limit(serial).into()),
    ])
}

fn limit(serial: u32) -> String {
    rounded(100.0 / f64::from(serial))
}

/// The picture: the law's curve, its limit, and the measured points.
pub fn figure(serial: u32, dots: &[Dot]) -> Figure {
    let frame = Frame::new(MOST, 16.0);
    let mut over = Vec::new();
    if serial > 0 {
        let limit_at = 100.0 / f64::from(serial);
        if limit_at <= MOST {
            let y = frame.y(limit_at);
            over.push(Shape::path("limit", frame.line([(1.0, limit_at), (MOST, limit_at)].into_iter())));
            let text = en::LAW_LIMIT.with(&[("limit", limit(serial).into())]);
            over.push(Shape::text(frame.x(1.0) + 4.0, y - 11.0, "beside", text));
        }
    }
    // enough points for a smooth curve
    let curve = (0..=60).map(|step| MOST.powf(f64::from(step) / 60.0));
    over.push(Shape::path("law", frame.line(curve.map(|workers| (workers, speedup(serial, workers))))));
    for Dot { workers, speedup, interval: [low, high] } in dots.iter().filter(|dot| dot.workers as f64 <= MOST) {
        let workers = *workers as f64;
        over.push(Shape::path("interval", frame.line([(workers, *low), (workers, *high)].into_iter())));
        let middle = [frame.x(workers), frame.y(*speedup)];
        over.push(Shape::Circle { class: "mark".into(), middle, radius: MARK });
    }
    let caption = if dots.is_empty() { en::LAW_MEANS } else { en::LAW_MEANS_MEASURED };
    let label = en::LAW_LABEL.with(&[("serial", Arg::Digits(serial.into()))]);
    Figure {
        class: "scaling doubling".into(),
        caption: caption.text(),
        scene: frame.scene(en::WORKERS_AXIS, label, over),
        times: Vec::new(),
        note: String::new(),
    }
}

/// The same as a table: the law's speed-up for each number of workers, and the measured one.
pub fn table(serial: u32, dots: &[Dot]) -> Table {
    let measured = |workers: usize| dots.iter().any(|dot| dot.workers == workers);
    let numbers = (1..=MOST as usize).filter(|workers| workers.is_power_of_two() || measured(*workers));
    let row = |workers: usize| {
        let dot = dots.iter().find(|dot| dot.workers == workers);
        let measured = dot.map(|dot| exact_factor(dot.speedup));
        let cells = [workers.to_string(), exact_factor(speedup(serial, workers as f64))].into_iter();
        cells.chain((!dots.is_empty()).then(|| words::dash(measured))).collect::<Vec<_>>()
    };
    let columns = [en::WORKERS, en::BY_THE_LAW].into_iter().chain((!dots.is_empty()).then_some(en::MEASURED_MARK));
    let caption = en::LAW_LABEL.with(&[("serial", Arg::Digits(serial.into()))]);
    Table::new("law-table", caption, columns.map(|column| column.text()).collect(), numbers.map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_is_amdahls() {
        assert_eq!([0, 100].map(|serial| speedup(serial, 64.0)), [64.0, 1.0]);
        assert!((speedup(50, 8.0) - 1.0 / 0.5625).abs() < 1e-12);
        assert!((speedup(5, 64.0) - 15.42).abs() < 0.01);
        assert_eq!(speedup(5, 0.0), 1.0, "nobody is no worker");
    }

    #[test]
    fn its_sentence_has_the_limit() {
        assert_eq!(
            said(5),
            "With a serial part of 5 %, two workers are 1.9 times as fast, eight 5.9 times, 64 workers 15 times, and no number \
             of workers is 20 times as fast."
        );
        assert!(said(0).starts_with("With no serial part"));
        assert!(said(100).starts_with("When all of it is serial"));
    }

    #[test]
    fn measured_speed_ups_lie_on_the_same_axes() {
        let dots = [1, 2, 4].map(|workers| {
            let speedup = speedup(10, workers as f64);
            Dot { workers, speedup, interval: [speedup * 0.9, speedup * 1.1] }
        });
        let Figure { scene, .. } = figure(10, &dots);
        let circles = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Circle { .. }));
        assert_eq!(circles.count(), 3);
        let curve = scene.shapes.iter().find_map(|shape| match shape {
            Shape::Path { class, path, .. } if class == "law" => Some(path.clone()),
            _ => None,
        });
        let first = curve.expect("it is drawn");
        let frame = Frame::new(MOST, 16.0);
        assert!(first.starts_with(&format!("M{}", frame.at(1.0, 1.0))), "{first}");
        assert!(first.ends_with(&frame.at(64.0, speedup(10, 64.0))), "{first}");
    }

    #[test]
    fn the_table_has_every_number_that_is_drawn() {
        assert_eq!(table(5, &[]).rows.len(), 7);
        let dot = Dot { workers: 3, speedup: 2.5, interval: [2.4, 2.6] };
        let table = table(5, &[dot]);
        assert_eq!(table.texts(2), ["3", "2.73×", "2.50×"]);
        assert_eq!(table.texts(3), ["4", "3.48×", "–"]);
    }

    #[test]
    fn the_limit_is_drawn_where_it_is_within_the_frame() {
        let has = |serial| {
            let shapes = figure(serial, &[]).scene.shapes;
            shapes.iter().any(|shape| matches!(shape, Shape::Path { class, .. } if class == "limit"))
        };
        assert_eq!([0, 1, 2, 50, 100].map(has), [false, false, true, true, true]);
    }
}
