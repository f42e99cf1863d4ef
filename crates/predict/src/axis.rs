//! The axis on which a number is guessed, and on which the measured one is shown afterwards: the same one.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// How lengths on an axis stand for numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AxisScale {
    /// Equal lengths are equal differences.
    Linear,
    /// Equal lengths are equal factors; guesses are of orders of magnitude.
    Logarithmic,
}

/// An axis from one number to a greater one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// Its left end; above 0 if the scale is logarithmic.
    pub from: f64,
    /// Its right end.
    pub to: f64,
    /// Its scale.
    pub scale: AxisScale,
}

impl Axis {
    /// Where `value` stands, 0 at the left end and 1 at the right; beyond the ends, at the nearer one.
    pub fn place(&self, value: f64) -> f64 {
        let share = match self.scale {
            AxisScale::Linear => (value - self.from) / (self.to - self.from),
            AxisScale::Logarithmic if value <= 0.0 => 0.0,
            AxisScale::Logarithmic => (value / self.from).ln() / (self.to / self.from).ln(),
        };
        share.clamp(0.0, 1.0)
    }

    /// The number at `place`, which is from 0 to 1: the inverse of [`Axis::place`].
    pub fn value(&self, place: f64) -> f64 {
        match self.scale {
            AxisScale::Linear => self.from + place * (self.to - self.from),
            AxisScale::Logarithmic => self.from * (self.to / self.from).powf(place),
        }
    }

    /// Whether `value` lies beyond one of the ends.
    pub fn beyond(&self, value: f64) -> bool {
        !(self.from..=self.to).contains(&value)
    }

    /// Round numbers for marks along it, both ends among them: about five, or one for each factor of ten.
    pub fn marks(&self) -> Vec<f64> {
        match self.scale {
            AxisScale::Linear => {
                let step = (self.to - self.from) / 4.0;
                (0..=4).map(|mark| self.from + step * f64::from(mark)).collect()
            }
            AxisScale::Logarithmic => {
                let mut marks = vec![self.from];
                let mut ten = 10_f64.powf(self.from.log10().floor() + 1.0);
                while ten < self.to * 0.999 {
                    marks.push(ten);
                    ten *= 10.0;
                }
                marks.push(self.to);
                marks
            }
        }
    }

    /// Whether an interval is short enough on this axis to decide between guesses.
    pub(crate) fn tells(&self, interval: &RangeInclusive<f64>) -> bool {
        /// An interval that covers more of the axis than this decides between too few guesses.
        const TOO_WIDE: f64 = 0.5;
        self.place(*interval.end()) - self.place(*interval.start()) <= TOO_WIDE
    }
}
