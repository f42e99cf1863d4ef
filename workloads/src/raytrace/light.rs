//! How much light comes along a ray: along one path, which at each surface goes on where chance says (Kajiya, 1986),
//! and at each matte surface looks for the sun.

use super::chance::Chance;
use super::scene::{Finish, Ray, SUN, Spot, let_through, met, power, sky};
use super::vector::{BLACK, Vector, WHITE};

/// The most surfaces that a path meets.
const MOST: u32 = 12;
/// From this surface on, a path may end early: the fainter the light that it could still bring, the more often.
const ROULETTE: u32 = 3;
/// How far from its surface a ray begins, so that rounding cannot put it on the other side.
const APART: f32 = 1e-3;

/// The refractive index of glass.
const GLASS: f32 = 1.5;
/// The part of the light that gloss and glass reflect when it comes straight on.
const LEAST: f32 = 0.04;

/// The sun's light where nothing is in its way.
const SUNLIGHT: Vector = Vector(4.4, 3.4, 2.3);
/// How wide the sun is, seen from a distance of 1: several times its real width, as behind a thin cloud.
const SUN_RADIUS: f32 = 0.05;
/// The glow around the sun, which is all that is seen of it.
const GLOW: Vector = Vector(12.0, 9.0, 5.4);

/// The light of a path that begins with this ray, and how often all spheres were looked at: what the path costs.
pub fn along(mut ray: Ray, chance: &mut Chance) -> (Vector, u32) {
    let (mut light, mut part, mut looks) = (BLACK, WHITE, 0);
    // whether the path comes straight, or by mirrors alone: one that was scattered has looked for the sun already
    let mut clear = true;
    for surface in 1..=MOST {
        looks += 1;
        let Some(spot) = met(ray) else {
            let glow = if clear { GLOW * power(ray.to.dot(SUN), 9) } else { BLACK };
            return (light + part * (sky(ray.to) + glow), looks);
        };
        light = light + part * sky(Vector(ray.to.0, 0.0, ray.to.2)) * spot.haze;
        part = part * (1.0 - spot.haze);
        let slope = -ray.to.dot(spot.normal);
        let side = if slope > 0.0 { spot.normal } else { spot.normal * -1.0 };
        let back = Ray { from: spot.place + side * APART, to: ray.to.mirrored(spot.normal) };
        let branch = chance.one();
        ray = match spot.finish {
            // seen from the side, metals are white
            Finish::Metal => {
                part = part * spot.colour.towards(WHITE, glance(slope));
                back
            }
            Finish::Glass => {
                part = part * spot.colour;
                bent(ray, &spot, side).filter(|(_, thrown)| branch >= *thrown).map_or(back, |(on, _)| on)
            }
            Finish::Matte => {
                looks += 1;
                let gloss = LEAST + (1.0 - LEAST) * glance(slope);
                let sun = sunlight(back.from, chance);
                light = light + part * sun * (gloss * 8.0 * power(back.to.dot(SUN), 8));
                let on = (spot.normal + chance.direction()).unit();
                if branch < gloss {
                    back
                } else {
                    part = part * spot.colour;
                    light = light + part * sun * spot.normal.dot(SUN).max(0.0);
                    clear = false;
                    Ray { from: back.from, to: on }
                }
            }
        };
        if surface >= ROULETTE {
            let odds = part.greatest().min(1.0);
            if chance.one() >= odds {
                break;
            }
            part = part * (1.0 / odds);
        }
    }
    (light, looks)
}

/// The sun's light at a place, from somewhere in the sun.
fn sunlight(place: Vector, chance: &mut Chance) -> Vector {
    let to = SUN + chance.direction() * SUN_RADIUS;
    SUNLIGHT * let_through(Ray { from: place, to: to.unit() })
}

/// The ray on through a surface of glass, and the part of its light that is thrown back instead; `None` if all is.
fn bent(ray: Ray, spot: &Spot, side: Vector) -> Option<(Ray, f32)> {
    let (enters, slope) = (side == spot.normal, -ray.to.dot(side));
    let ratio = if enters { 1.0 / GLASS } else { GLASS };
    // Snell's law, by cosines
    let rest = 1.0 - ratio * ratio * (1.0 - slope * slope);
    if rest <= 0.0 {
        return None;
    }
    let bent = rest.sqrt();
    let to = ray.to * ratio + side * (ratio * slope - bent);
    let thrown = LEAST + (1.0 - LEAST) * glance(if enters { slope } else { bent });
    Some((Ray { from: spot.place - side * APART, to: to.unit() }, thrown))
}

/// Schlick's (1994) approximation of Fresnel's law, from 0 straight on to 1 along the surface.
fn glance(slope: f32) -> f32 {
    let rest = (1.0 - slope).clamp(0.0, 1.0);
    let square = rest * rest;
    square * square * rest
}

/// How much of the light gets to the film.
const EXPOSURE: f32 = 0.36;

/// What film makes of light: Narkowicz's (2015) fit to the curve of the Academy Color Encoding System.
pub fn film(light: Vector) -> Vector {
    (light * EXPOSURE).map(|light| (light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)).min(1.0))
}
