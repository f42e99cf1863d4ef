//! Three numbers: a place, a direction, or a colour (red, green and blue light).

use std::ops::{Add, Mul, Sub};

/// A place (right, up, ahead), a direction, or a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vector(pub f32, pub f32, pub f32);

/// No light.
pub const BLACK: Vector = Vector(0.0, 0.0, 0.0);
/// All light.
pub const WHITE: Vector = Vector(1.0, 1.0, 1.0);

impl Vector {
    /// The product of the lengths and of the cosine of the angle between.
    pub fn dot(self, other: Self) -> f32 {
        self.0 * other.0 + self.1 * other.1 + self.2 * other.2
    }

    /// The same direction, of length 1.
    pub fn unit(self) -> Self {
        self * (1.0 / self.dot(self).sqrt())
    }

    /// This direction, reflected by a surface with this normal.
    pub fn mirrored(self, normal: Self) -> Self {
        self - normal * (2.0 * self.dot(normal))
    }

    /// The point at `share` of the way from this (0) to another (1).
    pub fn towards(self, other: Self, share: f32) -> Self {
        self + (other - self) * share
    }

    /// The same operation on each number.
    pub fn map(self, each: impl Fn(f32) -> f32) -> Self {
        Self(each(self.0), each(self.1), each(self.2))
    }

    /// The greatest of the three.
    pub fn greatest(self) -> f32 {
        self.0.max(self.1).max(self.2)
    }

    /// A colour in the bytes of a screen: about the square root of the light.
    pub fn bytes(self) -> [u8; 3] {
        [self.0, self.1, self.2].map(|light| (light.sqrt() * 255.0 + 0.5) as u8)
    }
}

impl Add for Vector {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1, self.2 + other.2)
    }
}

impl Sub for Vector {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0, self.1 - other.1, self.2 - other.2)
    }
}

impl Mul<f32> for Vector {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        self.map(|number| number * by)
    }
}

/// Light of one colour on a surface of another.
impl Mul for Vector {
    type Output = Self;
    fn mul(self, by: Self) -> Self {
        Self(self.0 * by.0, self.1 * by.1, self.2 * by.2)
    }
}
