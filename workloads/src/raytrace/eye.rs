//! Which rays make up a pixel.

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
    rays: u32,
    seed: u64,
}

impl Eye {
    /// Of a picture with this side, and so many rays for each pixel.
    pub fn new(size: u32, rays: u32, seed: u64) -> Self {
        Self { size: size as f32, rays, seed }
    }

    /// Each ray's share in its pixel.
    pub fn share(&self) -> f32 {
        1.0 / self.rays as f32
    }

    /// The rays of pixel (x, y), spread over it by the golden ratio's counterpart in two dimensions (Roberts's R2,
    /// 2018). The seed says where the first goes; it is the same in each pixel, which makes straight edges smooth.
    pub fn rays(&self, x: u32, y: u32) -> impl Iterator<Item = Ray> {
        let start = mixed(self.seed);
        let part = |start: u64, ray: u32, step: u32| {
            let fraction = (start as u32).wrapping_add(ray.wrapping_mul(step));
            (fraction >> 8) as f32 * (1.0 / 16_777_216.0)
        };
        (0..self.rays).map(move |ray| {
            let (right, down) = (part(start, ray, 0xc13f_a9a9), part(start >> 32, ray, 0x91e1_0da5));
            self.ray(x as f32 + right, y as f32 + down)
        })
    }

    /// The ray through this place in the picture.
    fn ray(&self, x: f32, y: f32) -> Ray {
        let (right, up) = ((x / self.size - 0.5) * WIDTH, (0.5 - y / self.size) * WIDTH);
        let ahead = (AIM - PLACE).unit();
        // it holds its head straight: what is right to it is right in the scene
        let to = ahead + Vector(right, up * ahead.2, -up * ahead.1);
        Ray { from: PLACE, to: to.unit() }
    }
}

/// Very different numbers for seeds next to each other: SplitMix64 (Steele, Lea and Flood, 2014).
fn mixed(number: u64) -> u64 {
    let state = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
