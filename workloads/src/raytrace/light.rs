//! How much light comes along a ray: a tree of rays thrown back and let through, after Whitted (1980).

use super::scene::{Finish, Ray, SUN, Spot, met, power, sky};
use super::shade::Shade;
use super::vector::{BLACK, Vector, WHITE};

/// A ray that adds less than this part to its pixel is not followed.
const FAINTEST: f32 = 0.012;
/// The greatest part that is counted as going on from a surface, so that every tree ends.
const KEPT: f32 = 0.97;
/// How far from its surface a ray begins, so that rounding cannot put it on the other side.
const APART: f32 = 1e-3;

/// The refractive index of glass.
const GLASS: f32 = 1.5;
/// The part that gloss and glass throw back of the light that comes straight on.
const LEAST: f32 = 0.04;

/// One pixel's light in the making.
#[derive(Debug, Default)]
pub struct Light {
    /// How often all spheres were looked at: what the pixel costs.
    pub looks: u32,
}

impl Light {
    /// The light along a ray that makes up this part of its pixel.
    pub fn along(&mut self, ray: Ray, part: f32) -> Vector {
        if part < FAINTEST {
            return BLACK;
        }
        self.looks += 1;
        let Some(spot) = met(ray) else {
            return sky(ray.to) + Vector(12.0, 9.0, 5.4) * power(ray.to.dot(SUN), 9);
        };
        let slope = -ray.to.dot(spot.normal);
        let part = KEPT * part;
        let side = if slope > 0.0 { spot.normal } else { spot.normal * -1.0 };
        let back = Ray { from: spot.place + side * APART, to: ray.to.mirrored(spot.normal) };
        match spot.finish {
            Finish::Matte => self.matte(ray, &spot, slope, back, part),
            // seen from the side, metals are white
            Finish::Metal => spot.colour.towards(WHITE, glance(slope)) * self.along(back, part),
            Finish::Glass => self.glass(ray, &spot, side, back, part),
        }
    }

    fn matte(&mut self, ray: Ray, spot: &Spot, slope: f32, back: Ray, part: f32) -> Vector {
        self.looks += 1;
        let Shade { sun, around } = Shade::at(spot.place, spot.normal);
        let gloss = LEAST + (1.0 - LEAST) * glance(slope);
        let body = spot.colour * (sun * spot.normal.dot(SUN).max(0.0) + around);
        let glint = sun * (8.0 * power(back.to.dot(SUN), 8));
        let shine = glint + self.along(back, part * gloss * (1.0 - spot.haze));
        let horizon = sky(Vector(ray.to.0, 0.0, ray.to.2));
        body.towards(shine, gloss).towards(horizon, spot.haze)
    }

    fn glass(&mut self, ray: Ray, spot: &Spot, side: Vector, back: Ray, part: f32) -> Vector {
        let (enters, slope) = (side == spot.normal, -ray.to.dot(side));
        let ratio = if enters { 1.0 / GLASS } else { GLASS };
        // Snell's law, by cosines
        let rest = 1.0 - ratio * ratio * (1.0 - slope * slope);
        if rest <= 0.0 {
            return self.along(back, part);
        }
        let bent = rest.sqrt();
        let to = ray.to * ratio + side * (ratio * slope - bent);
        let on = Ray { from: spot.place - side * APART, to: to.unit() };
        let thrown = LEAST + (1.0 - LEAST) * glance(if enters { slope } else { bent });
        let on = self.along(on, part * (1.0 - thrown));
        on.towards(self.along(back, part * thrown), thrown) * spot.colour
    }
}

/// Schlick's (1994) approximation of Fresnel's law, from 0 straight on to 1 along the surface.
fn glance(slope: f32) -> f32 {
    let rest = (1.0 - slope).clamp(0.0, 1.0);
    let square = rest * rest;
    square * square * rest
}

/// What film makes of light: Narkowicz's (2015) fit to the curve of the Academy Color Encoding System.
pub fn film(light: Vector) -> Vector {
    (light * 0.6).map(|light| (light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)).min(1.0))
}
