//! A frame in which both axes double from mark to mark: workers or cores from left to right, speed-up upwards. So 2 and
//! 64 fit into one picture, and a speed-up equal to the number of workers is a straight line.

use predict::{Axis, AxisScale};
use words::{Message, decimal, en};

use crate::scene::{Scene, Shape};

/// The size of the picture in its own scale, and the room that the axes take of it.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 330.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 44.0;
const TOP: f64 = 14.0;
/// The lowest speed-up in the frame: below 1, so that there is room for what is slower than one worker alone.
const LEAST: f64 = 0.7;

/// A frame whose axes are numbers of workers or cores, and speed-ups.
#[derive(Clone, Copy)]
pub struct Frame {
    across: Axis,
    up: Axis,
    /// Room at the right for names beside the ends of lines.
    right: f64,
}

impl Frame {
    /// A frame for 1 to `most` on both axes, with this much room at the right.
    pub fn new(most: f64, right: f64) -> Self {
        let axis = |from| Axis { from, to: most.max(2.0), scale: AxisScale::Logarithmic };
        Self { across: axis(1.0), up: axis(LEAST), right }
    }

    /// The horizontal position of a number of workers.
    pub fn x(&self, workers: f64) -> f64 {
        LEFT + 8.0 + (WIDTH - LEFT - 8.0 - self.right) * self.across.place(workers)
    }

    /// The vertical position of a speed-up.
    pub fn y(&self, speedup: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * self.up.place(speedup)
    }

    /// The range of heights in which names may stand: its top and its bottom.
    pub fn heights(&self) -> [f64; 2] {
        [TOP, HEIGHT - BOTTOM]
    }

    /// Both positions, in SVG path syntax.
    pub fn at(&self, workers: f64, speedup: f64) -> String {
        format!("{} {}", decimal(self.x(workers), 1), decimal(self.y(speedup), 1))
    }

    /// A line through these points, in SVG path syntax.
    pub fn line(&self, points: impl Iterator<Item = (f64, f64)>) -> String {
        format!("M{}", points.map(|(workers, speedup)| self.at(workers, speedup)).collect::<Vec<_>>().join("L"))
    }

    /// 1, 2, 4 and so on, as far as the frame goes.
    pub fn doublings(&self) -> impl Iterator<Item = f64> + use<> {
        let most = self.across.to;
        std::iter::successors(Some(1.0), |number| Some(number * 2.0)).take_while(move |number| *number <= most)
    }

    /// The picture: `over` in front of the axes and the line of ideal speed-up; `below` names the horizontal axis.
    pub fn scene(&self, below: Message, label: String, over: Vec<Shape>) -> Scene {
        let (left, right) = (decimal(LEFT, 1), decimal(WIDTH - self.right, 1));
        let marks = self.doublings().flat_map(|number| {
            let (text, y) = (decimal(number, 0), self.y(number));
            [
                Shape::path("grid", format!("M{left} {}H{right}", decimal(y, 1))),
                Shape::text(LEFT - 8.0, y, "left", format!("{text}×")),
                Shape::text(self.x(number), HEIGHT - BOTTOM + 19.0, "below", text),
            ]
        });
        let most = self.across.to;
        let ideal = Shape::path("ideal", self.line([(1.0, 1.0), (most, most)].into_iter()));
        let names = [
            Shape::text(self.x(most * 0.5), self.y(most * 0.7), "left", en::IDEAL.text()),
            Shape::text((LEFT + WIDTH - self.right) / 2.0, HEIGHT - 4.0, "below", below.text()),
        ];
        let shapes = marks.chain([ideal]).chain(names).chain(over).collect();
        Scene { width: WIDTH, height: HEIGHT, stretched: false, label, shapes }
    }
}
