//! The scene: spheres on a chequered floor, and the sky of an early evening. It has no red, which on the page means
//! that the page was frozen.

use super::vector::{BLACK, Vector, WHITE};

/// A half-line: from a place in a direction of length 1.
#[derive(Debug, Clone, Copy)]
pub struct Ray {
    pub from: Vector,
    pub to: Vector,
}

/// What a surface does with light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// Scatters it, under a thin gloss.
    Matte,
    /// Throws it back.
    Metal,
    /// Lets it through, bent.
    Glass,
}

/// One of the things on the floor.
#[derive(Debug, Clone, Copy)]
pub struct Sphere {
    pub centre: Vector,
    pub radius: f32,
    pub colour: Vector,
    pub finish: Finish,
}

/// A sphere that lies on the floor, at the distances `right` to the right and `ahead` ahead.
const fn ball(right: f32, ahead: f32, radius: f32, colour: Vector, finish: Finish) -> Sphere {
    Sphere { centre: Vector(right, radius, ahead), radius, colour, finish }
}

/// All spheres: just as many as fill three vectors of four numbers.
pub const SPHERES: [Sphere; 12] = [
    ball(0.05, -0.6, 1.1, Vector(0.97, 0.99, 0.98), Finish::Glass),
    ball(-1.9, 0.9, 1.08, Vector(1.0, 0.61, 0.22), Finish::Metal),
    ball(1.9, 0.7, 0.95, Vector(0.03, 0.32, 0.36), Finish::Matte),
    ball(0.9, 3.8, 1.75, Vector(0.92, 0.93, 0.95), Finish::Metal),
    ball(-1.15, -2.2, 0.36, Vector(0.30, 0.22, 0.62), Finish::Matte),
    ball(1.35, -2.0, 0.42, Vector(0.95, 0.62, 0.12), Finish::Matte),
    ball(-2.05, -1.1, 0.4, Vector(0.16, 0.45, 0.16), Finish::Matte),
    ball(2.25, -1.0, 0.36, Vector(0.85, 0.88, 0.92), Finish::Metal),
    ball(0.3, -2.9, 0.27, Vector(0.96, 0.98, 1.0), Finish::Glass),
    ball(-0.45, -3.2, 0.18, Vector(0.9, 0.9, 0.88), Finish::Matte),
    ball(-2.25, 5.6, 1.5, Vector(0.06, 0.14, 0.42), Finish::Matte),
    ball(3.55, 4.6, 1.05, Vector(0.80, 0.78, 0.72), Finish::Matte),
];

/// The floor's fields.
const LIGHT_FIELD: Vector = Vector(0.62, 0.60, 0.55);
const DARK_FIELD: Vector = Vector(0.09, 0.12, 0.18);

/// Where the sun stands, of length 1.
pub const SUN: Vector = Vector(-0.8, 0.48, -0.36);

/// A surface nearer than this is the one that the ray comes from.
const NEAREST: f32 = 1e-4;
/// Farther than this, all is haze.
const FARTHEST: f32 = 200.0;

/// A place on a surface.
pub struct Spot {
    pub place: Vector,
    /// Outwards, of length 1.
    pub normal: Vector,
    pub colour: Vector,
    pub finish: Finish,
    /// How much of its light is lost in the haze, from 0 to 1.
    pub haze: f32,
}

/// The first surface on a ray; `None` if the ray goes into the sky.
pub fn met(ray: Ray) -> Option<Spot> {
    let distances: [f32; SPHERES.len()] = std::array::from_fn(|at| distance(ray, &SPHERES[at]));
    let (mut nearest, mut which) = (FARTHEST, None);
    for (sphere, distance) in SPHERES.iter().zip(distances) {
        if distance < nearest {
            (nearest, which) = (distance, Some(sphere));
        }
    }
    let floor = -ray.from.1 / ray.to.1;
    if floor > NEAREST && floor < nearest {
        return Some(on_floor(ray.from + ray.to * floor, floor));
    }
    let Sphere { centre, radius, colour, finish } = *which?;
    let place = ray.from + ray.to * nearest;
    Some(Spot { place, normal: (place - centre) * (1.0 / radius), colour, finish, haze: 0.0 })
}

