//! How much light falls on a place: from the sun, with soft shadows, and from all around. Both come from formulas on
//! spheres rather than from rays at random, so that few rays make a picture without grain.

use super::scene::{Finish, SPHERES, SUN, Sphere};
use super::vector::{BLACK, Vector, WHITE};

/// The sun's light where nothing is in its way.
const SUNLIGHT: Vector = Vector(4.4, 3.4, 2.3);
/// What a surface gets that faces the sky, and one that faces the floor.
const FROM_ABOVE: Vector = Vector(0.30, 0.34, 0.56);
const FROM_BELOW: Vector = Vector(0.50, 0.45, 0.40);
/// How wide the edge of a shadow is at a distance of 1: several times what the sun makes, as a thin cloud would.
const BLUR: f32 = 0.1;

/// The light at a place on a surface.
pub struct Shade {
    /// What is left of the sun's.
    pub sun: Vector,
    /// What comes from everywhere else.
    pub around: Vector,
}

impl Shade {
    pub fn at(place: Vector, normal: Vector) -> Self {
        let (mut sun, mut open, mut thrown) = (SUNLIGHT, 1.0, BLACK);
        for sphere in &SPHERES {
            let to = sphere.centre - place;
            let square = to.dot(to);
            // the sphere that the place is on
            if square < sphere.radius * sphere.radius * 1.001 {
                continue;
            }
            // the part of the view that a sphere takes up: Quilez, Sphere ambient occlusion (2009)
            let hidden = to.dot(normal).max(0.0) * sphere.radius * sphere.radius / (square * square.sqrt());
            if sphere.finish == Finish::Glass {
                open *= 1.0 - 0.5 * hidden;
            } else {
                open *= 1.0 - hidden;
                thrown = thrown + sphere.colour * (0.6 * hidden);
            }
            sun = sun * passed(to, square, sphere);
        }
        let below = FROM_BELOW * smooth(0.7 * place.1);
        let around = below.towards(FROM_ABOVE, 0.5 + 0.5 * normal.1) * open + thrown;
        Self { sun, around }
    }
}

/// How much of the sun's light comes past a sphere that lies in this direction, or through it.
fn passed(to: Vector, square: f32, sphere: &Sphere) -> Vector {
    let along = to.dot(SUN);
    if along <= 0.0 {
        return WHITE;
    }
    let off = (square - along * along).max(0.0).sqrt();
    let past = smooth(0.5 + 0.5 * (off - sphere.radius) / (BLUR * along));
    if sphere.finish != Finish::Glass {
        return WHITE * past;
    }
    // Glass gathers light behind its middle and leaves the rest dark, as a lens does.
    let share = off / sphere.radius;
    let middle = (1.0 - share * share).max(0.0);
    (sphere.colour * (0.25 + 1.6 * middle * middle * middle)).towards(WHITE, past)
}

/// From 0 to 1 without a corner.
fn smooth(at: f32) -> f32 {
    let at = at.clamp(0.0, 1.0);
    at * at * (3.0 - 2.0 * at)
}
