//! Where a pixel's paths begin.

use super::chance::Chance;
use super::scene::Ray;
use super::vector::Vector;

/// Where the eye is.
const PLACE: Vector = Vector(0.0, 2.3, -9.0);
/// What it looks at: the middle of the picture.
const AIM: Vector = Vector(0.0, 1.25, 0.0);
/// How wide the picture is, at a distance of 1.
const WIDTH: f32 = 0.66;

/// An eye before a square picture.
pub struct Eye {
    size: f32,
}

impl Eye {
    /// The eye before a picture with this side, in pixels.
    pub fn new(size: u32) -> Self {
        Self { size: size as f32 }
    }

    /// A ray through a random place in pixel (x, y).
    pub fn ray(&self, x: u32, y: u32, chance: &mut Chance) -> Ray {
        let [across, down] = chance.two();
        let (x, y) = (x as f32 + across, y as f32 + down);
        let (right, up) = ((x / self.size - 0.5) * WIDTH, (0.5 - y / self.size) * WIDTH);
        let ahead = (AIM - PLACE).unit();
        // the eye's head is level: its right is the scene's right
        let to = ahead + Vector(right, up * ahead.2, -up * ahead.1);
        Ray { from: PLACE, to: to.unit() }
    }
}