/// How far along a ray a sphere is met; infinitely far if it is not.
#[inline(always)]
fn distance(ray: Ray, sphere: &Sphere) -> f32 {
    let to = sphere.centre - ray.from;
    let along = to.dot(ray.to);
    // from the ray's point next to the centre, which loses fewer digits: Ray Tracing Gems (2019), chapter 7
    let off = to - ray.to * along;
    let rest = sphere.radius * sphere.radius - off.dot(off);
    let half = rest.max(0.0).sqrt();
    let distance = if along - half > NEAREST { along - half } else { along + half };
    if rest > 0.0 && distance > NEAREST { distance } else { f32::INFINITY }
}

/// The part of the sun's light that reaches the start of `ray`, which leads from a surface to the sun.
pub fn let_through(ray: Ray) -> Vector {
    SPHERES.iter().fold(WHITE, |left, sphere| left * past(ray, sphere))
}

/// The part of the sun's light that gets past, or through, one sphere.
#[inline(always)]
fn past(ray: Ray, sphere: &Sphere) -> Vector {
    let to = sphere.centre - ray.from;
    let along = to.dot(ray.to);
    let off = to - ray.to * along;
    // the part of the sphere's cross-section that lies farther out than the ray; negative beside the sphere
    let middle = 1.0 - off.dot(off) / (sphere.radius * sphere.radius);
    match sphere.finish {
        _ if along <= 0.0 || middle <= 0.0 => WHITE,
        // Glass gathers light behind its middle and leaves the rest dark, as a lens does. A path would find this light
        // by luck alone.
        Finish::Glass => sphere.colour * (0.25 + 1.6 * middle * middle * middle),
        Finish::Matte | Finish::Metal => BLACK,
    }
}

fn on_floor(place: Vector, distance: f32) -> Spot {
    let field = |at: f32| (at + 0.35).floor() as i32;
    let dark = (field(place.0) ^ field(place.2)) & 1 == 0;
    let square = distance * distance;
    Spot {
        place,
        normal: Vector(0.0, 1.0, 0.0),
        colour: if dark { DARK_FIELD } else { LIGHT_FIELD },
        finish: Finish::Matte,
        haze: square / (square + 600.0),
    }
}

/// The light of the sky in a direction, without the sun.
pub fn sky(to: Vector) -> Vector {
    let up = to.1.max(0.0);
    let evening = Vector(1.05, 0.72, 0.46).towards(Vector(0.10, 0.36, 0.86), up / (up + 0.065));
    evening + Vector(0.40, 0.30, 0.18) * power(to.dot(SUN), 3)
}

/// A number to the power of 2 to the `doublings`; 0 if it is negative.
pub fn power(number: f32, doublings: u32) -> f32 {
    (0..doublings).fold(number.max(0.0), |power, _| power * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spheres_lie_apart() {
        for (at, one) in SPHERES.iter().enumerate() {
            for other in &SPHERES[..at] {
                let between = one.centre - other.centre;
                assert!(between.dot(between).sqrt() > one.radius + other.radius, "{one:?} is in {other:?}");
            }
        }
    }

    #[test]
    fn directions_have_length_one() {
        assert!((SUN.dot(SUN) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_level_ray_meets_the_sky() {
        let ray = Ray { from: Vector(0.0, 20.0, 0.0), to: Vector(0.0, 0.0, 1.0) };
        assert!(met(ray).is_none() && met(Ray { to: Vector(0.0, 1e-30, -1.0), ..ray }).is_none());
    }

    #[test]
    fn the_nearest_surface_is_met() {
        let [glass, ..] = SPHERES;
        let ray = Ray { from: glass.centre - Vector(0.0, 0.0, 5.0), to: Vector(0.0, 0.0, 1.0) };
        let spot = met(ray).expect("the sphere is in the way");
        assert_eq!(spot.finish, Finish::Glass);
        assert!((spot.place.2 - (glass.centre.2 - glass.radius)).abs() < 1e-4 && spot.normal.2 < -0.999);
    }
}
